"""Every second week, whatever the calendar: properties over years of notices and over wild tables."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhouzhouhui.rules.calendar_days import DayKind, is_statutory_holiday, working_days_between
from zhouzhouhui.rules.rhythm import (
    CHINA,
    Rhythm,
    Shift,
    anchor_on_or_after,
    day_in_china,
    due_after,
    due_for_raise_between,
    due_on_or_after,
    extra_day,
    slot,
    slot_on_or_after,
    starts_at,
    upcoming,
)

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAY = timedelta(days=1)
EVENING = time(19, 0)
FIRST = date(2004, 1, 1)
PHASES = [FIRST + timedelta(days=step) for step in range(14)]
"""The 14 anchors that differ: with them every rhythm from 2004 to 2030 is covered, not sampled."""
SLOTS_TO_2030 = 27 * 26

days = st.dates(FIRST, date(2030, 6, 30))


def rhythm_from(anchor: date) -> Rhythm:
    return Rhythm(anchor.weekday(), EVENING, anchor)


rhythms = days.map(rhythm_from)


@st.composite
def tables(draw: st.DrawFn, around: date = date(2027, 3, 1)) -> Mapping[date, DayKind]:
    """A town's table gone wild: long stretches of holidays, of work, and single days."""
    table: dict[date, DayKind] = {}
    for start, length, kind in draw(
        st.lists(st.tuples(st.integers(-60, 200), st.integers(1, 70), st.sampled_from(DayKind)), max_size=5)
    ):
        table |= {around + timedelta(days=start + step): kind for step in range(length)}
    return table


wild_rhythms = st.integers(0, 13).map(lambda step: rhythm_from(date(2027, 3, 1) + timedelta(days=step)))


@pytest.mark.parametrize("anchor", PHASES, ids=str)
def test_under_every_notice_to_2030_meetings_increase_and_lie_4_to_24_days_apart(anchor: date) -> None:
    held = [found.held_on for found in upcoming(rhythm_from(anchor), anchor - DAY, SLOTS_TO_2030)]
    assert held[-1] > date(2030, 11, 1)
    gaps = {(later - earlier).days for earlier, later in pairwise(held)}
    assert min(gaps) >= 4
    assert max(gaps) <= 24


def test_the_bounds_of_4_and_24_days_are_reached_so_they_are_the_real_ones() -> None:
    gaps = set()
    for anchor in PHASES:
        held = [found.held_on for found in upcoming(rhythm_from(anchor), anchor - DAY, SLOTS_TO_2030)]
        gaps |= {(later - earlier).days for earlier, later in pairwise(held)}
    assert (min(gaps), max(gaps)) == (4, 24)


@pytest.mark.parametrize("anchor", PHASES, ids=str)
def test_no_meeting_to_2030_is_held_on_a_statutory_holiday_or_more_than_ten_days_late(anchor: date) -> None:
    for found in upcoming(rhythm_from(anchor), anchor - DAY, SLOTS_TO_2030):
        assert not is_statutory_holiday(found.held_on)
        assert timedelta(0) <= found.held_on - found.planned_on <= timedelta(days=10)
        assert (found.shifted is None) == (found.held_on == found.planned_on)


@patient
@given(wild_rhythms, tables())
def test_under_any_table_meetings_increase_within_the_stated_bounds(
    rhythm: Rhythm, table: Mapping[date, DayKind]
) -> None:
    found = upcoming(rhythm, rhythm.anchor - timedelta(days=8), 20, table)
    for earlier, later in pairwise(found):
        assert 1 <= (later.held_on - earlier.held_on).days <= 34
    for one in found:
        assert -7 <= (one.held_on - one.planned_on).days <= 13
        on_holiday = is_statutory_holiday(one.held_on, table)
        assert on_holiday == (one.shifted is Shift.NO_FREE_DAY)


@patient
@given(wild_rhythms, tables(), st.integers(-30, 200))
def test_no_community_is_ever_without_a_next_meeting(rhythm: Rhythm, table: Mapping[date, DayKind], step: int) -> None:
    day = rhythm.anchor + timedelta(days=step)
    following = slot_on_or_after(rhythm, day, table)
    assert day <= following.held_on
    assert following.held_on <= max(day, rhythm.anchor) + timedelta(days=34)
    assert upcoming(rhythm, day - DAY, 1, table) == [following]


@patient
@given(rhythms, days, st.integers(1, 6))
def test_the_next_meetings_are_the_same_whenever_they_are_asked_for(rhythm: Rhythm, day: date, count: int) -> None:
    found = upcoming(rhythm, day, count)
    assert [slot(rhythm, one.index) for one in found] == found
    assert all(one.held_on > day for one in found)
    if found[0].index:
        assert slot(rhythm, found[0].index - 1).held_on <= day


@patient
@given(rhythms, days)
def test_every_matter_raised_between_meetings_is_due_at_one_of_the_next_two_called(
    rhythm: Rhythm, raised_on: date
) -> None:
    called = [one.held_on for one in upcoming(rhythm, raised_on, 3)]
    due = due_for_raise_between(called, raised_on)
    assert due in called[:2]
    assert due is not None
    assert working_days_between(raised_on, due) >= 3
    if due == called[1]:
        assert working_days_between(raised_on, called[0]) < 3


@patient
@given(rhythms, days)
def test_a_meeting_moved_later_keeps_what_was_due_at_it(rhythm: Rhythm, raised_on: date) -> None:
    called = [one.held_on for one in upcoming(rhythm, raised_on, 3)]
    due = due_for_raise_between(called, raised_on)
    assert due is not None
    place = called.index(due)
    for step in range((called[place + 1] - due).days):
        moved = [*called[:place], due + timedelta(days=step), *called[place + 1 :]]
        assert due_for_raise_between(moved, raised_on) == moved[place]


@patient
@given(rhythms, days)
def test_a_cancelled_meeting_hands_what_was_due_to_the_one_after(rhythm: Rhythm, raised_on: date) -> None:
    called = [one.held_on for one in upcoming(rhythm, raised_on, 4)]
    due = due_for_raise_between(called, raised_on)
    assert due is not None
    left = [held for held in called if held != due]
    assert due_for_raise_between(left, raised_on) == called[called.index(due) + 1]


@pytest.mark.parametrize(
    ("planned", "held", "why"),
    [
        (date(2025, 6, 4), date(2025, 6, 4), None),
        (date(2026, 10, 5), date(2026, 10, 12), Shift.NEXT_WEEK),
        (date(2025, 10, 1), date(2025, 10, 9), Shift.LATER_DAY),  # the Wednesday after is a holiday too
        (date(2025, 10, 11), date(2025, 10, 11), None),  # a make-up workday is no holiday
        (date(2025, 6, 15), date(2025, 6, 15), None),  # an ordinary Sunday is none either
    ],
)
def test_a_slot_on_a_holiday_is_shifted_as_written(planned: date, held: date, why: Shift | None) -> None:
    found = slot(rhythm_from(planned), 0)
    assert (found.held_on, found.shifted) == (held, why)


def holidays(first: date, last: date) -> dict[date, DayKind]:
    return {first + timedelta(days=step): DayKind.HOLIDAY for step in range((last - first).days + 1)}


def test_with_a_fortnight_of_holidays_the_meeting_is_held_in_the_week_before() -> None:
    rhythm = rhythm_from(date(2027, 3, 1))
    table = holidays(date(2027, 3, 14), date(2027, 3, 30))
    found = slot(rhythm, 1, table)
    assert (found.held_on, found.shifted) == (date(2027, 3, 13), Shift.EARLIER_DAY)


def test_the_week_before_is_not_used_up_to_the_meeting_before() -> None:
    rhythm = rhythm_from(date(2027, 3, 1))
    table = holidays(date(2027, 3, 1), date(2027, 3, 9)) | holidays(date(2027, 3, 11), date(2027, 3, 30))
    assert slot(rhythm, 0, table).held_on == date(2027, 3, 10)
    found = slot(rhythm, 1, table)
    assert (found.held_on, found.shifted) == (date(2027, 3, 15), Shift.NO_FREE_DAY)


def test_before_the_first_slot_there_is_no_meeting_to_mind() -> None:
    rhythm = rhythm_from(date(2027, 3, 1))
    found = slot(rhythm, 0, holidays(date(2027, 3, 1), date(2027, 3, 30)))
    assert (found.held_on, found.shifted) == (date(2027, 2, 28), Shift.EARLIER_DAY)


def test_a_meeting_of_a_year_not_published_says_so() -> None:
    known, unknown = slot(rhythm_from(date(2026, 12, 14)), 0), slot(rhythm_from(date(2026, 12, 21)), 1)
    assert known.published
    assert not unknown.published


def test_a_rhythm_whose_anchor_is_on_another_weekday_is_refused() -> None:
    with pytest.raises(ValueError, match="weekday 2"):
        Rhythm(2, EVENING, date(2027, 3, 1))


@pytest.mark.parametrize("weekday", range(7))
def test_an_anchor_is_the_first_such_weekday_from_a_day_on(weekday: int) -> None:
    anchor = anchor_on_or_after(weekday, date(2027, 3, 3))
    assert anchor.weekday() == weekday
    assert date(2027, 3, 3) <= anchor < date(2027, 3, 10)


def test_a_meeting_begins_at_its_hour_in_china() -> None:
    begins = starts_at(rhythm_from(date(2027, 3, 1)), date(2027, 3, 1))
    assert begins == datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
    assert begins.tzinfo is CHINA


def test_the_day_in_china_begins_at_sixteen_hundred_utc() -> None:
    assert day_in_china(datetime(2027, 3, 1, 15, 59, tzinfo=UTC)) == date(2027, 3, 1)
    assert day_in_china(datetime(2027, 3, 1, 16, 0, tzinfo=UTC)) == date(2027, 3, 2)
    with pytest.raises(ValueError, match="time zone"):
        day_in_china(datetime(2027, 3, 1, 16, 0))  # the naive moment is the point


@pytest.mark.parametrize(("raised_on", "due"), [(2, 5), (3, 19), (5, 19)])
def test_three_working_days_leave_out_the_day_of_raising_and_count_that_of_the_meeting(
    raised_on: int, due: int
) -> None:
    meetings = [date(2026, 11, 19), date(2026, 11, 5)]  # Thursdays
    assert due_for_raise_between(meetings, date(2026, 11, raised_on)) == date(2026, 11, due)


def test_without_days_to_prepare_it_is_the_next_meeting_and_without_one_there_is_none() -> None:
    meetings = [date(2026, 11, 5), date(2026, 11, 19)]
    assert due_for_raise_between(meetings, date(2026, 11, 5), working_days=0) == date(2026, 11, 19)
    assert due_for_raise_between(meetings, date(2026, 11, 17)) is None


def test_a_promise_is_due_on_its_day_or_after_and_a_carried_one_strictly_after() -> None:
    meetings = [date(2026, 11, 19), date(2026, 11, 5)]
    assert due_on_or_after(meetings, date(2026, 11, 5)) == date(2026, 11, 5)
    assert due_after(meetings, date(2026, 11, 5)) == date(2026, 11, 19)
    assert due_on_or_after(meetings, date(2026, 11, 20)) is None
    assert due_after(meetings, date(2026, 11, 19)) is None


def test_the_extra_meeting_is_the_same_weekday_next_week_when_that_is_free() -> None:
    assert extra_day(date(2026, 11, 5), date(2026, 11, 19)) == date(2026, 11, 12)
    assert extra_day(date(2026, 11, 5), date(2026, 11, 12)) == date(2026, 11, 11)


def test_the_extra_meeting_keeps_clear_of_holidays_and_of_the_regular_one() -> None:
    table = holidays(date(2026, 11, 10), date(2026, 11, 12))
    assert extra_day(date(2026, 11, 5), date(2026, 11, 19), table) == date(2026, 11, 9)
    assert extra_day(date(2026, 11, 5), date(2026, 11, 7)) == date(2026, 11, 6)
    assert extra_day(date(2026, 11, 5), date(2026, 11, 6)) is None


def test_seven_days_stay_seven_days_when_all_of_them_are_holidays() -> None:
    assert extra_day(date(2025, 9, 30), date(2025, 10, 14)) == date(2025, 10, 7)
