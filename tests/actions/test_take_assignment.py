"""Taking an assignment."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.take_assignment import take_assignment
from zhouzhouhui.models import LedgerLine, Matter


def test_the_lead_takes_it_and_the_first_taking_counts(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    assert refusal(cast.act, take_assignment, matter, "officer") == "not_allowed"
    cast.assign(matter)
    cast.act(take_assignment, matter, "officer")
    first = Matter.objects.get(id=matter.id).taken_at
    cast.act(take_assignment, matter, "officer")
    assert Matter.objects.get(id=matter.id).taken_at == first is not None
    assert LedgerLine.objects.filter(matter=matter, verb="take_assignment").count() == 2
    assert refusal(cast.act, take_assignment, matter, "assistant") == "not_allowed"
