"""The meeting's screens, over HTTP: from opening to published minutes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, build_cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.models import Matter, Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def client_of(cast: Cast, login: str) -> Client:
    client = Client()
    client.force_login(cast.people[login], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_meeting_is_opened_heard_answered_and_minuted_in_the_browser(cast: Cast) -> None:
    first = cast.open()
    matter = cast.raise_at(first, "门口一下雨就积水。")
    quiet = cast.raise_at(first, "我家的补偿款到底怎么算。", is_private=True)
    cast.adjourn(first)
    cast.assign(matter)
    cast.act(draft_answer, matter, "officer", answer=Answer("A1", "昨天整平了。"))
    cast.act(sign_answer, matter, "leader")
    second = cast.next_meeting()
    with time_machine.travel(second.scheduled_at, tick=True):
        office, host = client_of(cast, "office"), client_of(cast, "cadre")
        at = f"/hall/{second.id}/"
        assert office.get("/hall/").status_code == 200
        assert office.post(f"{at}appoint_host/", {"person": str(cast.people["cadre"].id)}).status_code == 302
        assert host.get(at).status_code == 200
        assert host.post(f"{at}open_meeting/").status_code == 302
        page = host.get(at).content.decode()
        assert "昨天整平了" in page and "还没说 2 件" in page
        refused = host.post(f"{at}adjourn_meeting/")
        assert refused.status_code == 409 and "1-01" in refused.content.decode()
        assert (
            host.post(
                f"{at}m/{matter.id}/give_answer/", {"seen": Matter.objects.get(id=matter.id).revision}
            ).status_code
            == 302
        )
        wrong = host.post(f"{at}m/{quiet.id}/carry_over/", {"words": "还在核对档案", "reason": ""})
        assert wrong.status_code == 422 and "还在核对档案" in wrong.content.decode()
        assert (
            host.post(f"{at}m/{quiet.id}/carry_over/", {"words": "还在核对档案", "reason": "档案在区里"}).status_code
            == 302
        )
        pasted = host.post(f"{at}raise/", {"words": "1. 路灯坏了\n2. 扶手松了", "split": "on"})
        assert pasted.status_code == 302 and Matter.objects.filter(raised_meeting=second).count() == 2
        assert host.post(f"{at}sign_in/", {"kind": "resident", "heads": "60"}).status_code == 302
        assert host.post(f"{at}adjourn_meeting/").status_code == 302
        minutes = host.get(f"{at}minutes/").content.decode()
        assert "路灯坏了" in minutes and "居民 60 人" in minutes and "补偿款" not in minutes
        assert host.post(f"{at}minutes/edit_minutes/", {"words": "改过的纪要"}).status_code == 302
        assert client_of(cast, "leader").post(f"{at}minutes/sign_minutes/").status_code == 302
        assert office.post(f"{at}minutes/publish_minutes/").status_code == 302
    assert Meeting.objects.get(id=second.id).state == "published"


def test_the_last_entry_is_undone_within_ten_seconds_and_not_later(cast: Cast) -> None:
    meeting = cast.open()
    with time_machine.travel(cast.now, tick=False) as clock:
        host = client_of(cast, "cadre")
        host.post(f"/hall/{meeting.id}/raise/", {"words": "打错了"})
        page = host.get(f"/hall/{meeting.id}/").content.decode()
        matter = Matter.objects.get(raised_meeting=meeting)
        assert "撤销" in page and "查询码" in page
        assert "查询码写给" not in host.get(f"/hall/{meeting.id}/").content.decode()
        clock.shift(timedelta(seconds=11))
        assert host.post(f"/hall/{meeting.id}/m/{matter.id}/void_entry/").status_code == 422
        clock.shift(timedelta(seconds=-8))
        assert host.post(f"/hall/{meeting.id}/m/{matter.id}/void_entry/").status_code == 302
    assert Matter.objects.get(id=matter.id).state == "voided"


def test_several_matters_are_spoken_together_or_none(cast: Cast) -> None:
    first = cast.open()
    ids = [str(cast.raise_at(first, f"第{n}盏灯不亮").id) for n in range(3)]
    cast.adjourn(first)
    second = cast.open()
    with time_machine.travel(cast.now, tick=True):
        host = client_of(cast, "cadre")
        kept = host.post(
            f"/hall/{second.id}/group/", {"matter": ids, "manner": "carry_over", "words": "等配件", "reason": ""}
        )
        assert kept.status_code == 422 and kept.content.decode().count(" checked") >= 3
        assert (
            host.post(
                f"/hall/{second.id}/group/",
                {"matter": ids, "manner": "carry_over", "words": "等配件", "reason": "缺货"},
            ).status_code
            == 302
        )
        assert "到期的都说过了" in host.get(f"/hall/{second.id}/").content.decode()


def test_a_cadre_of_another_community_sees_nothing_of_this_meeting(cast: Cast) -> None:
    meeting = cast.open()
    assert client_of(cast, "othercadre").get(f"/hall/{meeting.id}/").status_code == 403
    assert client_of(cast, "officer").get(f"/hall/{meeting.id}/").status_code == 403
    assert Client().get(f"/hall/{meeting.id}/").status_code == 302


@pytest.mark.parametrize("many", [2, 12])
def test_the_meeting_takes_twelve_queries_at_most_however_long_its_agenda(cast: Cast, many: int) -> None:
    first = cast.open()
    for n in range(many):
        cast.raise_at(first, f"第{n}件事")
    cast.adjourn(first)
    second = cast.open()
    for n, matter in enumerate(Matter.objects.filter(due_meeting=second).order_by("number_place")):
        if n == 0:
            cast.act(decline_matter, matter, "office", reason="不属于镇里职责", instead="请打区里热线")
        else:
            Matter.objects.filter(id=matter.id).update(carried_in_a_row=2)  # what it asks for does not depend on how
    cast.raise_at(second)
    host = client_of(cast, "cadre")
    with time_machine.travel(cast.now, tick=True), CaptureQueriesContext(connection) as seen:
        assert host.get(f"/hall/{second.id}/").status_code == 200
    asked = [q["sql"] for q in seen.captured_queries if q["sql"].split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE")]
    assert len(asked) <= 12


def test_words_typed_into_a_meeting_that_has_ended_are_given_back(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    cast.answer(matter)
    cast.adjourn(meeting)
    with time_machine.travel(cast.now, tick=True):
        host = client_of(cast, "cadre")
        late = host.post(f"/hall/{meeting.id}/raise/", {"words": "散会前最后一句"})
        assert late.status_code == 422 and "散会前最后一句" in late.content.decode()
        late = host.post(f"/hall/{meeting.id}/m/{matter.id}/carry_over/", {"words": "还在等配件", "reason": "缺货"})
        assert late.status_code >= 400 and "还在等配件" in late.content.decode()
