"""Breaking off."""

import json
from datetime import timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.break_off_meeting import break_off_meeting
from zhouzhouhui.actions.move_meeting import move_meeting
from zhouzhouhui.models import LedgerLine, Matter, Meeting
from zhouzhouhui.queries.verify import verify


def test_what_was_unspoken_comes_first_at_an_extra_meeting_within_seven_days(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    assert refusal(cast.meet, break_off_meeting, meeting, "recorder", reason="停电") == "not_allowed"
    assert refusal(cast.meet, break_off_meeting, meeting, "cadre", reason="") == "must_bring:reason"
    cast.meet(break_off_meeting, meeting, "cadre", reason="停电")
    broken = Meeting.objects.get(id=meeting.id)
    extra = Matter.objects.get(id=matter.id).due_meeting
    assert broken.state == "broken_off" and broken.unspoken == [matter.number] and broken.frozen is not None
    assert extra is not None and (extra.kind, extra.continues) == ("extra", broken)
    assert timedelta(0) < extra.scheduled_at - cast.now <= timedelta(days=7)
    body = json.loads(LedgerLine.objects.get(verb="break_off_meeting").body)
    assert body["heir"] == str(extra.id) and body["unspoken"] == [matter.number]
    assert not Matter.objects.get(id=matter.id).first_due_lost
    assert verify(town_id=cast.town.id).ok


def test_with_nothing_unspoken_no_extra_meeting_is_called(cast: Cast) -> None:
    meeting = cast.open()
    cast.meet(break_off_meeting, meeting, "office", reason="都走了")
    assert not Meeting.objects.filter(kind="extra").exists()


def test_a_meeting_left_open_is_broken_off_by_the_clock_after_a_day(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    assert refusal(cast.meet, break_off_meeting, meeting, "clock", reason="没有散会") == "still_time_to_adjourn"
    cast.later(hours=24)
    cast.meet(break_off_meeting, meeting, "clock", reason="没有散会")


def test_with_the_regular_meeting_tomorrow_that_one_is_the_heir(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    following = cast.next_meeting()
    cast.meet(move_meeting, following, "office", scheduled_at=meeting.scheduled_at + timedelta(days=1), reason="提前")
    cast.meet(break_off_meeting, Meeting.objects.get(id=meeting.id), "cadre", reason="停电")
    assert Matter.objects.get(id=matter.id).due_meeting == following
    assert not Meeting.objects.filter(kind="extra").exists()
