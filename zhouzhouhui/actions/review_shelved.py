"""Reviewing what was shelved: taken up again, or shelved on with the reason and a new date, read out again."""

from datetime import date
from typing import Any, Unpack

from ..models import Matter
from ..rules.matter_flow import State
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked
from .dispute_answer import due_again
from .shelve_matter import check_review


def review_shelved(*, reason: str, review_on: date | None = None, **act: Unpack[Acting]) -> Matter:
    """With ``review_on`` it stays shelved until then; without, it is resumed by whoever led it."""
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        if review_on is None:
            return _resume(standing, reason)
        check_review(review_on, standing.day)
        fields: dict[str, Any] = {"review_on": review_on, "is_decision_unread": True}
        due = None if matter.due_meeting_id or matter.is_restricted else due_again(standing)
        return Change(State.SHELVED, fields=fields, brought={"reason": reason}, sealed={"reason": reason}, due=due)

    return take_step("review_shelved", decide=decide, sent={"reason": reason, "review_on": review_on}, **act)


def _resume(standing: Standing, reason: str) -> Change:
    matter = standing.matter
    if not (matter.lead_department_id or matter.lead_is_community):
        raise Refused("assign_first")
    return Change(
        State.ASSIGNED,
        fields={"review_on": None, "shelf_level": "", "is_decision_unread": False, "carried_in_a_row": 0},
        brought={"reason": reason},
        sealed={"reason": reason},
        due=due_again(standing),
    )
