"""Undoing a slip of the hand within ten seconds."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.actions.void_entry import void_entry
from zhouzhouhui.models import AnswerDraft, LedgerLine, Matter
from zhouzhouhui.queries.verify import verify


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(id=matter.id)


def test_a_raise_becomes_void_and_keeps_its_number(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting, "打错了")
    assert refusal(cast.act, void_entry, matter, "cadre", at=cast.later(seconds=2)) == "not_allowed"
    cast.act(void_entry, matter, "recorder", at=cast.later(seconds=2))
    matter = fresh(matter)
    assert (matter.state, matter.due_meeting, matter.number) == ("voided", None, "1-01")
    assert cast.raise_at(meeting).number == "1-02"


def test_an_answer_is_taken_back_with_everything_it_changed(cast: Cast) -> None:
    matter = cast.raised_earlier()
    cast.assign(matter)
    cast.act(draft_answer, matter, "officer", answer=Answer("B", "下周", promise_on=cast.now.date().replace(day=28)))
    cast.act(sign_answer, matter, "leader")
    meeting = cast.open()
    before = fresh(matter)
    cast.act(give_answer, matter, "cadre")
    given = LedgerLine.objects.get(verb="give_answer")
    cast.act(void_entry, matter, "cadre", at=cast.later(seconds=9))
    matter = fresh(matter)
    for name in (
        "state",
        "due_meeting_id",
        "promise_on",
        "answer_count",
        "answered_at",
        "outcome",
        "first_answer_on_time",
    ):
        assert getattr(matter, name) == getattr(before, name), name
    assert AnswerDraft.objects.get().state == "signed"
    assert json.loads(LedgerLine.objects.get(verb="void_entry").body)["voids"] == str(given.id)
    cast.act(give_answer, matter, "cadre")
    cast.adjourn(meeting)
    assert verify(town_id=cast.town.id).ok


def test_a_carry_over_and_a_word_are_taken_back(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    cast.act(carry_over, matter, "cadre", words="等", reason="缺货")
    cast.act(void_entry, matter, "cadre", at=cast.later(seconds=1))
    assert fresh(matter).due_meeting == meeting and fresh(matter).carried_count == 0
    cast.answer(matter)
    cast.act(accept_answer, matter, cast.raiser(matter), solved="solved")
    cast.act(void_entry, matter, cast.raiser(matter), at=cast.later(seconds=1))
    assert (fresh(matter).state, fresh(matter).solved) == ("answered", "")


def test_after_ten_seconds_it_stands(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    assert refusal(cast.act, void_entry, matter, "recorder", at=cast.later(seconds=11)) == "too_late_to_void"
    cast.answer(matter)
    assert refusal(cast.act, void_entry, matter, "cadre", at=cast.later(seconds=11)) == "too_late_to_void"


def test_what_reached_further_than_the_matter_has_its_own_way_back(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    one, two = cast.raise_at(meeting, "一"), cast.raise_at(meeting, "二")
    cast.act(draft_answer, one, "cadre", answer=Answer("A1", "好了"))
    assert refusal(cast.act, void_entry, one, "cadre", at=cast.later(seconds=1)) == "not_allowed"
    cast.act(merge_matter, two, "cadre", into=one.id)
    cast.act(void_entry, two, "cadre", at=cast.later(seconds=1))
    assert (fresh(two).state, fresh(two).merged_into) == ("raised", None)
