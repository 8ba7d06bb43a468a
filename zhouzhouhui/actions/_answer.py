"""What an answer holds, on the way from a draft to the hall."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from ..models import AnswerDraft, Department, Matter
from ..rules.outcomes import Outcome, check_answer
from ..rules.refusals import Refused
from ._standing import has_drafts
from ._texts import checked


@dataclass(frozen=True)
class Answer:
    """Outcome and words; D2 the basis it rests on; B and C a date and an owner (by default whoever leads)."""

    outcome: str
    words: str
    basis: str = ""
    promise_on: date | None = None
    owner_department: UUID | None = None
    owner_is_community: bool = False

    @property
    def has_owner(self) -> bool:
        return self.owner_department is not None or self.owner_is_community


def check(answer: Answer, *, matter: Matter, today: date) -> Outcome:
    """Refuse what the law of answers does not allow; returns the outcome class."""
    try:
        outcome = Outcome(answer.outcome)
    except ValueError as error:
        raise Refused("no_such_choice", what="outcome", choice=answer.outcome) from error
    checked(answer.words, "words")
    checked(answer.basis, "basis")
    check_answer(
        outcome=outcome, words=answer.words, basis=answer.basis, promise_on=answer.promise_on,
        has_owner=answer.has_owner, today=today,
    )  # fmt: skip
    department = answer.owner_department
    if department and not _owes_already(matter, department):
        rows = Department.objects.filter(town_id=matter.town_id, id=department, dissolved_on=None)
        if not rows.exists():
            raise Refused("no_such_department")
    return outcome


def _owes_already(matter: Matter, department: UUID) -> bool:
    """The lead itself, which was read with the matter, needs no asking; nor what was asked for all of a group."""
    if department in getattr(matter, "departments_known", ()):
        return True
    lead = matter.lead_department
    return lead is not None and lead.id == department and lead.dissolved_on is None


def from_draft(draft: AnswerDraft) -> Answer:
    return Answer(
        draft.outcome, draft.words, draft.basis, draft.promise_on, draft.owner_department_id, draft.owner_is_community
    )


def standing_draft(matter: Matter) -> AnswerDraft | None:
    """The draft in force: the newest one prepared, signed or sent back."""
    if not has_drafts(matter):
        return None
    if hasattr(matter, "draft_known"):
        return cast("AnswerDraft | None", matter.draft_known)
    return (
        AnswerDraft.objects.filter(
            town_id=matter.town_id, matter_id=matter.id, state__in=["prepared", "signed", "sent_back"]
        )
        .order_by("-prepared_at", "-id")
        .first()
    )
