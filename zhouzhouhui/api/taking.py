"""From what a call brings to the action it asks for: names become keys, fields become the action's own types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError

from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.actions.assign_matter import Lead
from zhouzhouhui.outside import keyring
from zhouzhouhui.queries.references import departments_named, matter_named, matters_named, people_named
from zhouzhouhui.rules.refusals import Refused

from . import matter_shapes as matter
from . import meeting_shapes as meeting
from .fields import Act, own_fields

Kwargs = dict[str, Any]
Result = TypeVar("Result")
COMMUNITY = "community"


def named_in(brought: Act) -> list[str]:
    """Other matters that the act names, to be looked up together with its own."""
    if isinstance(brought, matter.Merge):
        return [brought.into]
    return list(brought.others) if isinstance(brought, matter.Link) else []


def prepared(brought: Act, *, town_id: UUID) -> Kwargs:
    """The action's own arguments (at most one query, for names)."""
    prepare = PREPARE.get(type(brought))
    return prepare(brought, town_id) if prepare else own_fields(brought)


def answer_told(
    *, outcome: str, words: str, basis: str, promise_on: date | None, owner: str | None, town_id: UUID
) -> Answer | None:
    """The answer told in a call; None where neither outcome nor words were told."""
    if not outcome and not words:
        return None
    department = departments_named(town_id, [owner])[0] if owner and owner != COMMUNITY else None
    return Answer(outcome, words, basis, promise_on, department, owner == COMMUNITY)


def speaker_told(told: matter.Speaks | None) -> Speaker | None:
    """The speaker as the action wants it."""
    return Speaker(**dict(told)) if told else None


def slip_printed(code: str) -> str:
    """A slip code as it is printed, however it was typed; refused when it can be none."""
    try:
        signs = keyring.normalise_code(code)
    except keyring.NotACode as error:
        raise Refused("not_a_code") from error
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))


def once_more(act: Callable[[], Result]) -> Result:
    """Take the act; where two callers sent the same thing at once, the second finds what the first wrote."""
    try:
        return act()
    except IntegrityError:
        return act()


def _assign(brought: Any, town_id: UUID) -> Kwargs:
    names = [*brought.assisting, *([] if brought.lead == COMMUNITY else [brought.lead])]
    keys = departments_named(town_id, names)
    lead = Lead(community=True) if brought.lead == COMMUNITY else Lead(department=keys[-1])
    assisting = keys[: len(brought.assisting)]
    return {"route": brought.route, "lead": lead, "assisting": assisting, "reason": brought.reason}


def _answering(brought: Any, town_id: UUID) -> Kwargs:
    told = answer_told(
        outcome=brought.outcome, words=brought.words, basis=brought.basis, promise_on=brought.promise_on,
        owner=brought.owner, town_id=town_id,
    )  # fmt: skip
    return {"answer": told or Answer("", "")}


def _give(brought: matter.Give, town_id: UUID) -> Kwargs:
    answer = _answering(brought, town_id)["answer"] if brought.outcome or brought.words else None
    return {"answer": answer, "told": brought.told}


def _apart(brought: matter.AnswerApart, town_id: UUID) -> Kwargs:
    return {**_answering(brought, town_id), "told_on": brought.told_on}


def _carry(brought: matter.Carry, town_id: UUID) -> Kwargs:
    leader = people_named(town_id, [brought.leader])[0] if brought.leader else None
    return {**own_fields(brought), "leader": leader}


def _merge(brought: matter.Merge, town_id: UUID) -> Kwargs:
    return {"into": matter_named(town_id, brought.into)}


def _link(brought: matter.Link, town_id: UUID) -> Kwargs:
    return {"others": matters_named(town_id, brought.others)}


def _restrict(brought: matter.Restrict, town_id: UUID) -> Kwargs:
    return {"concerns": people_named(town_id, brought.concerns)}


def _substitute(brought: matter.Substitute, town_id: UUID) -> Kwargs:
    return {"substitute": people_named(town_id, [brought.substitute])[0]}


def _second(brought: matter.Second, town_id: UUID) -> Kwargs:
    return {"code": slip_printed(brought.code) if brought.code else ""}


def _correct(brought: matter.Correct, town_id: UUID) -> Kwargs:
    return {name: value for name, value in own_fields(brought).items() if value is not None}


def _appoint(brought: meeting.Appoint, town_id: UUID) -> Kwargs:
    return {**own_fields(brought), "person": people_named(town_id, [brought.person])[0]}


def _sign_in(brought: meeting.SignIn, town_id: UUID) -> Kwargs:
    person = people_named(town_id, [brought.person])[0] if brought.person else None
    return {"kind": brought.kind, "heads": brought.heads, "person": person}


PREPARE: Mapping[type[Act], Callable[[Any, UUID], Kwargs]] = {
    matter.Assign: _assign,
    matter.Draft: _answering,
    matter.Give: _give,
    matter.AnswerApart: _apart,
    matter.Carry: _carry,
    matter.Merge: _merge,
    matter.Link: _link,
    matter.Restrict: _restrict,
    matter.Substitute: _substitute,
    matter.Second: _second,
    matter.Correct: _correct,
    meeting.Appoint: _appoint,
    meeting.AppointHost: _appoint,
    meeting.SignIn: _sign_in,
}
