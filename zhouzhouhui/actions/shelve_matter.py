"""Shelving (挂账): it cannot be solved for now; public, with a reason and a day of review; never out of the total."""

from datetime import date, timedelta
from typing import Unpack

from ..models import Matter
from ..rules.matter_flow import State
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked

LEVELS = frozenset({"town", "district", "city"})  # at which level it is stuck
REVIEW_WITHIN = timedelta(days=92)  # each quarter


def shelve_matter(*, reason: str, level: str, review_on: date, **act: Unpack[Acting]) -> Matter:
    """A leader shelves the matter; it stays due at its meeting until the decision is read out there."""
    checked(reason, "reason")
    if level not in LEVELS:
        raise Refused("no_such_choice", what="level", choice=level)

    def decide(standing: Standing) -> Change:
        check_review(review_on, standing.day)
        return Change(
            State.SHELVED,
            fields={"shelf_level": level, "review_on": review_on, "is_decision_unread": True, "return_asked_at": None},
            brought={"reason": reason, "level": level, "review_on": review_on},
            sealed={"reason": reason},
            facts={"level": level},
        )

    return take_step(
        "shelve_matter", decide=decide, sent={"reason": reason, "level": level, "review_on": review_on}, **act
    )


def check_review(review_on: date, today: date) -> None:
    """A review lies ahead, and within a quarter."""
    if not today < review_on <= today + REVIEW_WITHIN:
        raise Refused("review_within_a_quarter", last=(today + REVIEW_WITHIN).isoformat())
