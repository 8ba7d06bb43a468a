"""Masking by hand."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.mask_words import mask_words
from zhouzhouhui.models import Matter, Sealed


def test_the_public_reads_what_the_writer_decided_and_the_words_stay(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between("阿毛家的狗夜里叫")
    cast.act(mask_words, matter, "cadre", public_words="某家的狗夜里叫", reason="外号也认得出")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.words, matter.public_words) == ("阿毛家的狗夜里叫", "某家的狗夜里叫")
    assert Sealed.objects.get(line__verb="raise_matter", name="words").public_text == "某家的狗夜里叫"
    assert refusal(cast.act, mask_words, matter, "cadre", public_words=" ") == "must_bring:public_words"
    quiet, hidden = cast.raise_between("我家", is_private=True), cast.raise_between("举报", kind="report")
    for never in (quiet, hidden):
        assert refusal(cast.act, mask_words, never, "office", public_words="某") == "not_public_anyway"
