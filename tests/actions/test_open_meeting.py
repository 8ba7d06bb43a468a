"""Opening a meeting."""

from datetime import timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.actions.call_meeting import call_meeting
from zhouzhouhui.actions.open_meeting import open_meeting
from zhouzhouhui.models import ChainHead, Meeting


def test_it_gets_the_next_number_of_its_community(cast: Cast) -> None:
    for number in (1, 2):
        meeting = cast.open()
        assert Meeting.objects.get(id=meeting.id).number == number
        cast.adjourn(meeting)
    assert Meeting.objects.filter(community=cast.yxy, state="called", scheduled_at__gt=cast.now).count() == 3
    assert ChainHead.objects.get(community=cast.whc).last_number == 0


def test_only_its_host_or_recorder_opens_it_and_not_days_before(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.next_meeting()
    assert refusal(cast.meet, open_meeting, meeting, "cadre") == "not_allowed"
    cast.meet(appoint_host, meeting, "office", person=cast.people["cadre"].id)
    early = meeting.scheduled_at - timedelta(hours=13)
    assert refusal(cast.meet, open_meeting, meeting, "cadre", at=early) == "move_it_first"
    cast.meet(open_meeting, Meeting.objects.get(id=meeting.id), "cadre", at=meeting.scheduled_at)
    assert refusal(cast.meet, open_meeting, meeting, "cadre") == "wrong_state"


def test_one_meeting_of_a_community_is_open_at_a_time(cast: Cast, refusal: Refusal) -> None:
    cast.open()
    extra = call_meeting(
        town_id=cast.town.id, community_id=cast.yxy.id, by=cast.who("office"), at=cast.now,
        scheduled_at=cast.now + timedelta(hours=2), place="凉亭",
    )  # fmt: skip
    cast.meet(appoint_host, extra, "office", person=cast.people["cadre"].id)
    assert refusal(cast.meet, open_meeting, Meeting.objects.get(id=extra.id), "cadre") == "one_open_meeting"
