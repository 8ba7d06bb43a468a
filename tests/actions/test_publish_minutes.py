"""Publishing minutes."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.edit_minutes import edit_minutes
from zhouzhouhui.actions.publish_minutes import publish_minutes
from zhouzhouhui.actions.sign_minutes import sign_minutes
from zhouzhouhui.models import LedgerLine, Meeting, Minutes


def test_a_signed_edition_is_published_masked_with_the_head_of_the_chain(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    cast.adjourn(meeting)
    assert refusal(cast.meet, publish_minutes, meeting, "office") == "sign_first"
    cast.meet(edit_minutes, meeting, "cadre", words="来电13800001111反映")
    assert refusal(cast.meet, publish_minutes, meeting, "office") == "sign_first"
    cast.meet(sign_minutes, meeting, "leader")
    cast.meet(publish_minutes, meeting, "office")
    minutes, line = Minutes.objects.get(), LedgerLine.objects.get(verb="publish_minutes")
    assert "13800001111" not in minutes.words and (minutes.head_seq, minutes.head_hash) == (line.seq, line.hash)
    assert Meeting.objects.get(id=meeting.id).state == "published"
    assert refusal(cast.meet, publish_minutes, meeting, "office") == "published_already"
