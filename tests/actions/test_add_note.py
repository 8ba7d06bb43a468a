"""A note for those who handle the matter."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.add_note import add_note
from zhouzhouhui.models import Sealed


def test_a_note_is_sealed_and_never_public(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    assert refusal(cast.act, add_note, matter, cast.raiser(matter), words="我补一句") == "not_allowed"
    assert refusal(cast.act, add_note, matter, "office", words="") == "must_bring:words"
    cast.act(add_note, matter, "office", words="先问水务", seen=-1)
    note = Sealed.objects.get(line__verb="add_note", name="words")
    assert (note.text, note.public_text) == ("先问水务", "")
