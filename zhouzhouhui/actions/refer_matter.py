"""Referring to a legal path (导入信访/法定途径, outcome E): counts as answered only when it was read out."""

from typing import Unpack

from ..models import Matter
from ..rules.matter_flow import State
from ..rules.outcomes import Outcome
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def refer_matter(*, path: str, reason: str, **act: Unpack[Acting]) -> Matter:
    """Name the path (信访, 诉讼, 仲裁, 行政复议, 12345 …) and why; it stays on the agenda until read out."""
    checked(path, "path", limit=200)
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        return Change(
            State.REFERRED,
            fields={"outcome": Outcome.E.value, "is_decision_unread": True, "return_asked_at": None},
            brought={"path": path, "reason": reason},
            sealed={"path": path, "reason": reason},
        )

    return take_step("refer_matter", decide=decide, sent={"path": path, "reason": reason}, **act)
