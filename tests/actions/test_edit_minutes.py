"""Editing minutes."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.edit_minutes import edit_minutes
from zhouzhouhui.actions.publish_minutes import publish_minutes
from zhouzhouhui.actions.sign_minutes import sign_minutes
from zhouzhouhui.models import Minutes, Sealed


def test_an_edition_is_written_over_until_it_is_published_and_no_text_is_lost(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    assert refusal(cast.meet, edit_minutes, meeting, "recorder", words="早了") == "wrong_state"
    cast.adjourn(meeting)
    cast.meet(edit_minutes, meeting, "recorder", words="初稿")
    cast.meet(sign_minutes, meeting, "leader")
    cast.meet(edit_minutes, meeting, "cadre", words="改了一字")
    first = Minutes.objects.get()
    assert (first.edition, first.words, first.signed_at) == (1, "改了一字", None)
    cast.meet(sign_minutes, meeting, "leader")
    cast.meet(publish_minutes, meeting, "office")
    cast.meet(edit_minutes, meeting, "cadre", words="第二版")
    assert list(Minutes.objects.order_by("edition").values_list("edition", "words")) == [(1, "改了一字"), (2, "第二版")]
    assert Sealed.objects.filter(line__verb="edit_minutes", name="words").count() == 3
    assert refusal(cast.meet, edit_minutes, meeting, "cadre", words="") == "must_bring:words"
    assert refusal(cast.meet, edit_minutes, meeting, "cadre", words="长" * 100_001) == "too_long:words"
