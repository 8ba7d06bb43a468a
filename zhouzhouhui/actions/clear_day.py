"""Taking a day out of the town's own calendar: the State Council's notice, or the plain week, holds again."""

from datetime import date, datetime

from ..models import CalendarDay, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._town_line import require, town_line


@in_one_transaction
def clear_day(*, town: Town, by: Actor, at: datetime, day: date) -> None:
    """Remove the entry. Meetings called already are moved by people, with a reason."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    entry = CalendarDay.objects.filter(town=town, day=day).first()
    if entry is None:
        raise Refused("not_found")
    kind = entry.kind
    entry.delete()
    town_line("clear_day", town=town, by=by, at=at, subject=f"day:{day.isoformat()}", facts={"was": kind})
