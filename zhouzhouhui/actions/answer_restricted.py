"""Answering a restricted matter: outside the hall, at the restricted desk, to the raiser in person."""

from datetime import date
from typing import Unpack

from ..models import Matter
from ..rules.refusals import Refused
from ._answer import Answer, standing_draft
from ._take_step import Acting, Change, Standing, take_step
from .draft_answer import with_owner
from .give_answer import answered


def answer_restricted(*, answer: Answer, told_on: date, **act: Unpack[Acting]) -> Matter:
    """Record the answer and the day the person was told (信访工作条例 art. 23: in writing, to the person)."""

    def decide(standing: Standing) -> Change:
        if told_on > standing.day:
            raise Refused("time_in_the_future", what="told_on")
        whole = with_owner(answer, standing.matter)
        draft = standing_draft(standing.matter)
        change = answered(standing, whole, draft, facts={"told_on": told_on})
        change.brought["told_on"] = told_on
        return change

    return take_step("answer_restricted", decide=decide, sent={**answer.__dict__, "told_on": told_on}, **act)
