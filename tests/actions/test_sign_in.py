"""Counting the hall."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.sign_in import sign_in
from zhouzhouhui.models import SignIn
from zhouzhouhui.rules.powers import Actor


def test_residents_are_counted_without_names_and_delegates_by_person(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    cast.meet(sign_in, meeting, "recorder", kind="resident", heads=60)
    cast.meet(sign_in, meeting, Actor(device="door"), kind="resident")
    cast.meet(sign_in, meeting, "delegate", kind="delegate", person=cast.people["delegate"].id)
    assert sorted((s.kind, s.heads) for s in SignIn.objects.all()) == [
        ("delegate", 1),
        ("resident", 1),
        ("resident", 60),
    ]
    assert refusal(cast.meet, sign_in, meeting, "recorder", kind="路人") == "no_such_choice:kind"
    for heads in (0, 501):
        assert refusal(cast.meet, sign_in, meeting, "recorder", kind="resident", heads=heads) == "heads"
