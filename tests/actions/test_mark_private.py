"""Marking a personal claim as private."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.mark_private import mark_private
from zhouzhouhui.models import Matter, Photo, Sealed


def test_its_words_leave_every_public_page(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between("我家的补偿", photos=(("a.jpg", "", "before"),))
    cast.act(mark_private, matter, cast.raiser(matter))
    matter = Matter.objects.get(id=matter.id)
    assert matter.is_private and matter.public_words == "" and matter.words
    assert set(Sealed.objects.filter(line__matter=matter).values_list("public_text", flat=True)) == {""}
    assert not Photo.objects.get().is_public
    assert refusal(cast.act, mark_private, matter, "cadre") == "marked_already"
