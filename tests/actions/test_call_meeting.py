"""Calling meetings: three ahead by the clock, extra ones by the office."""

import json
from datetime import date, datetime, timedelta

from tests.actions.conftest import Refusal
from tests.cast import CHINA, Cast, build_cast
from zhouzhouhui.actions.call_meeting import call_meeting, call_meetings_ahead
from zhouzhouhui.models import Community, LedgerLine, Matter, Meeting


def call(
    cast: Cast, by: str = "office", *, at: datetime | None = None, place: str = "活动室", town: Cast | None = None
) -> Meeting:
    return call_meeting(
        town_id=cast.town.id, community_id=(town or cast).yxy.id, by=cast.who(by), at=cast.now,
        scheduled_at=at or cast.now + timedelta(days=1), place=place,
    )  # fmt: skip


def test_three_regular_meetings_stand_called_every_second_week_at_the_communitys_own_hour(cast: Cast) -> None:
    days = [
        m.scheduled_at.astimezone(CHINA) for m in Meeting.objects.filter(community=cast.yxy).order_by("scheduled_at")
    ]
    assert [d.date() for d in days] == [date(2026, 3, 3), date(2026, 3, 17), date(2026, 3, 31)]
    assert {d.strftime("%a %H:%M") for d in days} == {"Tue 06:30"}
    assert call_meetings_ahead(community_id=cast.yxy.id, at=cast.now) == []
    cast.now = days[0]
    assert len(call_meetings_ahead(community_id=cast.yxy.id, at=cast.now)) == 1


def test_after_a_long_silence_the_next_meetings_lie_ahead(cast: Cast) -> None:
    cast.later(days=200)
    called = call_meetings_ahead(community_id=cast.yxy.id, at=cast.now)
    assert len(called) == 3 and min(m.scheduled_at for m in called) > cast.now


def test_the_new_year_holiday_moves_a_meeting_and_a_dissolved_community_meets_no_more(cast: Cast) -> None:
    cast.now = datetime(2026, 9, 22, 12, tzinfo=CHINA)
    called = call_meetings_ahead(community_id=cast.whc.id, at=cast.now)
    assert all(m.scheduled_at.astimezone(CHINA).date() != date(2026, 10, 7) for m in called)
    Community.objects.filter(id=cast.whc.id).update(dissolved_on=date(2026, 9, 1), successor=cast.yxy)
    assert call_meetings_ahead(community_id=cast.whc.id, at=cast.now + timedelta(days=90)) == []


def test_a_promise_far_ahead_finds_its_meeting_when_that_is_called(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter, "C", "五月底前", promise_on=date(2026, 5, 20))
    cast.adjourn(meeting)
    assert Matter.objects.get(id=matter.id).due_meeting is None
    while Matter.objects.get(id=matter.id).due_meeting is None:
        cast.adjourn(cast.open())
    due = Matter.objects.get(id=matter.id).due_meeting
    assert due is not None and due.scheduled_at.astimezone(CHINA).date() == date(2026, 5, 26)
    line = LedgerLine.objects.get(verb="call_meeting", meeting=due)
    assert json.loads(line.body)["takes"] == [str(matter.id)]


def test_the_office_calls_an_extra_meeting_beside_the_rhythm(cast: Cast, refusal: Refusal) -> None:
    extra = call(cast)
    assert (extra.kind, extra.state, extra.slot_on) == ("extra", "called", None)
    assert refusal(call, cast, "cadre") == "not_allowed"
    assert refusal(call, cast, place=" ") == "must_bring:place"
    assert refusal(call, cast, at=cast.now) == "time_in_the_past"
    assert refusal(call, cast, town=build_cast(code="990112900", host="other.test")) == "not_found"
