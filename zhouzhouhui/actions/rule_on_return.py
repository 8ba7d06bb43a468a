"""The office's ruling on a return: back to the office to be assigned anew, or it stays with the lead."""

from typing import Any, Unpack

from ..models import Matter
from ..rules.matter_flow import State
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def rule_on_return(*, granted: bool, reason: str, **act: Unpack[Acting]) -> Matter:
    """Grant or refuse what ``request_return`` asked for, with a reason either way."""
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        if standing.matter.return_asked_at is None:
            raise Refused("no_return_asked")
        fields: dict[str, Any] = {"return_asked_at": None}
        if granted:
            fields |= {"lead_department_id": None, "lead_is_community": False, "assigned_at": None, "taken_at": None}
        return Change(
            State.RAISED if granted else State.ASSIGNED,
            fields=fields,
            brought={"reason": reason},
            sealed={"reason": reason},
            never_public=frozenset({"reason"}),
            facts={"granted": granted},
        )

    return take_step("rule_on_return", decide=decide, sent={"granted": granted, "reason": reason}, **act)
