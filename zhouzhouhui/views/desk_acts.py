"""Every act that can be taken on a matter at the desk: its form, its action, and when it is worth offering."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.add_note import add_note
from zhouzhouhui.actions.add_photo import add_photo
from zhouzhouhui.actions.answer_restricted import answer_restricted
from zhouzhouhui.actions.assign_matter import assign_matter
from zhouzhouhui.actions.correct_record import correct_record
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.erase_words import erase_words
from zhouzhouhui.actions.give_opinion import give_opinion
from zhouzhouhui.actions.keep_promise import keep_promise
from zhouzhouhui.actions.link_matters import link_matters
from zhouzhouhui.actions.mark_private import mark_private
from zhouzhouhui.actions.mark_restricted import mark_restricted
from zhouzhouhui.actions.mask_words import mask_words
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.name_substitute import name_substitute
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.record_contact import record_contact
from zhouzhouhui.actions.refer_matter import refer_matter
from zhouzhouhui.actions.reopen_matter import reopen_matter
from zhouzhouhui.actions.request_return import request_return
from zhouzhouhui.actions.review_shelved import review_shelved
from zhouzhouhui.actions.rule_on_return import rule_on_return
from zhouzhouhui.actions.send_back_answer import send_back_answer
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.actions.split_matter import split_matter
from zhouzhouhui.actions.take_assignment import take_assignment
from zhouzhouhui.actions.unmerge_matter import unmerge_matter
from zhouzhouhui.actions.urge import urge
from zhouzhouhui.queries.desk_matter import Dossier
from zhouzhouhui.rules.matter_flow import State, may_take
from zhouzhouhui.rules.powers import Role

from . import desk_forms as plain
from . import desk_forms_answer as rich

When = Callable[[Dossier], bool]


@dataclass(frozen=True)
class Act:
    """One act at the desk."""

    verb: str
    run: Callable[..., Any]
    form: type[plain.DeskForm]
    when: When


def _always(dossier: Dossier) -> bool:
    return True


def _act(run: Callable[..., Any], form: type[plain.DeskForm], when: When = _always) -> tuple[str, Act]:
    return run.__name__, Act(run.__name__, run, form, when)


def _draft_is(*states: str) -> When:
    def judge(dossier: Dossier) -> bool:
        draft = dossier.standing_draft
        return draft is not None and draft.state in states

    return judge


def _owes(dossier: Dossier) -> bool:
    """A cadre drafts only where the community owes; before it is assigned, nobody has to."""
    return bool(dossier.roles & {Role.LEAD, Role.OWNER}) or not dossier.matter.lead_department_id


ACTS: Mapping[str, Act] = dict([
    _act(sign_answer, plain.JustDo, _draft_is("prepared")),
    _act(send_back_answer, plain.Reason, _draft_is("prepared", "signed")),
    _act(rule_on_return, plain.RuleOnReturn, lambda d: d.matter.return_asked_at is not None),
    _act(assign_matter, plain.Assign),
    _act(take_assignment, plain.JustDo, lambda d: d.matter.taken_at is None),
    _act(draft_answer, rich.Draft, _owes),
    _act(answer_restricted, rich.AnswerRestricted),
    _act(keep_promise, rich.Kept, lambda d: d.matter.done_on is None),
    _act(record_contact, plain.Contacted),
    _act(give_opinion, plain.Words_),
    _act(request_return, plain.Reason, lambda d: d.matter.return_asked_at is None),
    _act(read_decision, rich.ToldOn, lambda d: d.matter.is_restricted and d.matter.is_decision_unread),
    _act(accept_answer, plain.Accept),
    _act(dispute_answer, plain.Dispute, lambda d: not d.matter.is_decision_unread),
    _act(review_shelved, plain.Review),
    _act(merge_matter, plain.Merge),
    _act(unmerge_matter, plain.Reason),
    _act(split_matter, plain.Split),
    _act(link_matters, plain.Link),
    _act(refer_matter, plain.Refer),
    _act(decline_matter, plain.Decline),
    _act(shelve_matter, plain.Shelve),
    _act(reopen_matter, plain.Reopen),
    _act(urge, plain.Words_, lambda d: not d.roles & {Role.LEAD, Role.OWNER}),
    _act(add_note, plain.Words_),
    _act(add_photo, rich.AddPhoto),
    _act(correct_record, rich.Correct),
    _act(mask_words, rich.Mask, lambda d: not (d.matter.is_private or d.matter.is_restricted)),
    _act(mark_private, plain.JustDo, lambda d: not d.matter.is_private),
    _act(mark_restricted, rich.Restrict),
    _act(name_substitute, rich.Substitute),
    _act(erase_words, plain.Reason),
])  # fmt: skip

# The first of these that can be taken stands open on the page.
FIRST = (
    "sign_answer", "rule_on_return", "keep_promise", "draft_answer", "give_opinion", "answer_restricted",
    "review_shelved", "assign_matter", "accept_answer",
)  # fmt: skip
PAIRED = {"sign_answer": "send_back_answer"}  # shown together


def offered_acts(dossier: Dossier) -> list[Act]:
    """The acts this person may take now, in the order of the table."""
    matter = dossier.matter
    return [
        act
        for act in ACTS.values()
        if act.when(dossier)
        and may_take(act.verb, state=State(matter.state), roles=dossier.roles, restricted=matter.is_restricted)
    ]


def first_act(dossier: Dossier, acts: list[Act]) -> str:
    """The act that stands open when the page is opened; none for whoever only reads."""
    verbs = {act.verb for act in acts}
    if dossier.matter.state == State.ASSIGNED and not dossier.roles & {Role.LEAD, Role.LEADER}:
        verbs -= {"assign_matter"}
    if _answer_is_ready(dossier):
        verbs -= {"draft_answer"}
    if dossier.matter.state == State.RAISED and "assign_matter" in verbs and not dossier.standing_draft:
        verbs -= {"draft_answer"}
    if dossier.matter.awaits_typing and "correct_record" in verbs:
        return "correct_record"
    return next((verb for verb in FIRST if verb in verbs), "")


def _answer_is_ready(dossier: Dossier) -> bool:
    draft = dossier.standing_draft
    return draft is not None and draft.state in ("prepared", "signed")
