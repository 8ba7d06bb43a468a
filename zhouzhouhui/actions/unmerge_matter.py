"""Undoing a merger: it was not the same after all. The matter is due again on its own."""

from typing import Unpack

from ..models import Matter
from ..rules.matter_flow import State
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked
from .dispute_answer import due_again


def unmerge_matter(*, reason: str, **act: Unpack[Acting]) -> Matter:
    """Back to the office, to be assigned; a due meeting that is still to come is kept."""
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        due = due_again(standing) if standing.matter.due_meeting_id is None else None
        return Change(
            State.RAISED,
            fields={
                "merged_into": None, "is_decision_unread": False, "lead_department_id": None,
                "lead_is_community": False, "assigned_at": None, "taken_at": None,
            },
            brought={"reason": reason},
            sealed={"reason": reason},
            due=due,
        )  # fmt: skip

    return take_step("unmerge_matter", decide=decide, sent={"reason": reason}, **act)
