"""Keeping a promise: evidence and the day it was done; it is then read out at the next meeting."""

from datetime import date
from typing import Unpack

from ..models import Matter
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._due import Due, due_next
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def keep_promise(*, evidence: str, done_on: date, **act: Unpack[Acting]) -> Matter:
    """The owner says what was done and when. Done early: due at the next meeting, to be read out."""
    checked(evidence, "evidence", limit=2000)

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        if done_on > standing.day:
            raise Refused("time_in_the_future", what="done_on")
        if done_on < _first_day(matter):
            raise Refused("done_before_raised")
        due = None if matter.is_restricted else _sooner(standing)
        return Change(
            standing.state,
            fields={"done_on": done_on},
            brought={"evidence": evidence, "done_on": done_on},
            sealed={"evidence": evidence},
            due=due,
        )

    return take_step("keep_promise", decide=decide, sent={"evidence": evidence, "done_on": done_on}, **act)


def _first_day(matter: Matter) -> date:
    return day_in_china(matter.raised_at)


def _sooner(standing: Standing) -> Due | None:
    """The next meeting, unless it is due at the open one or at an earlier one already."""
    matter = standing.matter
    if matter.due_meeting is not None and matter.due_meeting.state == "open":
        return None
    return due_next(matter.community, standing.at)
