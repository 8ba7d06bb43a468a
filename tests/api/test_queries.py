"""No call makes more than twelve queries, and none makes more because there are more rows."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import Programs
from tests.api.counting import MOST, queries
from tests.cast import Cast
from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.queries import town_of_host


@pytest.fixture(autouse=True)
def as_served(settings: Any) -> Iterator[None]:
    """`serve` remembers for a few seconds which town a host is."""
    settings.HOST_MEMORY_SECONDS = 600.0
    town_of_host._remembered.clear()
    yield
    town_of_host._remembered.clear()


def fill(programs: Programs, community: str, count: int) -> list[str]:
    """So many matters more, raised in one call; their numbers."""
    items = [{"words": f"第 {i} 件事", "category": "4.1"} for i in range(count)]
    raised = programs.of("office").did(f"/communities/{community}/matters", {"items": items})
    return [matter["number"] for matter in raised["matters"]]


def test_reading_costs_the_same_with_three_matters_and_with_a_hundred(programs: Programs, cast: Cast) -> None:
    meeting = cast.open()
    cast.raise_at(meeting)
    numbers = fill(programs, "YXY", 3)
    cadre = programs.of("cadre")
    paths = [
        "/figures", "/communities", "/departments", "/categories", "/people", "/meetings", "/matters",
        "/matters?community=YXY&q=事&state=raised&category=4&due=2026-03-17&lead=SZS", f"/matters/{numbers[0]}",
        f"/meetings/{meeting.id}",
    ]  # fmt: skip

    def costs() -> dict[str, int]:
        found = {}
        for path in paths:
            with queries() as made:
                assert cadre.get(path).status_code == 200
            found[path] = len(made)
        return found

    costs()
    few = costs()
    fill(programs, "YXY", 97)
    for _ in range(20):
        cast.raise_at(meeting)
    costs()
    assert costs() == few
    assert max(few.values()) <= MOST


def test_raising_two_hundred_costs_as_many_queries_as_raising_one(programs: Programs, cast: Cast) -> None:
    office, meeting = programs.of("office"), cast.open()
    recorder = programs.of("recorder")
    one = {"words": "门口积水。", "category": "4.1"}
    for program, path, most in (
        (office, "/communities/YXY/matters", 11),
        (recorder, f"/meetings/{meeting.id}/matters", 10),
    ):
        program.did(path, one)
        made_of = []
        for items in ([one], [one] * 200):
            with queries() as made:
                program.did(path, {"items": items})
            made_of.append(len(made))
        assert made_of[0] == made_of[1] <= most


def test_raising_with_a_name_stays_below_the_limit(programs: Programs, cast: Cast) -> None:
    speaker = {"name": "王阿姨", "phone": "13812345678", "notice": True, "consent": True}
    brought = {"words": "门口积水。", "speaker": speaker}
    programs.nobody().did("/communities/YXY/matters", brought)
    with queries() as made:
        programs.nobody().did("/communities/YXY/matters", brought)
    assert len(made) <= MOST


def test_each_step_of_a_matters_way_stays_below_the_limit(programs: Programs, cast: Cast) -> None:
    meeting = cast.open()
    number = programs.of("recorder").did(f"/meetings/{meeting.id}/matters", {"words": "积水"})["matters"][0]["number"]
    slip = programs.of("recorder").did(f"/meetings/{meeting.id}/matters", {"words": "路灯", "id": str(uuid4())})["slip"]
    lamp = "YXY-1-02"
    cast.later(days=2)
    yesterday = cast.now.isoformat()
    way: list[tuple[str, str, str, dict[str, Any]]] = [
        ("office", number, "assign_matter", {"route": "town", "lead": "SZS", "assisting": ["JWS"]}),
        ("officer", number, "take_assignment", {}),
        ("officer", number, "record_contact", {"manner": "phone", "contacted_at": yesterday}),
        ("assistant", number, "give_opinion", {"words": "可以封路"}),
        ("officer", number, "request_return", {"reason": "不归我们"}),
        ("office", number, "rule_on_return", {"granted": False, "reason": "归你们"}),
        ("officer", number, "draft_answer", {"outcome": "B", "words": "换管子", "promise_on": "2026-04-30"}),
        ("leader", number, "send_back_answer", {"reason": "说清楚"}),
        ("officer", number, "draft_answer", {"outcome": "B", "words": "换粗管子", "promise_on": "2026-04-30"}),
        ("leader", number, "sign_answer", {}),
        ("cadre", number, "give_answer", {}),
        ("officer", number, "keep_promise", {"evidence": "换好了", "done_on": cast.now.date().isoformat()}),
        ("cadre", number, "give_answer", {"outcome": "A1", "words": "换好了"}),
        ("delegate", number, "dispute_answer", {"reason": "还积水"}),
        ("leader", number, "shelve_matter", {"reason": "等市里", "level": "city", "review_on": "2026-05-01"}),
        ("cadre", number, "read_decision", {}),
        ("office", number, "review_shelved", {"reason": "可以办了"}),
        ("cadre", lamp, "give_answer", {"outcome": "A1", "words": "修好了"}),
        ("", lamp, "accept_answer", {"solved": "solved", "slip": slip}),
        ("office", lamp, "reopen_matter", {"new_facts": "又坏了"}),
        ("", lamp, "urge", {"slip": slip}),
        ("delegate", lamp, "second_matter", {}),
        ("office", lamp, "add_note", {"words": "记一笔"}),
        ("office", lamp, "link_matters", {"others": [number]}),
        ("office", lamp, "mask_words", {"public_words": "路灯坏"}),
        ("office", lamp, "correct_record", {"reason": "写错", "category": "4.1", "words": "路灯坏了"}),
        ("recorder", lamp, "split_matter", {"parts": ["一", "二", "三", "四"]}),
        ("office", lamp, "merge_matter", {"into": number}),
        ("office", lamp, "unmerge_matter", {"reason": "不是一件"}),
        ("office", lamp, "refer_matter", {"path": "信访", "reason": "归信访"}),
        ("office", "YXY-1-03", "decline_matter", {"reason": "不归镇里", "instead": "区里"}),
        ("office", "YXY-1-04", "mark_private", {}),
        ("", "YXY-1-05", "withdraw_matter", {"reason": "不提了", "slip": slip}),
        ("office", lamp, "erase_words", {"reason": "本人要求"}),
    ]  # fmt: skip
    people = {
        login: programs.of(login)
        for login in ("office", "leader", "cadre", "recorder", "officer", "assistant", "delegate")
    }
    over = []
    for login, name, verb, brought in way:
        program = people[login] if login else programs.nobody()
        with queries() as made:
            response = program.post(f"/matters/{name}/{verb}", {**brought, "act_id": str(uuid4())})
        assert response.status_code == 200, f"{verb}: {response.content.decode()}"
        if len(made) > MOST:
            over.append((verb, len(made)))
    assert over == []


def test_each_step_of_a_meeting_stays_below_the_limit(programs: Programs, cast: Cast) -> None:
    first = cast.next_meeting()
    office, host, recorder, leader = (programs.of(login) for login in ("office", "cadre", "recorder", "leader"))
    over = []

    def step(program: Any, meeting: Meeting, verb: str, brought: dict[str, Any]) -> None:
        with queries() as made:
            response = program.post(f"/meetings/{meeting.id}/{verb}", {**brought, "act_id": str(uuid4())})
        assert response.status_code == 200, f"{verb}: {response.content.decode()}"
        if len(made) > MOST:
            over.append((verb, len(made)))

    cadre, clerk = (str(cast.people[login].id) for login in ("cadre", "recorder"))
    moved = first.scheduled_at.replace(minute=45)
    step(office, first, "move_meeting", {"reason": "让路", "scheduled_at": moved.isoformat()})
    step(office, first, "appoint_host", {"person": cadre})
    step(office, first, "appoint_recorder", {"person": clerk})
    cast.now = moved
    step(host, first, "open_meeting", {})
    step(recorder, first, "sign_in", {"kind": "resident", "heads": 23})
    for _ in range(5):
        cast.raise_at(first)
    step(host, first, "adjourn_meeting", {})
    step(recorder, first, "edit_minutes", {"words": "到会 23 人。"})
    step(leader, first, "sign_minutes", {})
    step(office, first, "publish_minutes", {})
    step(leader, cast.next_meeting(), "cancel_meeting", {"reason": "台风"})
    assert over == []


def test_forty_matters_are_spoken_together_in_as_many_queries_as_two(programs: Programs, cast: Cast) -> None:
    first = cast.open()
    for _ in range(42):
        cast.raise_at(first)
    cast.adjourn(first)
    second = cast.open()
    host, made_of = programs.of("cadre"), []
    numbers = [f"YXY-{m.number}" for m in Matter.objects.filter(due_meeting=second).order_by("number_place")]
    for group in (numbers[:2], numbers[2:]):
        brought = {"manner": "carry_over", "matters": group, "words": "等配件。", "reason": "缺货"}
        with queries() as made:
            spoken = host.did(f"/meetings/{second.id}/speak_group", brought)
        assert len(spoken["matters"]) == len(group)
        made_of.append(len(made))
    assert max(made_of) <= MOST
    cast.adjourn(second)
