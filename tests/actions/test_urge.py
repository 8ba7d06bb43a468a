"""Urging."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.urge import urge
from zhouzhouhui.models import LedgerLine


def test_the_raiser_and_the_delegate_urge_and_nothing_else_changes(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.act(urge, matter, cast.raiser(matter), words="又要下雨了")
    cast.act(urge, matter, "delegate")
    assert LedgerLine.objects.filter(verb="urge", matter=matter).count() == 2
    assert refusal(cast.act, urge, matter, "officer") == "not_allowed"
    assert refusal(cast.act, urge, matter, "office", words="急" * 501) == "too_long:words"
