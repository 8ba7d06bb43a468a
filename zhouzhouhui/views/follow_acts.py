"""What the holder of a slip may do, and which act each form becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.http import QueryDict

from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.reopen_matter import reopen_matter
from zhouzhouhui.actions.revoke_word import revoke_word
from zhouzhouhui.actions.urge import urge
from zhouzhouhui.actions.withdraw_matter import withdraw_matter
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.refusals import Refused

REVOCABLE = timedelta(days=14)
Act = Callable[..., str]


def act_of(verb: str, typed: QueryDict) -> Act:
    """The act a form stands for, ready to be taken; it returns the verb that was taken."""
    maker = ACTS.get(verb)
    if maker is None:
        raise Refused("not_found")
    return partial(maker, typed)


def _by(slip: str) -> Actor:
    return Actor(slips=frozenset({slip}))


def _say(typed: QueryDict, *, town_id: UUID, matter_id: UUID, slip: str, at: datetime) -> str:
    """The three questions. "Not solved", or not satisfied with the result, is a dispute with its reason."""
    solved, result, manner = typed.get("solved", ""), typed.get("result", ""), typed.get("manner", "")
    reason = typed.get("reason", "").strip()
    if solved == "no" or result == "not":
        if not reason:
            raise Refused("say_what_is_wrong")
        dispute_answer(town_id=town_id, matter_id=matter_id, by=_by(slip), at=at, reason=reason, manner=manner)
        return "dispute_answer"
    if not solved:
        raise Refused("say_whether_solved")
    accept_answer(
        town_id=town_id, matter_id=matter_id, by=_by(slip), at=at, solved=solved, manner=manner, result=result
    )
    return "accept_answer"


def _dispute(typed: QueryDict, *, town_id: UUID, matter_id: UUID, slip: str, at: datetime) -> str:
    reason = typed.get("reason", "").strip()
    if not reason:
        raise Refused("say_what_is_wrong")
    dispute_answer(town_id=town_id, matter_id=matter_id, by=_by(slip), at=at, reason=reason)
    return "dispute_answer"


def _withdraw(typed: QueryDict, *, town_id: UUID, matter_id: UUID, slip: str, at: datetime) -> str:
    withdraw_matter(town_id=town_id, matter_id=matter_id, by=_by(slip), at=at, reason=typed.get("reason", "").strip())
    return "withdraw_matter"


def _revoke(typed: QueryDict, *, town_id: UUID, matter_id: UUID, slip: str, at: datetime) -> str:
    revoke_word(town_id=town_id, matter_id=matter_id, by=_by(slip), at=at)
    return "revoke_word"


def _reopen(typed: QueryDict, *, town_id: UUID, matter_id: UUID, slip: str, at: datetime) -> str:
    facts = typed.get("new_facts", "").strip()
    reopen_matter(town_id=town_id, matter_id=matter_id, by=_by(slip), at=at, new_facts=facts)
    return "reopen_matter"


def _urge(typed: QueryDict, *, town_id: UUID, matter_id: UUID, slip: str, at: datetime) -> str:
    urge(town_id=town_id, matter_id=matter_id, by=_by(slip), at=at)
    return "urge"


ACTS: Mapping[str, Act] = {
    "say": _say,
    "dispute_answer": _dispute,
    "withdraw_matter": _withdraw,
    "revoke_word": _revoke,
    "reopen_matter": _reopen,
    "urge": _urge,
}
