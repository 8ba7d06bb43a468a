"""Linking matters with the same root."""

from tests.actions.conftest import Refusal
from tests.cast import Cast, build_cast
from zhouzhouhui.actions.link_matters import link_matters
from zhouzhouhui.models import MatterLink


def test_matters_of_two_communities_are_linked_and_stay_due_where_they_are(cast: Cast, refusal: Refusal) -> None:
    here, there = cast.raise_between("河水发臭"), cast.raise_between("河臭", community=cast.whc)
    cast.act(link_matters, here, "office", others=[there.id])
    cast.act(link_matters, here, "office", others=[there.id])
    assert [(link.matter, link.other) for link in MatterLink.objects.all()] == [(here, there)]
    assert refusal(cast.act, link_matters, here, "office", others=[]) == "must_bring:others"
    assert refusal(cast.act, link_matters, here, "office", others=[here.id]) == "not_found"
    hidden = cast.raise_between("举报排污", kind="report")
    assert refusal(cast.act, link_matters, here, "office", others=[hidden.id]) == "not_found"
    other = build_cast(code="990112900", host="other.test")
    assert refusal(cast.act, link_matters, here, "office", others=[other.raise_between().id]) == "not_found"
