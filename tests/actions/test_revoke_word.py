"""Taking back a word that staff wrote down."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.revoke_word import revoke_word
from zhouzhouhui.models import Matter


def closed(cast: Cast, by: str) -> Matter:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter)
    cast.adjourn(meeting)
    cast.open()
    actor = cast.raiser(matter) if by == "raiser" else cast.who(by)
    cast.act(accept_answer, matter, actor, solved="solved")
    return matter


def test_within_fourteen_days_the_raiser_says_it_was_not_so(cast: Cast, refusal: Refusal) -> None:
    matter = closed(cast, "recorder")
    assert refusal(cast.act, revoke_word, matter, "recorder") == "not_allowed"
    cast.later(days=13)
    cast.act(revoke_word, matter, cast.raiser(matter))
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.solved, matter.word_from) == ("answered", "", "")


def test_later_it_stands_and_ones_own_word_stands_at_once(cast: Cast, refusal: Refusal) -> None:
    matter = closed(cast, "recorder")
    cast.later(days=15)
    assert refusal(cast.act, revoke_word, matter, cast.raiser(matter)) == "too_late_to_revoke"


def test_ones_own_word_is_not_revoked(cast: Cast, refusal: Refusal) -> None:
    matter = closed(cast, "raiser")
    assert refusal(cast.act, revoke_word, matter, cast.raiser(matter)) == "own_word_stands"
