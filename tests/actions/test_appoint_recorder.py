"""Appointing recorders."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.appoint_recorder import appoint_recorder
from zhouzhouhui.models import Appointment, Meeting


def test_several_record_one_meeting_and_each_stands_once(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.next_meeting()
    for login in ("recorder", "cadre", "recorder"):
        cast.meet(appoint_recorder, Meeting.objects.get(id=meeting.id), "cadre", person=cast.people[login].id)
    assert sorted(a.person.login for a in Appointment.objects.filter(ended_at=None)) == ["cadre", "recorder"]
    assert refusal(cast.meet, appoint_recorder, meeting, "cadre", person=cast.people["officer"].id) == "no_mandate"
