"""Convening at the desk: appointing, moving, cancelling, calling one more; the minutes that are missing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.views.desk_world import World, client_of, live
from zhouzhouhui.models import Appointment, Matter, Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    made = live()
    with time_machine.travel(made.cast.now, tick=False):
        yield made


def test_coming_meetings_are_listed_with_what_is_due_and_who_hosts(world: World) -> None:
    office = client_of(world, "office")
    rows = office.get("/desk/meetings/").context["rows"]
    due = {row["one"].meeting.id: row["one"].due for row in rows}
    assert due[world.cast.next_meeting().id] == 6
    assert {row["one"].meeting.community.short_code for row in rows} == {"YXY", "WHC"}
    only = office.get("/desk/meetings/?community=WHC").context["rows"]
    assert {row["one"].meeting.community.short_code for row in only} == {"WHC"}
    assert "还没定主持人" in office.get("/desk/meetings/").content.decode()


def test_a_cadre_sees_and_convenes_their_own_community_only(world: World) -> None:
    cadre = client_of(world, "cadre")
    rows = cadre.get("/desk/meetings/").context["rows"]
    assert {row["one"].meeting.community.short_code for row in rows} == {"YXY"}
    foreign = world.cast.next_meeting(world.cast.whc)
    assert cadre.get(f"/desk/meetings/{foreign.id}/appoint_host/").status_code == 404
    assert cadre.get("/desk/meetings/call/").status_code == 403


def test_host_and_recorder_are_appointed_out_of_those_who_may(world: World) -> None:
    cadre, meeting = client_of(world, "cadre"), world.cast.next_meeting()
    offered = cadre.get(f"/desk/meetings/{meeting.id}/appoint_host/").context["form"].fields["person"].choices
    assert str(world.cast.people["officer"].id) not in {key for key, _name in offered}
    for verb, who in (("appoint_host", "cadre"), ("appoint_recorder", "recorder")):
        typed = {"person": str(world.cast.people[who].id)}
        assert cadre.post(f"/desk/meetings/{meeting.id}/{verb}/", typed).status_code == 302
    named = Appointment.objects.filter(meeting=meeting, ended_at=None).values_list("role", "person__name")
    assert set(named) == {("host", "王书"), ("recorder", "赵录")}


def test_a_meeting_moves_with_what_is_due_and_too_late_is_told_as_a_cancellation(world: World) -> None:
    office, meeting = client_of(world, "office"), world.cast.next_meeting()
    path = f"/desk/meetings/{meeting.id}/move_meeting/"
    later = meeting.scheduled_at + timedelta(days=30)
    refused = office.post(path, {"scheduled_at": later.strftime("%Y-%m-%dT%H:%M"), "reason": "礼堂在修。"})
    assert refused.status_code == 422
    assert "就等于取消" in refused.content.decode()
    assert "礼堂在修。" in refused.content.decode()
    day = meeting.scheduled_at + timedelta(days=1)
    assert (
        office.post(path, {"scheduled_at": day.strftime("%Y-%m-%dT%H:%M"), "reason": "礼堂在修。"}).status_code == 302
    )
    meeting.refresh_from_db()
    assert meeting.moved_from is not None


def test_a_cancelled_meeting_hands_what_is_due_to_the_next(world: World) -> None:
    leader, meeting = client_of(world, "leader"), world.cast.next_meeting()
    path = f"/desk/meetings/{meeting.id}/cancel_meeting/"
    assert leader.post(path, {"reason": "  "}).status_code == 422
    assert leader.post(path, {"reason": "台风。"}).status_code == 302
    heirs = set(Matter.objects.filter(id=world.assigned.id).values_list("due_meeting_id", flat=True))
    assert meeting.id not in heirs
    assert client_of(world, "cadre").post(path, {"reason": "再取消。"}).status_code == 403


def test_the_office_calls_one_more_meeting(world: World) -> None:
    office = client_of(world, "office")
    when = (world.cast.now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    typed = {"community": "YXY", "scheduled_at": when, "place": "党群服务站"}
    assert office.post("/desk/meetings/call/", {**typed, "scheduled_at": "2026-01-01T10:00"}).status_code == 422
    assert office.post("/desk/meetings/call/", typed).status_code == 302
    assert Meeting.objects.filter(kind="extra", place="党群服务站").exists()


def test_minutes_that_are_not_published_yet_are_listed_by_how_far_they_are(world: World) -> None:
    page = client_of(world, "office").get("/desk/meetings/")
    assert [item.stage for item in page.context["unpublished"]] == ["none"]
    assert "还没有编写" in page.content.decode()


def test_who_has_hosted_and_who_has_not_is_shown_without_a_ranking(world: World) -> None:
    page = client_of(world, "office").get("/desk/meetings/")
    assert (page.context["hosted"], page.context["may_host"]) == (1, 2)
    assert [(one.did, one.never) for one, _dots in page.context["hosting"]] == [(["王书"], []), ([], ["孙书"])]
    assert "谁主持过：1 / 2 人" in page.content.decode()
