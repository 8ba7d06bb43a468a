"""Declining."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.models import Matter


def test_the_office_declines_with_a_reason_and_says_where_to_go_instead(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    told = {"reason": "不归镇里管", "instead": "请打区里热线"}
    assert refusal(cast.act, decline_matter, matter, "cadre", **told) == "not_allowed"
    assert refusal(cast.act, decline_matter, matter, "office", reason="不归", instead="") == "must_bring:instead"
    cast.act(decline_matter, matter, "office", **told)
    assert Matter.objects.get(id=matter.id).state == "declined"
    assigned = cast.raise_between("另一件")
    cast.assign(assigned)
    assert refusal(cast.act, decline_matter, assigned, "office", **told) == "wrong_state"
