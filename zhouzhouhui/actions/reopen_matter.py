"""Reopening on new facts: closed, referred, declined or shelved matters come back to the next meeting."""

from typing import Unpack

from ..models import Matter
from ..rules.matter_flow import after_dispute
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked
from .dispute_answer import due_again


def reopen_matter(*, new_facts: str, **act: Unpack[Acting]) -> Matter:
    """The same matter under the same number, due at the next regular meeting."""
    checked(new_facts, "words")

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        target = after_dispute(standing.state, has_lead=bool(matter.lead_department_id or matter.lead_is_community))
        return Change(
            target,
            fields={
                "is_decision_unread": False, "carried_in_a_row": 0, "review_on": None, "solved": "", "manner": "",
                "result": "", "word_from": "", "word_at": None, "done_on": None,
            },
            brought={"new_facts": new_facts},
            sealed={"new_facts": new_facts},
            due=due_again(standing),
        )  # fmt: skip

    return take_step("reopen_matter", decide=decide, sent={"new_facts": new_facts}, **act)
