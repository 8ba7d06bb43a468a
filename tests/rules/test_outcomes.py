"""What each class of answer must bring."""

from datetime import date, timedelta

import pytest

from zhouzhouhui.rules.outcomes import ANSWERS, PROMISES, Outcome, check_answer, is_promise
from zhouzhouhui.rules.refusals import Refused

TODAY = date(2026, 3, 17)


def _check(outcome: Outcome, **changed: object) -> str:
    told = {
        "words": "已经办好", "basis": "", "promise_on": None, "has_owner": False, "today": TODAY, **changed
    }  # fmt: skip
    try:
        check_answer(outcome=outcome, **told)  # type: ignore[arg-type]
    except Refused as refused:
        return refused.code + ":" + str(refused.facts.get("what", ""))
    return ""


def test_solved_partly_adopted_and_kept_for_reference_need_only_words() -> None:
    for outcome in (Outcome.A1, Outcome.A2, Outcome.A3, Outcome.D1):
        assert _check(outcome) == ""
        assert _check(outcome, words=" ") == "must_bring:words"


def test_an_explanation_needs_the_basis_it_rests_on() -> None:
    assert _check(Outcome.D2) == "must_bring:basis"
    assert _check(Outcome.D2, basis="镇规约第 3 条") == ""


@pytest.mark.parametrize("outcome", sorted(PROMISES))
def test_a_promise_needs_a_date_not_past_and_an_owner(outcome: Outcome) -> None:
    assert _check(outcome, has_owner=True) == "must_bring:promise_on"
    assert _check(outcome, has_owner=True, promise_on=TODAY - timedelta(days=1)) == "promise_in_the_past:"
    assert _check(outcome, has_owner=True, promise_on=date(9999, 12, 31)) == "promise_too_far:"
    assert _check(outcome, promise_on=TODAY) == "must_bring:owner"
    assert _check(outcome, promise_on=TODAY, has_owner=True) == ""


def test_a_date_does_not_hide_in_an_answer_that_is_no_promise() -> None:
    assert _check(Outcome.A1, promise_on=TODAY) == "date_makes_a_promise:"


def test_a_referral_is_a_decision_and_no_answer() -> None:
    assert _check(Outcome.E) == "refer_instead:"
    assert Outcome.E not in ANSWERS
    assert [o for o in Outcome if is_promise(o)] == [Outcome.B, Outcome.C]
