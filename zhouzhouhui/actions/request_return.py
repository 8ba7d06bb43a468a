"""Asking to return an assignment (退单), within one working day of it."""

from typing import Unpack

from ..models import Matter
from ..queries.calendar import calendar_of
from ..rules.calendar_days import add_working_days
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked

WITHIN_WORKING_DAYS = 1


def request_return(*, reason: str, **act: Unpack[Acting]) -> Matter:
    """The lead asks the office to take the matter back; the matter stays with the lead until the ruling."""
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        assert matter.assigned_at is not None
        last = add_working_days(day_in_china(matter.assigned_at), WITHIN_WORKING_DAYS, calendar_of(matter.town_id))
        if standing.day > last:
            raise Refused("return_too_late", last=last.isoformat())
        return Change(
            standing.state,
            fields={"return_asked_at": standing.at},
            brought={"reason": reason},
            sealed={"reason": reason},
            never_public=frozenset({"reason"}),
        )

    return take_step("request_return", decide=decide, sent={"reason": reason}, **act)
