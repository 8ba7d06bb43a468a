"""Reading a decision out: referred, declined, shelved and merged count only when the hall has heard them."""

from datetime import date
from typing import Any, Unpack
from uuid import UUID

from ..models import Matter
from ..rules.matter_flow import State
from ..rules.refusals import Refused
from ._due import NOT_DUE, Due, due_on_or_after
from ._take_step import Acting, Change, Standing, take_step
from .give_answer import answered_on_time


def read_decision(*, told_on: date | None = None, group: UUID | None = None, **act: Unpack[Acting]) -> Matter:
    """Mark the decision as read out; of a restricted matter, as told to the raiser on ``told_on``."""

    def decide(standing: Standing) -> Change:
        return decide_read(standing, told_on, group)

    return take_step("read_decision", decide=decide, sent={"told_on": told_on, "group": group}, **act)


def decide_read(standing: Standing, told_on: date | None, group: UUID | None) -> Change:
    """What reading a decision out does to the matter."""
    matter = standing.matter
    if not matter.is_decision_unread:
        raise Refused("already_read")
    if matter.is_restricted and told_on is None:
        raise Refused("must_bring", what="told_on")
    facts: dict[str, Any] = {"read": True, "decision": matter.state}
    if group:
        facts["group"] = str(group)
    if told_on:
        facts["told_on"] = told_on
    fields: dict[str, Any] = {"is_decision_unread": False, "carried_in_a_row": 0}
    if matter.state == State.REFERRED and matter.answer_count == 0:
        # a referral counts as answered once it was read out, so that is when it was on time or not
        fields["first_answer_on_time"] = answered_on_time(standing)
    return Change(
        standing.state,
        fields=fields,
        facts=facts,
        due=_due(standing),
    )


def _due(standing: Standing) -> Due:
    """A shelved matter comes back at its review; the others are no longer due."""
    matter = standing.matter
    if matter.state != State.SHELVED:
        return NOT_DUE
    assert matter.review_on is not None
    if matter.is_restricted:
        return Due(desk_on=matter.review_on)
    return due_on_or_after(matter.community, matter.review_on, standing.at)
