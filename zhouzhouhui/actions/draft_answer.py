"""Drafting an answer: prepared by the lead, signed by a leader, given in the hall."""

from typing import Unpack

from ..models import AnswerDraft, LedgerLine, Matter
from ..rules.outcomes import PROMISES, Outcome
from ..rules.powers import Role
from ..rules.refusals import Refused
from ._answer import Answer, check
from ._standing import has_drafts
from ._take_step import Acting, Change, Standing, take_step


def draft_answer(*, answer: Answer, **act: Unpack[Acting]) -> Matter:
    """Put a draft in the place of the one before. A cadre drafts where the community owes the answer."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        if standing.roles & {Role.LEAD, Role.OWNER, Role.CADRE} == {Role.CADRE} and matter.lead_department_id:
            raise Refused("not_allowed", verb="draft_answer", who=["lead", "owner"])
        whole = with_owner(answer, matter)
        outcome = check(whole, matter=matter, today=standing.day)

        writer = standing.by.person
        assert writer is not None  # every role that may draft is a person's

        def also(line: LedgerLine) -> None:
            drafts = AnswerDraft.objects.filter(town_id=matter.town_id, matter_id=matter.id)
            if has_drafts(matter):
                drafts.filter(state__in=["prepared", "signed", "sent_back"]).update(state="superseded")
            AnswerDraft.objects.create(
                town_id=matter.town_id, matter_id=matter.id, outcome=outcome.value, words=whole.words,
                basis=whole.basis,
                promise_on=whole.promise_on, owner_department_id=whole.owner_department,
                owner_is_community=whole.owner_is_community, prepared_by_id=writer, prepared_at=standing.at,
            )  # fmt: skip

        return Change(
            standing.state,
            brought={"outcome": outcome.value, "words": whole.words},
            sealed={"words": whole.words, "basis": whole.basis},
            never_public=frozenset({"words", "basis"}),  # a draft is no answer yet
            also=also,
            undoable=False,
        )

    return take_step("draft_answer", decide=decide, sent=answer.__dict__, **act)


def with_owner(answer: Answer, matter: Matter) -> Answer:
    """A promise without a named owner is owed by whoever leads, else by the community."""
    if answer.outcome not in {o.value for o in PROMISES} or answer.has_owner:
        return answer
    department = matter.owner_department_id or matter.lead_department_id
    return Answer(
        Outcome(answer.outcome).value, answer.words, answer.basis, answer.promise_on, department, department is None
    )
