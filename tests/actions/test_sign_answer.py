"""Signing a draft."""

from datetime import date

import pytest

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions import sign_answer as module
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.models import AnswerDraft


def test_a_leader_signs_the_draft_in_force_and_nobody_else(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    assert refusal(cast.act, sign_answer, matter, "leader") == "nothing_to_sign"
    cast.act(draft_answer, matter, "officer", answer=Answer("A1", "修好了"))
    assert refusal(cast.act, sign_answer, matter, "office") == "not_allowed"
    cast.act(sign_answer, matter, "leader")
    draft = AnswerDraft.objects.get()
    assert (draft.state, draft.signed_by) == ("signed", cast.people["leader"])
    assert refusal(cast.act, sign_answer, matter, "leader") == "nothing_to_sign"


def test_a_promise_whose_day_has_passed_is_not_signed(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    soon = date(2026, 3, 2)
    cast.act(draft_answer, matter, "officer", answer=Answer("B", "明天", promise_on=soon))
    cast.later(days=3)
    assert refusal(cast.act, sign_answer, matter, "leader") == "promise_in_the_past"


def test_a_draft_sent_back_in_the_same_breath_is_not_signed(
    cast: Cast, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    cast.act(draft_answer, matter, "officer", answer=Answer("A1", "修好了"))

    def changed_under_the_pen(answer: Answer, **told: object) -> None:
        AnswerDraft.objects.update(state="sent_back")

    monkeypatch.setattr(module, "check", changed_under_the_pen)
    assert refusal(cast.act, sign_answer, matter, "leader") == "nothing_to_sign"
