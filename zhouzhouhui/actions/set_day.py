"""Setting the kind of a day in the town's own calendar, for years whose holidays are not published yet."""

from datetime import date, datetime

from ..models import CalendarDay, Town
from ..rules.calendar_days import DayKind
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line


@in_one_transaction
def set_day(*, town: Town, by: Actor, at: datetime, day: date, kind: str, note: str = "") -> CalendarDay:
    """Say what kind of day it is. Meetings called already are moved by people, with a reason."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    if kind not in {k.value for k in DayKind}:
        raise Refused("no_such_choice", what="kind", choice=kind)
    checked(note, "note", limit=60)
    row, _ = CalendarDay.objects.update_or_create(town=town, day=day, defaults={"kind": kind, "note": note})
    town_line("set_day", town=town, by=by, at=at, subject=f"day:{day.isoformat()}", facts={"kind": kind})
    return row
