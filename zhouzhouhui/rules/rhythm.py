"""Every second week: on which days a community meets, and which meeting a matter is due at.

Pure over dates in Asia/Shanghai (design §1, §4.1 "Due", §4.2). Slot *k* of a rhythm is planned on
``anchor + 14 k`` days. A slot planned on a statutory holiday (an ordinary weekend is none) is held

1. on the same weekday of the following week, if that is no holiday;
2. else on the nearest later day that is none, before the following slot;
3. else on the nearest earlier day of the week before that is none and later than the meeting before;
4. else on the planned day all the same: a community is never left without a meeting.

So ``planned - 7 <= held <= planned + 13``, held dates strictly increase, and two consecutive ones lie
1 to 34 days apart whatever the table says. Under the notices of 2004-2026 and plain weeks after them the
distance is 4 to 24 days (both bounds are proved in tests/rules/test_rhythm.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from zhouzhouhui.rules.calendar_days import (
    NO_OVERRIDES,
    Overrides,
    is_published,
    is_statutory_holiday,
    working_days_between,
)

CHINA = ZoneInfo("Asia/Shanghai")
FORTNIGHT = timedelta(days=14)
WORKING_DAYS_TO_PREPARE = 3
EXTRA_WITHIN_DAYS = 7

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Shift(StrEnum):
    """Why a meeting is not held on its planned day."""

    NEXT_WEEK = "next_week"
    LATER_DAY = "later_day"
    EARLIER_DAY = "earlier_day"
    NO_FREE_DAY = "no_free_day"
    """Four weeks of nothing but holidays: held on the planned day; somebody should look at the table."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A community's rhythm: ``weekday`` 0 is Monday; ``anchor`` is the date of slot 0, on that weekday."""

    weekday: int
    at: time
    anchor: date

    def __post_init__(self) -> None:
        """Refuse an anchor on another weekday: ``ValueError``."""
        if self.anchor.weekday() != self.weekday:
            raise ValueError(f"{self.anchor} is not on weekday {self.weekday}")


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting of the rhythm. ``published`` is false while the holidays of its year are not known."""

    index: int
    planned_on: date
    held_on: date
    shifted: Shift | None
    published: bool


def anchor_on_or_after(weekday: int, day: date) -> date:
    """The first date on ``weekday`` (0 is Monday) that is not before ``day``: an anchor for a new rhythm."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def slot(rhythm: Rhythm, index: int, overrides: Overrides = NO_OVERRIDES) -> Slot:
    """Slot ``index`` (0 is the anchor's) with the day on which it is held; see the rule at the top."""
    planned = rhythm.anchor + FORTNIGHT * index
    held, shifted = _held(planned, index, overrides)
    published = all(is_published(year, overrides) for year in {planned.year, held.year})
    return Slot(index, planned, held, shifted, published)


def upcoming(rhythm: Rhythm, after: date, count: int, overrides: Overrides = NO_OVERRIDES) -> list[Slot]:
    """The first ``count`` slots held strictly after ``after``, in order."""
    return list(islice(_slots_from(rhythm, after + _DAY, overrides), count))


def slot_on_or_after(rhythm: Rhythm, day: date, overrides: Overrides = NO_OVERRIDES) -> Slot:
    """The first slot held on ``day`` or later. There always is one."""
    return next(_slots_from(rhythm, day, overrides))


def starts_at(rhythm: Rhythm, held_on: date) -> datetime:
    """The moment the meeting of ``held_on`` begins, in Asia/Shanghai."""
    return datetime.combine(held_on, rhythm.at, tzinfo=CHINA)


def day_in_china(moment: datetime) -> date:
    """The calendar date in Asia/Shanghai of an aware moment; ``ValueError`` for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(CHINA).date()


def due_on_or_after(meeting_dates: Iterable[date], day: date) -> date | None:
    """The first of ``meeting_dates`` on ``day`` or later: due for a promise of ``day`` or a review date.

    ``None`` only when the dates given end before ``day``; ask :func:`slot_on_or_after` then.
    """
    return min((held for held in meeting_dates if held >= day), default=None)


def due_after(meeting_dates: Iterable[date], day: date) -> date | None:
    """The next of ``meeting_dates`` strictly after ``day``: raised, disputed or carried over at a meeting."""
    return min((held for held in meeting_dates if held > day), default=None)


def due_for_raise_between(
    meeting_dates: Iterable[date],
    raised_on: date,
    working_days: int = WORKING_DAYS_TO_PREPARE,
    overrides: Overrides = NO_OVERRIDES,
) -> date | None:
    """The first meeting at least ``working_days`` working days away from ``raised_on``.

    The day of raising is not counted, the day of the meeting is if it is worked: raised on a Monday of a
    plain week, a meeting on Thursday is three working days away, one on Wednesday is not. With
    ``working_days`` 0 it is the first meeting after the day of raising. ``None`` only when no date given
    is far enough away: then call more meetings.
    """
    for held in sorted(meeting_dates):
        if held > raised_on and working_days_between(raised_on, held, overrides) >= working_days:
            return held
    return None


def extra_day(broken_off_on: date, following_on: date, overrides: Overrides = NO_OVERRIDES) -> date | None:
    """The day for the extra meeting owed within 7 days of one that was broken off (design §4.2).

    The same weekday a week later; else the latest day before it that is no statutory holiday and lies before
    ``following_on``, the next regular meeting. With nothing but holidays, the latest such day all the same:
    the law says seven days, and the office may move it with a reason. ``None`` when the regular meeting is
    on the very next day.
    """
    last = min(broken_off_on + timedelta(days=EXTRA_WITHIN_DAYS), following_on - _DAY)
    possible = [last - timedelta(days=step) for step in range((last - broken_off_on).days)]
    free = (day for day in possible if not is_statutory_holiday(day, overrides))
    return next(free, possible[0] if possible else None)


def _slots_from(rhythm: Rhythm, day: date, overrides: Overrides) -> Iterator[Slot]:
    # A slot is held at most 13 days after its plan, so none before this index can reach the day.
    index = max(0, (day - rhythm.anchor).days // FORTNIGHT.days - 1)
    while True:
        found = slot(rhythm, index, overrides)
        if found.held_on >= day:
            yield found
        index += 1


def _held(planned: date, index: int, overrides: Overrides) -> tuple[date, Shift | None]:
    if not is_statutory_holiday(planned, overrides):
        return planned, None
    within = _within_fortnight(planned, overrides)
    if within is not None:
        return within
    # A free day in the week before lies in the fortnight of the slot before, which is therefore held in
    # that fortnight too: looking back one slot is enough to keep the order.
    before = _within_fortnight_or_plan(planned - FORTNIGHT, overrides) if index else planned - FORTNIGHT
    for step in range(1, _WEEK.days + 1):
        day = planned - timedelta(days=step)
        if day > before and not is_statutory_holiday(day, overrides):
            return day, Shift.EARLIER_DAY
    return planned, Shift.NO_FREE_DAY


def _within_fortnight(planned: date, overrides: Overrides) -> tuple[date, Shift] | None:
    if not is_statutory_holiday(planned + _WEEK, overrides):
        return planned + _WEEK, Shift.NEXT_WEEK
    for step in range(1, FORTNIGHT.days):
        day = planned + timedelta(days=step)
        if not is_statutory_holiday(day, overrides):
            return day, Shift.LATER_DAY
    return None


def _within_fortnight_or_plan(planned: date, overrides: Overrides) -> date:
    if not is_statutory_holiday(planned, overrides):
        return planned
    within = _within_fortnight(planned, overrides)
    return planned if within is None else within[0]
