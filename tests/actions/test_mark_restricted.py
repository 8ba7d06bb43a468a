"""Sending a matter to the restricted desk."""

from uuid import uuid4

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.add_note import add_note
from zhouzhouhui.actions.mark_restricted import mark_restricted
from zhouzhouhui.models import Concern, Matter, Sealed


def test_for_the_person_it_concerns_it_no_longer_exists(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier("王书记态度不好")
    cast.act(mark_restricted, matter, "office", concerns=[cast.people["cadre"].id])
    matter = Matter.objects.get(id=matter.id)
    assert matter.is_restricted and matter.due_meeting is None and matter.desk_due_on is not None
    assert set(Sealed.objects.filter(line__matter=matter).values_list("public_text", flat=True)) == {""}
    assert refusal(cast.act, add_note, matter, "cadre", words="什么事") == "not_found"
    cast.adjourn(cast.open())


def test_further_persons_are_added_and_nobody_of_nowhere(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between("举报", kind="report")
    assert refusal(cast.act, mark_restricted, matter, "office") == "marked_already"
    assert refusal(cast.act, mark_restricted, matter, "office", concerns=[uuid4()]) == "not_found"
    cast.act(mark_restricted, matter, "office", concerns=[cast.people["officer"].id])
    assert Concern.objects.get().person == cast.people["officer"]


def test_an_answered_one_owes_nothing_at_the_desk(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter)
    cast.act(mark_restricted, matter, "office", concerns=[cast.people["officer"].id])
    assert Matter.objects.get(id=matter.id).desk_due_on is None
