"""Giving an answer in the hall, in front of everyone: a signed draft, or words on the spot."""

from typing import Any, Unpack
from uuid import UUID

from ..models import AnswerDraft, Matter
from ..rules.matter_flow import State
from ..rules.outcomes import Outcome, is_promise
from ..rules.refusals import Refused
from ._answer import Answer, check, from_draft, standing_draft
from ._due import NOT_DUE, Due, due_on_or_after
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked
from .draft_answer import with_owner


def give_answer(
    *, answer: Answer | None = None, told: str = "", group: UUID | None = None, **act: Unpack[Acting]
) -> Matter:
    """Answer the matter in the open meeting of its community.

    Without ``answer`` the signed draft is given. A private matter is spoken by number only: ``told`` says on
    which date and how the raiser was answered in person. ``group`` marks matters answered together.
    """

    def decide(standing: Standing) -> Change:
        return decide_answer(standing, answer, told, group)

    sent = {"answer": answer and answer.__dict__, "told": told, "group": group}
    return take_step("give_answer", decide=decide, sent=sent, **act)


def decide_answer(standing: Standing, answer: Answer | None, told: str, group: UUID | None) -> Change:
    """Which answer is given: the words on the spot, or the signed draft."""
    matter = standing.matter
    if matter.is_private and not told.strip():
        raise Refused("must_bring", what="told")
    checked(told, "told", limit=300)
    draft = standing_draft(matter)
    if answer is None:
        if draft is None or draft.state != "signed":
            raise Refused("no_signed_draft")
        whole = from_draft(draft)
    else:
        whole = with_owner(answer, matter)
    return answered(standing, whole, draft, facts={"group": str(group)} if group else {}, told=told)


def answered(
    standing: Standing, whole: Answer, draft: AnswerDraft | None, *, facts: dict[str, Any], told: str = ""
) -> Change:
    """The change that an answer makes, in the hall or at the restricted desk."""
    matter = standing.matter
    outcome = check(whole, matter=matter, today=standing.day)
    promise = is_promise(outcome)
    due = due_after_answer(standing, whole) if promise else NOT_DUE

    return Change(
        State.PROMISED if promise else State.ANSWERED,
        fields=_fields(standing, whole, outcome),
        brought={"outcome": outcome.value, "words": whole.words, "told_on": told or True},
        sealed={"words": whole.words, "basis": whole.basis, "told": told},
        facts=facts,
        due=due,
        spent=draft,
    )


def due_after_answer(standing: Standing, whole: Answer) -> Due:
    """When a promise is due: at the meeting on or after its date, or at the restricted desk."""
    assert whole.promise_on is not None
    if standing.matter.is_restricted:
        return Due(desk_on=whole.promise_on)
    return due_on_or_after(standing.matter.community, whole.promise_on, standing.at)


def _fields(standing: Standing, whole: Answer, outcome: Outcome) -> dict[str, Any]:
    matter, meeting = standing.matter, standing.meeting
    promise = is_promise(outcome)
    fields: dict[str, Any] = {
        "outcome": outcome.value, "answer_words": whole.words, "answer_basis": whole.basis,
        "last_answered_at": standing.at, "answered_by_id": standing.by.person, "answer_count": matter.answer_count + 1,
        "promise_on": whole.promise_on if promise else matter.promise_on,
        "owner_department_id": whole.owner_department if promise else matter.owner_department_id,
        "owner_is_community": whole.owner_is_community if promise else matter.owner_is_community,
        "carried_in_a_row": 0, "is_disputed": False, "asked_route": "", "return_asked_at": None,
        "solved": "", "manner": "", "result": "", "word_from": "", "word_at": None,
    }  # fmt: skip
    if outcome is Outcome.A1 and matter.done_on is None:
        fields["done_on"] = standing.day
    if matter.answer_count == 0:
        fields |= {
            "answered_at": standing.at,
            "answered_meeting": meeting if not matter.is_restricted else None,
            "on_the_spot": bool(meeting) and matter.raised_meeting_id == meeting.id if meeting else False,
            "first_answer_on_time": answered_on_time(standing),
        }
    return fields


def answered_on_time(standing: Standing) -> bool | None:
    """Answered at the first meeting it was due at; a date that was lost counts against; not asked at the desk."""
    matter, meeting = standing.matter, standing.meeting
    if matter.is_restricted or meeting is None or matter.raised_meeting_id == meeting.id:
        return None
    return not matter.first_due_lost and _not_after_first_due(matter, meeting.id)


def _not_after_first_due(matter: Matter, meeting_id: UUID) -> bool:
    if matter.first_due_meeting_id == meeting_id:
        return True
    # answered before it was due, at an earlier (extra) meeting
    return matter.due_meeting_id == matter.first_due_meeting_id and matter.carried_count == 0
