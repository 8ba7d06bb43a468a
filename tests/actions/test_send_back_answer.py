"""Sending a draft back."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.send_back_answer import send_back_answer
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.models import AnswerDraft


def test_even_a_signed_draft_goes_back_with_a_reason(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    assert refusal(cast.act, send_back_answer, matter, "leader", reason="太空") == "nothing_to_sign"
    cast.act(draft_answer, matter, "officer", answer=Answer("A1", "已收悉"))
    cast.act(sign_answer, matter, "leader")
    assert refusal(cast.act, send_back_answer, matter, "leader", reason="") == "must_bring:reason"
    cast.act(send_back_answer, matter, "leader", reason="没有答到点上")
    draft = AnswerDraft.objects.get()
    assert (draft.state, draft.reason, draft.signed_by) == ("sent_back", "没有答到点上", None)
    assert refusal(cast.act, send_back_answer, matter, "leader", reason="再退") == "nothing_to_sign"
