"""What is told to whom: masked words to anybody, words as spoken to those at work on it, nothing to those concerned."""

from typing import Any

import pytest
from django.utils.dateparse import parse_datetime

from tests.api.conftest import Programs, code_of
from tests.cast import Cast
from zhouzhouhui.actions.add_note import add_note
from zhouzhouhui.actions.assign_matter import Lead, assign_matter
from zhouzhouhui.actions.mark_restricted import mark_restricted
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.name_substitute import name_substitute
from zhouzhouhui.models import Matter

WORDS = "三号楼502的王阿姨，电话13812345678，说门口积水。"


def numbers(program: Any, **filters: Any) -> list[str]:
    response = program.get("/matters", **filters)
    assert response.status_code == 200, response.content.decode()
    return [matter["number"] for matter in response.json()["matters"]]


def test_anybody_reads_masked_words_and_staff_the_words_as_spoken(programs: Programs, cast: Cast) -> None:
    matter = cast.raise_between(WORDS)
    told = programs.nobody().get(f"/matters/YXY-{matter.number}").json()
    assert (told["reading"], told["words"]) == ("public", matter.public_words)
    assert "13812345678" not in str(told)
    assert programs.of("cadre").get(f"/matters/{matter.id}").json()["words"] == WORDS
    assert programs.of("othercadre").get(f"/matters/{matter.id}").json()["reading"] == "public"
    assert programs.of("auditor").get(f"/matters/{matter.id}").json()["reading"] == "public"


def test_a_number_is_found_with_its_sign_however_it_is_written(programs: Programs, cast: Cast) -> None:
    matter = cast.raise_between()
    nobody = programs.nobody()
    for name in ("YXY-0+01", "YXY-0%2B01", "yxy-0+1", "YXY-0%2001", str(matter.id), matter.id.hex):
        assert nobody.get(f"/matters/{name}").json()["id"] == str(matter.id), name
    assert code_of(nobody.get("/matters/YXY-0-01")) == "not_found"
    assert code_of(nobody.get("/matters/WHC-0+01")) == "not_found"


def test_private_and_restricted_matters_are_absent_for_anybody(programs: Programs, cast: Cast) -> None:
    cast.raise_between("公开的事。")
    private = cast.raise_between("我家的事。", is_private=True)
    reported = cast.raise_between("收红包。", kind="report", concerns=(cast.people["office"].id,))
    nobody = programs.nobody()
    assert numbers(nobody) == ["YXY-0+01"]
    for hidden in (private, reported):
        assert code_of(nobody.get(f"/matters/{hidden.id}")) == "not_found"
        assert code_of(nobody.post(f"/matters/{hidden.id}/second_matter")) in (
            "not_allowed",
            "not_found",
            "voice_needs_a_device",
        )
    assert numbers(nobody, q="我家") == numbers(nobody, q="红包") == []
    assert numbers(programs.of("cadre"), q="我家") == ["YXY-0+02"]


def test_a_person_concerned_finds_no_trace(programs: Programs, cast: Cast) -> None:
    reported = cast.raise_between("何办收红包。", kind="report", concerns=(cast.people["office"].id,))
    office, leader = programs.of("office"), programs.of("leader")
    assert numbers(leader) == ["YXY-0+01"]
    assert numbers(office) == numbers(office, q="红包") == []
    unknown = office.get("/matters/YXY-7+77").json()
    refused = office.get(f"/matters/YXY-{reported.number}").json()
    assert refused == unknown
    for verb, brought in {
        "assign_matter": {"route": "town", "lead": "SZS"}, "add_note": {"words": "x"}, "erase_words": {"reason": "x"},
        "answer_restricted": {"outcome": "A1", "words": "x", "told_on": "2026-03-01"}, "void_entry": {},
    }.items():  # fmt: skip
        assert code_of(office.post(f"/matters/{reported.id}/{verb}", brought)) == "not_found", verb
    cast.act(name_substitute, reported, "leader", substitute=cast.people["admin"].id)
    assert numbers(programs.of("admin")) == ["YXY-0+01"]


def test_a_report_is_known_to_its_desk_and_its_lead_only(programs: Programs, cast: Cast) -> None:
    matter = cast.raise_between("门卫收钱。")
    cast.act(assign_matter, matter, "office", route="town", lead=Lead(department=cast.szs.id))
    cast.act(mark_restricted, Matter.objects.get(id=matter.id), "office", concerns=[cast.people["othercadre"].id])
    assert numbers(programs.of("office")) == numbers(programs.of("officer")) == [f"YXY-{matter.number}"]
    for login in ("cadre", "recorder", "othercadre", "assistant", "delegate", "auditor", "admin"):
        assert numbers(programs.of(login)) == [], login


def test_the_raiser_reads_what_was_told_to_them_and_no_notes(programs: Programs, cast: Cast) -> None:
    matter = cast.raise_between("我家的事。", is_private=True)
    cast.act(add_note, matter, "office", words="此人来过三次。")
    told = programs.nobody(slip=cast.slips[str(matter.id)]).get(f"/matters/{matter.id}").json()
    assert (told["reading"], told["words"], told["drafts"]) == ("own", "我家的事。", [])
    assert "此人" not in str(told)
    assert "此人来过三次。" in str(programs.of("cadre").get(f"/matters/{matter.id}").json())


def test_a_delegate_reads_no_private_words(programs: Programs, cast: Cast) -> None:
    cast.raise_between("我家的事。", is_private=True)
    cast.raise_between(WORDS)
    rows = programs.of("delegate").get("/matters").json()["matters"]
    assert [(row["number"], row["words"]) for row in rows] == [("YXY-0+02", WORDS)]


def test_filters_narrow_together(programs: Programs, cast: Cast) -> None:
    meeting = cast.open()
    drain = cast.raise_at(meeting, "门口积水。", category="4.1", kind="complaint")
    lamp = cast.raise_at(meeting, "路灯坏了。", kind="request")
    cast.raise_between("河边的路。", community=cast.whc)
    cast.assign(lamp)
    office = programs.of("office")
    assert numbers(office) == ["WHC-0+01", "YXY-1-02", "YXY-1-01"]
    expected = {
        ("community", "YXY"): ["YXY-1-02", "YXY-1-01"], ("community", cast.whc.code): ["WHC-0+01"],
        ("state", "assigned"): ["YXY-1-02"], ("state", "assigned,raised"): ["WHC-0+01", "YXY-1-02", "YXY-1-01"],
        ("kind", "complaint"): ["YXY-1-01"], ("category", "4"): ["YXY-1-01"], ("category", "4.1"): ["YXY-1-01"],
        ("category", "10"): [], ("lead", "SZS"): ["YXY-1-02"], ("lead", "community"): [],
        ("due", str(drain.due_meeting_id)): ["YXY-1-02", "YXY-1-01"], ("due", "2026-03-17"): ["YXY-1-02", "YXY-1-01"],
        ("raised_from", "2026-03-04"): [], ("raised_to", "2026-03-02"): [],
        ("raised_to", "2026-03-03"): ["WHC-0+01", "YXY-1-02", "YXY-1-01"], ("q", "积水"): ["YXY-1-01"],
    }  # fmt: skip
    assert {choice: numbers(office, **dict([choice])) for choice in expected} == expected
    assert numbers(office, community="YXY", state="raised", q="积水") == ["YXY-1-01"]


def test_pages_go_through_everything_once(programs: Programs, cast: Cast) -> None:
    cast.now = cast.now
    programs.of("cadre").did("/communities/YXY/matters", {"items": [{"words": f"第 {i} 件"} for i in range(13)]})
    nobody, seen, cursor = programs.nobody(), [], ""
    for _ in range(4):
        told = nobody.get("/matters", size=5, cursor=cursor).json()
        seen += [matter["id"] for matter in told["matters"]]
        cursor = told["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 13
    meetings, cursor = [], ""
    while cursor is not None:
        told = nobody.get("/meetings", size=2, cursor=cursor).json()
        meetings += [meeting["scheduled_at"] for meeting in told["meetings"]]
        cursor = told["next"]
    assert meetings == sorted(meetings, reverse=True)
    assert len(meetings) == 6


def test_a_meeting_tells_its_agenda_as_far_as_the_reader_may_read_it(programs: Programs, cast: Cast) -> None:
    first = cast.open()
    cast.raise_at(first, "门口积水。")
    cast.raise_at(first, "我家的事。", is_private=True)
    cast.adjourn(first)
    second = cast.open()
    public = programs.nobody().get(f"/meetings/{second.id}").json()
    assert [item["matter"]["number"] for item in public["agenda"]] == ["YXY-1-01"]
    assert (public["apart"], public["hosts"]) == ({"due": 1, "spoken": 0, "raised": 0}, [])
    cast.answer(Matter.objects.get(words="门口积水。"))
    staff = programs.of("recorder").get(f"/meetings/{second.id}").json()
    assert [item["matter"]["words"] for item in staff["agenda"]] == ["我家的事。"]
    assert [(spoken["verb"], spoken["matter"]["number"]) for spoken in staff["spoken"]] == [("give_answer", "YXY-1-01")]
    assert (staff["hosts"], staff["recorders"]) == (["王书"], ["赵录"])


def test_meetings_are_listed_by_community_state_and_day(programs: Programs, cast: Cast) -> None:
    cast.adjourn(cast.open())
    nobody = programs.nobody()

    def days(**filters: str) -> list[str]:
        meetings = nobody.get("/meetings", **filters).json()["meetings"]
        return [str(parse_datetime(meeting["scheduled_at"]).date()) for meeting in meetings]  # type: ignore[union-attr]

    assert days(community="YXY", state="adjourned") == ["2026-03-03"]
    assert days(**{"community": "YXY", "from": "2026-03-17", "to": "2026-03-17"}) == ["2026-03-17"]


def test_the_rolls_of_the_town_are_open_and_people_are_not(programs: Programs, cast: Cast) -> None:
    nobody = programs.nobody()
    communities = nobody.get("/communities").json()["communities"]
    assert [c["short_code"] for c in communities] == ["YXY", "WHC"]
    assert communities[0]["next_at"] == "2026-03-03T06:30:00+08:00"
    assert {d["code"] for d in nobody.get("/departments").json()["departments"]} == {"SZS", "JWS"}
    assert {"4", "4.1", "10.3"} <= {c["code"] for c in nobody.get("/categories").json()["categories"]}
    assert code_of(nobody.get("/people")) == "token_needed"
    people = programs.of("office").get("/people", size=3).json()
    assert (len(people["people"]), people["next"]) == (3, people["people"][-1]["login"])


def test_chinese_is_written_as_it_is(programs: Programs, cast: Cast) -> None:
    assert "银杏苑" in programs.nobody().get("/communities").content.decode()


@pytest.mark.parametrize("login", ["", "cadre"])
def test_only_what_anybody_may_read_may_be_kept_on_the_way(programs: Programs, cast: Cast, login: str) -> None:
    program = programs.of(login) if login else programs.nobody()
    response = program.get("/matters")
    assert ("no-store" in response.get("Cache-Control", "")) is bool(login)
    assert {"Authorization", "X-Slip"} <= {name.strip() for name in response["Vary"].split(",")}


def test_merged_and_voided_matters_read_as_they_stand(programs: Programs, cast: Cast) -> None:
    one, other = cast.raise_between("积水。"), cast.raise_between("又积水。")
    cast.act(merge_matter, other, "office", into=one.id)
    told = programs.nobody().get(f"/matters/{other.id}").json()
    assert (told["state"], told["merged_into"]) == ("merged", str(one.id))
