"""The raiser's word: accepted."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.models import LedgerLine, Matter

WORD = {"solved": "solved", "manner": "satisfied", "result": "basically"}


def answered(cast: Cast) -> Matter:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter)
    return matter


def test_the_holder_of_the_slip_closes_it_and_rates_it(cast: Cast) -> None:
    matter = answered(cast)
    cast.act(accept_answer, matter, cast.raiser(matter), **WORD)
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.solved, matter.result, matter.word_from) == ("closed", "solved", "basically", "raiser")
    body = json.loads(LedgerLine.objects.get(verb="accept_answer").body)
    assert (body["solved"], body["manner"], body["word_from"]) == ("solved", "satisfied", "raiser")


def test_staff_write_a_word_down_but_never_for_their_own_answer(cast: Cast, refusal: Refusal) -> None:
    matter = answered(cast)
    assert refusal(cast.act, accept_answer, matter, "cadre", **WORD) == "own_answer"
    cast.act(accept_answer, matter, "recorder", **WORD)
    assert Matter.objects.get(id=matter.id).word_from == "staff"


def test_dissatisfaction_is_a_dispute_and_choices_are_known_ones(cast: Cast, refusal: Refusal) -> None:
    matter = answered(cast)

    def accept(**word: str) -> str:
        return refusal(cast.act, accept_answer, matter, cast.raiser(matter), **word)

    assert accept(solved="solved", result="not") == "dispute_instead"
    assert accept(solved="大概") == "no_such_choice:solved"
    assert accept(solved="solved", manner="很好") == "no_such_choice:manner"
    assert accept(solved="solved", result="很好") == "no_such_choice:result"
    assert refusal(cast.act, accept_answer, matter, "office", **WORD) == "not_allowed"
