"""Cancelling a meeting."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.cancel_meeting import cancel_meeting
from zhouzhouhui.models import Community, LedgerLine, Matter, Meeting


def test_everything_due_there_is_due_at_the_next_one_and_the_lost_date_is_kept(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    meeting = cast.next_meeting()
    assert refusal(cast.meet, cancel_meeting, meeting, "cadre", reason="台风") == "not_allowed"
    assert refusal(cast.meet, cancel_meeting, meeting, "leader", reason=" ") == "must_bring:reason"
    cast.meet(cancel_meeting, meeting, "leader", reason="台风")
    matter = Matter.objects.get(id=matter.id)
    assert matter.due_meeting == cast.next_meeting() and matter.first_due_lost
    assert Meeting.objects.filter(community=cast.yxy, state="called").count() == 3
    body = json.loads(LedgerLine.objects.get(verb="cancel_meeting").body)
    assert body["heir"] == str(matter.due_meeting_id) and body["lost_on"] == "2026-03-17"
    assert refusal(cast.meet, cancel_meeting, meeting, "leader", reason="再取消") == "wrong_state"


def test_all_called_meetings_cancelled_there_is_still_a_next_one(cast: Cast) -> None:
    for meeting in Meeting.objects.filter(community=cast.yxy, state="called").order_by("-scheduled_at"):
        cast.meet(cancel_meeting, Meeting.objects.get(id=meeting.id), "office", reason="封路")
    assert cast.next_meeting().state == "called"


def test_of_a_community_that_was_dissolved_no_further_meeting_is_called(cast: Cast) -> None:
    Community.objects.filter(id=cast.whc.id).update(dissolved_on=cast.now.date(), successor=cast.yxy)
    before = Meeting.objects.filter(community=cast.whc).count()
    cast.meet(cancel_meeting, cast.next_meeting(cast.whc), "office", reason="并入银杏苑")
    assert Meeting.objects.filter(community=cast.whc).count() == before
