"""The plan of the calendar: which meetings each community has behind it on the build day.

Pure over dates. A community's rhythm is laid so that its last slot lies before the build day, its next one
after it (or on it, for the one whose meeting is open), and the number of meetings held comes out as wanted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..rules.calendar_days import is_statutory_holiday
from ..rules.rhythm import CHINA, Rhythm, Slot, anchor_on_or_after, day_in_china, slot
from .read_corpus import CommunityPlan

OPENS = "XD"  # whose meeting is open on the build day
OPEN_SINCE = timedelta(minutes=40)
LOST = frozenset({"cancelled", "not_held"})
FORTNIGHT = timedelta(days=14)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Past:
    """One slot that lies behind: ``number`` is the meeting's 第 N 次, None where the date was lost."""

    index: int
    held_on: date
    fate: str  # held, cancelled, not_held, moved, broken_off
    number: int | None


@dataclass(frozen=True)
class Calendar:
    """Everything a community has behind it, and the slot that is open today, if one is."""

    plan: CommunityPlan
    rhythm: Rhythm
    past: tuple[Past, ...]
    opens: Slot | None = None
    moved_here: bool = False  # the open meeting stands for a later slot and was moved to today

    @property
    def joins_on(self) -> date:
        return self.rhythm.anchor

    @property
    def held(self) -> tuple[Past, ...]:
        """The regular meetings that took place, in order."""
        return tuple(p for p in self.past if p.number is not None)


def slots_needed(plan: CommunityPlan) -> int:
    """How many slots it takes: lost dates hold no meeting, one broken off is followed by an extra one that counts."""
    lost = sum(fate in LOST for fate in plan.fates.values())
    extra = sum(fate == "broken_off" for fate in plan.fates.values())
    return plan.held + lost - extra


def lay_calendars(plans: Sequence[CommunityPlan], *, now: datetime) -> list[Calendar]:
    """The calendar of every community; the open meeting began at the last half hour at least 40 minutes ago."""
    today = day_in_china(now)
    began = max((now - OPEN_SINCE).astimezone(CHINA), datetime.combine(today, time(0), tzinfo=CHINA))
    opens_at = began.time().replace(minute=began.minute // 30 * 30, second=0, microsecond=0)
    return [
        lay(plan, today=today, opens_at=opens_at if plan.short_code == OPENS else None, odd_week=number % 2 == 1)
        for number, plan in enumerate(plans)
    ]


def lay(plan: CommunityPlan, *, today: date, opens_at: time | None = None, odd_week: bool = False) -> Calendar:
    """The calendar of one community; with ``opens_at`` a meeting of it is open on ``today``."""
    if opens_at is not None:
        return _lay_open(plan, today, opens_at)
    count = slots_needed(plan)
    for weekday, back in _possible(plan.weekday, odd_week=odd_week):
        last = anchor_on_or_after(weekday, today - WEEK * back)
        rhythm = Rhythm(weekday, plan.meets_at, last - FORTNIGHT * (count - 1))
        if slot(rhythm, count - 1).held_on < today < slot(rhythm, count).held_on:
            return Calendar(plan, rhythm, _past(plan, rhythm))
    raise ValueError(f"no rhythm fits {plan.short_code} on {today}")


def _possible(weekday: int, *, odd_week: bool) -> Iterator[tuple[int, int]]:
    """Weekday and weeks back, the wanted ones first; around a holiday shifted slots may fall on the build day."""
    for shift in range(7):
        for back in (1, 2) if odd_week else (2, 1):
            yield (weekday + shift) % 7, back


def _lay_open(plan: CommunityPlan, today: date, opens_at: time) -> Calendar:
    planned = today
    while is_statutory_holiday(planned):  # nobody meets today by rhythm: the meeting was moved forward to today
        planned += timedelta(days=1)
    count = slots_needed(plan)
    rhythm = Rhythm(planned.weekday(), opens_at, planned - FORTNIGHT * count)
    return Calendar(plan, rhythm, _past(plan, rhythm), slot(rhythm, count), moved_here=planned != today)


def _past(plan: CommunityPlan, rhythm: Rhythm) -> tuple[Past, ...]:
    past, number = [], 0
    for index in range(slots_needed(plan)):
        fate = plan.fates.get(index, "held")
        held = fate not in LOST
        number += held
        past.append(Past(index, slot(rhythm, index).held_on, fate, number if held else None))
        number += fate == "broken_off"  # the extra meeting takes the next number
    return tuple(past)
