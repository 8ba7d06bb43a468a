"""The town's own calendar: the kinds of days it has set itself."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from ..models import CalendarDay
from ..rules.calendar_days import DayKind
from .quick_rows import rows_where


def calendar_of(town_id: UUID) -> Mapping[date, DayKind]:
    """The town's own calendar table (one query)."""
    return {row.day: DayKind(row.kind) for row in rows_where(CalendarDay, "town_id = %s", [town_id])}
