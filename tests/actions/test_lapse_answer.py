"""An answer nobody said a word about."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.lapse_answer import lapse_answer
from zhouzhouhui.models import Matter


def test_after_two_held_meetings_the_clock_closes_it_unrated(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter)
    cast.adjourn(meeting)
    for held in (0, 1):
        assert refusal(cast.act, lapse_answer, matter, "clock") == "raiser_still_has_time", held
        cast.adjourn(cast.open())
    assert refusal(cast.act, lapse_answer, matter, "office") == "not_allowed"
    cast.act(lapse_answer, matter, "clock")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.result, matter.word_from) == ("closed", "", "")
