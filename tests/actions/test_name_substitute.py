"""Naming a substitute at the restricted desk."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.add_note import add_note
from zhouzhouhui.actions.mark_restricted import mark_restricted
from zhouzhouhui.actions.name_substitute import name_substitute


def test_the_substitute_handles_it_and_no_person_concerned_can_be_one(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between("办公室的事")
    cast.act(mark_restricted, matter, "cadre", concerns=[cast.people["office"].id])
    told = {"substitute": cast.people["office"].id}
    assert refusal(cast.act, name_substitute, matter, "leader", **told) == "not_a_substitute"
    assert refusal(cast.act, name_substitute, matter, "leader", substitute=matter.id) == "not_a_substitute"
    cast.act(name_substitute, matter, "leader", substitute=cast.people["auditor"].id)
    cast.act(add_note, matter, "auditor", words="我来办")
    assert refusal(cast.act, add_note, matter, "office", words="看看") == "not_found"
