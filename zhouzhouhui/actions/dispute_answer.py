"""Disputing: not solved, or not satisfied with the result. The matter comes back to the next meeting."""

from typing import Unpack

from ..models import LedgerLine, Matter, Voice
from ..rules.matter_flow import DECISIONS, State, after_dispute
from ..rules.powers import Role
from ..rules.refusals import Refused
from ._due import Due, desk_due, due_next
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked
from .accept_answer import word_taken_by

OFFER_SESSION_AFTER = 2  # disputes, after which a special session must be offered


def dispute_answer(*, reason: str, manner: str = "", **act: Unpack[Acting]) -> Matter:
    """Dispute the answer, or a decision that was read; each raiser once for each answer.

    After the second dispute of a matter a special session must be offered. A raiser who disputes a merger
    takes their matter out of it.
    """
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        return _dispute(standing, reason, manner)

    return take_step("dispute_answer", decide=decide, sent={"reason": reason, "manner": manner}, **act)


def _dispute(standing: Standing, reason: str, manner: str) -> Change:
    matter = standing.matter
    if matter.state in DECISIONS and matter.state != State.MERGED and matter.is_decision_unread:
        raise Refused("decision_not_read_yet")
    word_from = "raiser" if Role.DELEGATE in standing.roles else word_taken_by(standing)
    round_no = matter.answer_count + matter.dispute_count * (matter.state in DECISIONS) + 1
    own = _own_voices(standing)
    if any(v.disputed_answer >= matter.answer_count > 0 for v in own) and matter.state not in DECISIONS:
        raise Refused("disputed_already")
    offered = matter.dispute_count + 1 >= OFFER_SESSION_AFTER
    target = after_dispute(standing.state, has_lead=bool(matter.lead_department_id or matter.lead_is_community))

    def also(line: LedgerLine) -> None:
        Voice.objects.filter(id__in=[v.id for v in own]).update(disputed_answer=matter.answer_count)

    return Change(
        target,
        fields={
            "is_disputed": True, "dispute_count": matter.dispute_count + 1, "is_decision_unread": False,
            "session_offered": matter.session_offered or offered, "solved": "", "result": "", "manner": manner,
            "word_from": word_from, "word_at": standing.at, "merged_into": None, "carried_in_a_row": 0,
            "return_asked_at": None,
        },
        brought={"reason": reason},
        sealed={"reason": reason},
        facts={"round": round_no, "session_offered": offered},
        due=due_again(standing),
        also=also,
        undoable=False,
    )  # fmt: skip


def due_again(standing: Standing) -> Due:
    """Disputed, reopened, resumed: the next regular meeting; a restricted matter at its desk."""
    if standing.matter.is_restricted:
        return desk_due(standing.matter.community, standing.at)
    return due_next(standing.matter.community, standing.at)


def _own_voices(standing: Standing) -> list[Voice]:
    by = standing.by
    own = [v for v in standing.voices if v.slip in by.slips or (v.person_id and v.person_id == by.person)]
    return own or [v for v in standing.voices if v.kind == Voice.RAISER and Role.DELEGATE not in standing.roles]
