"""Which days are worked in mainland China.

Source: the State Council's yearly notice on holidays, as carried by the ``chinesecalendar`` library
(2004 and later), plus a table that the town edits. A year that neither knows is never guessed: its
days are plain weekdays and weekends, and :func:`is_published` says so (shown as 未公布).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from chinese_calendar.constants import Holiday, holidays, workdays

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """What a day is to somebody who works for the town."""

    WORKDAY = "workday"
    MAKEUP_WORKDAY = "makeup_workday"
    """A Saturday or Sunday worked in exchange for a holiday (调休上班)."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    """A day off by the State Council's notice, a Saturday or Sunday inside the holiday included."""


Overrides = Mapping[date, DayKind]
"""The town's own table: it wins over the library, day by day."""

NO_OVERRIDES: Overrides = MappingProxyType({})

KNOWN_YEARS: frozenset[int] = frozenset(day.year for day in holidays)
"""The years whose notice the installed library carries."""

_FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1))
_HOLIDAY_CODES: Mapping[str, str] = MappingProxyType({kind.value: kind.name for kind in Holiday})


class NoWorkingDay(ValueError):
    """Nobody works for more than a year from this day on: the town's table cannot be right."""


def day_kind(day: date, overrides: Overrides = NO_OVERRIDES) -> DayKind:
    """What ``day`` is: the town's table first, then the notice, then the plain week."""
    entered = overrides.get(day)
    if entered is not None:
        return entered
    if day in holidays:
        return DayKind.HOLIDAY
    if day.weekday() < _SATURDAY:
        return DayKind.WORKDAY
    return DayKind.MAKEUP_WORKDAY if day in workdays else DayKind.WEEKEND


def is_workday(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether offices work on ``day`` (make-up workdays included)."""
    return day_kind(day, overrides) in (DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY)


def is_statutory_holiday(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether ``day`` lies in a holiday by notice; an ordinary Saturday or Sunday does not."""
    return day_kind(day, overrides) is DayKind.HOLIDAY


def holiday_code(day: date) -> str | None:
    """The holiday's code, such as ``national_day``; ``None`` outside the notice. Words live in wording."""
    name = holidays.get(day)
    return None if name is None else _HOLIDAY_CODES[name]


def is_published(year: int, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether the notice for ``year`` is known, from the library or because the town has entered it.

    The town's table counts as the notice only when it holds New Year's Day, Labour Day and National Day
    of that year as holidays; a single exception typed in early does not make a year known.
    """
    if year in KNOWN_YEARS:
        return True
    return all(overrides.get(date(year, month, day)) is DayKind.HOLIDAY for month, day in _FIXED_HOLIDAYS)


def add_working_days(day: date, count: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """The ``count``-th working day after ``day``; ``day`` itself is not counted (期间开始之日不计).

    ``count`` 0 gives ``day`` unchanged. Raises ``ValueError`` for a negative count and
    :class:`NoWorkingDay` when the table leaves more than 366 days in a row without work.
    """
    if count < 0:
        raise ValueError("count must not be negative")
    found, idle = day, 0
    while count:
        found += _ONE_DAY
        if is_workday(found, overrides):
            count, idle = count - 1, 0
        else:
            idle += 1
        if idle > 366:
            raise NoWorkingDay(day.isoformat())
    return found


def working_days_between(start: date, end: date, overrides: Overrides = NO_OVERRIDES) -> int:
    """How many working days lie after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
    length = (end - start).days
    return sum(is_workday(start + timedelta(days=step), overrides) for step in range(1, length + 1))
