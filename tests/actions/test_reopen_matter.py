"""Reopening on new facts."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.reopen_matter import reopen_matter
from zhouzhouhui.models import Matter


def test_new_facts_bring_it_back_to_the_next_meeting(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter)
    cast.act(accept_answer, matter, cast.raiser(matter), solved="solved", result="satisfied")
    assert refusal(cast.act, reopen_matter, matter, "cadre", new_facts="又积水了") == "not_allowed"
    assert refusal(cast.act, reopen_matter, matter, "delegate", new_facts=" ") == "must_bring:new_facts"
    cast.act(reopen_matter, matter, "delegate", new_facts="昨晚又积水了")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.result, matter.done_on) == ("raised", "", None)
    assert matter.due_meeting == cast.next_meeting()
