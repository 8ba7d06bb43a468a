"""Signing minutes."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.edit_minutes import edit_minutes
from zhouzhouhui.actions.sign_minutes import sign_minutes
from zhouzhouhui.models import Minutes


def test_a_leader_signs_what_was_edited_last(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    cast.adjourn(meeting)
    assert refusal(cast.meet, sign_minutes, meeting, "leader") == "nothing_to_sign"
    cast.meet(edit_minutes, meeting, "cadre", words="纪要")
    assert refusal(cast.meet, sign_minutes, meeting, "cadre") == "not_allowed"
    cast.meet(sign_minutes, meeting, "leader")
    assert Minutes.objects.get().signed_by == cast.people["leader"]
    assert refusal(cast.meet, sign_minutes, meeting, "leader") == "nothing_to_sign"
