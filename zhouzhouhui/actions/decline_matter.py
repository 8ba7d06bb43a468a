"""Declining (不予受理): with the reason and where to go instead; read out like any decision."""

from typing import Unpack

from ..models import Matter
from ..rules.matter_flow import State
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def decline_matter(*, reason: str, instead: str, **act: Unpack[Acting]) -> Matter:
    """The office declines; the matter stays on the agenda until that was said aloud."""
    checked(reason, "reason")
    checked(instead, "instead", limit=300)

    def decide(standing: Standing) -> Change:
        return Change(
            State.DECLINED,
            fields={"is_decision_unread": True},
            brought={"reason": reason, "instead": instead},
            sealed={"reason": reason, "instead": instead},
        )

    return take_step("decline_matter", decide=decide, sent={"reason": reason, "instead": instead}, **act)
