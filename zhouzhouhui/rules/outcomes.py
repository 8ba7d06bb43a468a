"""What an answer can say (办理结果), and what each kind of answer must bring."""

from datetime import date, timedelta
from enum import StrEnum

from .refusals import Refused, is_blank


class Outcome(StrEnum):
    """Outcome classes after the four results of 代表建议 (Shanghai rule of 2015, art. 18), kept apart."""

    A1 = "A1"  # 已解决
    A2 = "A2"  # 部分解决
    A3 = "A3"  # 已采纳
    B = "B"  # 正在解决
    C = "C"  # 列入计划
    D1 = "D1"  # 留作参考
    D2 = "D2"  # 解释说明
    E = "E"  # 引导法定途径, only by refer_matter


PROMISES = frozenset({Outcome.B, Outcome.C})
FURTHEST_PROMISE = timedelta(days=5 * 366)  # further away it is no promise: explain, or shelve with a review
ANSWERS = frozenset(Outcome) - {Outcome.E}


def is_promise(outcome: Outcome) -> bool:
    """B and C carry a date and stay open until they are kept (跟踪落实)."""
    return outcome in PROMISES


def check_answer(
    *,
    outcome: Outcome,
    words: str,
    basis: str,
    promise_on: date | None,
    has_owner: bool,
    today: date,
) -> None:
    """Refuse an answer that leaves out what its class must bring (design §4.1, draft_answer and give_answer).

    D2 needs the basis it rests on; B and C a date not in the past and an owner; E is no answer but a referral.
    """
    if outcome not in ANSWERS:
        raise Refused("refer_instead")
    if is_blank(words):
        raise Refused("must_bring", what="words")
    if outcome is Outcome.D2 and is_blank(basis):
        raise Refused("must_bring", what="basis")
    if is_promise(outcome):
        _check_promise(promise_on, has_owner, today)
    elif promise_on is not None:
        raise Refused("date_makes_a_promise", outcome=outcome.value)


def _check_promise(promise_on: date | None, has_owner: bool, today: date) -> None:
    if promise_on is None:
        raise Refused("must_bring", what="promise_on")
    if promise_on < today:
        raise Refused("promise_in_the_past", promise_on=promise_on.isoformat())
    if promise_on > today + FURTHEST_PROMISE:
        raise Refused("promise_too_far", last=(today + FURTHEST_PROMISE).isoformat())
    if not has_owner:
        raise Refused("must_bring", what="owner")
