"""Moving a meeting."""

import json
from datetime import timedelta
from uuid import uuid4

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.move_meeting import move_meeting
from zhouzhouhui.models import LedgerLine, Matter, Meeting


def test_what_is_due_there_moves_along(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.next_meeting()
    to = meeting.scheduled_at - timedelta(days=3)
    cast.meet(move_meeting, meeting, "cadre", scheduled_at=to, reason="活动室装修", place="东门凉亭")
    moved = Meeting.objects.get(id=meeting.id)
    assert (moved.scheduled_at, moved.place, moved.moved_from) == (to, "东门凉亭", meeting.scheduled_at)
    assert Matter.objects.get(id=matter.id).due_meeting == moved
    again = to + timedelta(days=1)
    cast.meet(move_meeting, Meeting.objects.get(id=meeting.id), "office", scheduled_at=again, reason="再改一天")
    assert Meeting.objects.get(id=meeting.id).place == "东门凉亭"
    body = json.loads(LedgerLine.objects.filter(verb="move_meeting").order_by("seq")[0].body)
    assert body["to"] == "called" and body["scheduled_at"] != body["moved_from"]


def test_later_than_the_following_meeting_it_is_a_cancellation(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.next_meeting()
    late = meeting.scheduled_at + timedelta(days=14)
    assert (
        refusal(cast.meet, move_meeting, meeting, "office", scheduled_at=late, reason="晚点") == "move_is_cancellation"
    )
    assert (
        refusal(cast.meet, move_meeting, meeting, "office", scheduled_at=meeting.scheduled_at, reason="")
        == "must_bring:reason"
    )
    last = Meeting.objects.filter(community=cast.yxy).order_by("-scheduled_at")[0]
    cast.meet(move_meeting, last, "office", scheduled_at=last.scheduled_at + timedelta(days=3), reason="推三天")


def test_sent_again_it_moves_once_and_the_second_of_two_is_told(cast: Cast, refusal: Refusal) -> None:
    meeting, act_id = cast.next_meeting(), uuid4()
    told = {"scheduled_at": meeting.scheduled_at + timedelta(days=1), "reason": "停电", "act_id": act_id}
    cast.meet(move_meeting, meeting, "office", **told)
    cast.meet(move_meeting, meeting, "office", **told)
    assert LedgerLine.objects.filter(verb="move_meeting").count() == 1
    assert refusal(cast.meet, move_meeting, meeting, "cadre", **told) == "same_id_other_words"
    told = {"scheduled_at": meeting.scheduled_at + timedelta(days=2), "reason": "停电"}
    assert refusal(cast.meet, move_meeting, meeting, "cadre", seen=0, **told) == "changed_meanwhile"
