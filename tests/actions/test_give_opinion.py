"""An assisting department's opinion."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.give_opinion import give_opinion
from zhouzhouhui.models import Assisting, Matter


def test_only_who_assists_gives_an_opinion(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter, assisting=[cast.jws.id])
    assert refusal(cast.act, give_opinion, matter, "officer", words="同意") == "not_allowed"
    cast.act(give_opinion, matter, "assistant", words="同意立限速牌")
    assert Assisting.objects.get().opinion_at == cast.now
    assert Matter.objects.get(id=matter.id).state == "assigned"
    assert refusal(cast.act, give_opinion, matter, "assistant", words=" ") == "must_bring:words"
