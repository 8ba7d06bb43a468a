"""Appointing the host."""

from uuid import uuid4

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.models import Appointment, Concern, Matter, Meeting


def test_a_new_host_takes_the_place_of_the_one_before(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.next_meeting()
    for login in ("cadre", "leader"):
        cast.meet(appoint_host, Meeting.objects.get(id=meeting.id), "office", person=cast.people[login].id)
    assert [a.person.login for a in Appointment.objects.filter(ended_at=None)] == ["leader"]
    for stranger in ("officer", "othercadre"):
        told = {"person": cast.people[stranger].id}
        assert refusal(cast.meet, appoint_host, meeting, "office", **told) == "no_mandate"
    assert refusal(cast.meet, appoint_host, meeting, "office", person=uuid4()) == "not_found"
    assert refusal(cast.meet, appoint_host, meeting, "leader", person=cast.people["cadre"].id) == "not_allowed"


def test_whom_a_due_matter_concerns_does_not_host_but_for_it_there_is_a_deputy(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    meeting = Matter.objects.get(id=matter.id).due_meeting
    assert meeting is not None
    Concern.objects.create(town=cast.town, matter=matter, person=cast.people["cadre"])
    assert refusal(cast.meet, appoint_host, meeting, "office", person=cast.people["cadre"].id) == "host_is_concerned"
    cast.meet(appoint_host, meeting, "office", person=cast.people["leader"].id)
    cast.meet(
        appoint_host, Meeting.objects.get(id=meeting.id), "office", person=cast.people["cadre"].id, is_deputy=True
    )
    assert Appointment.objects.filter(meeting=meeting, ended_at=None).count() == 2
