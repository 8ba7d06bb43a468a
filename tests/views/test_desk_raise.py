"""What comes in between meetings: one thing, a list that becomes numbered matters, a paper form, a lost slip."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
import xlsxwriter
from django.test import Client
from PIL import Image

from tests.views.desk_world import World, client_of, live
from zhouzhouhui.models import Matter, Voice

pytestmark = pytest.mark.django_db
PASTED = "1、路灯不亮。\n2、垃圾桶满了没人收。\n3、什么时候通煤气？"


@pytest.fixture
def world() -> Iterator[World]:
    made = live()
    with time_machine.travel(made.cast.now, tick=False):
        yield made


def filled(client: Client, **typed: Any) -> dict[str, Any]:
    ticket = client.get("/desk/raise/").context["ticket"]
    return {"community": "YXY", "channel": "desk", "kind": "unknown", "ticket": ticket, **typed}


def preview(client: Client, **typed: Any):  # type: ignore[no-untyped-def]
    return client.post("/desk/raise/", filled(client, do="split", **typed))


def saved(client: Client, page: Any, do: str = "save", **changes: Any):  # type: ignore[no-untyped-def]
    """Send the preview on as it stands, with some changes."""
    lines = page.context["lines"]
    typed: dict[str, Any] = {"community": "YXY", "channel": "desk", "ticket": page.context["ticket"], "do": do}
    typed["line"] = [line.key for line in lines]
    for line in lines:
        typed |= {f"words-{line.key}": line.words, f"kind-{line.key}": line.kind, f"category-{line.key}": line.category}
    return client.post("/desk/raise/", {**typed, **changes})


def newest(count: int) -> list[Matter]:
    return list(Matter.objects.filter(is_between=True).order_by("number_place"))[-count:]


def test_one_thing_gets_its_number_and_a_slip_to_print(world: World) -> None:
    cadre = client_of(world, "cadre")
    typed = filled(
        cadre, words="八号楼的门禁坏了。", kind="request", category="4.1", place="八号楼", people_count="40",
        name="陈阿婆", phone="13800001111", consent="on", legacy_since="2019 年", hide="王小明",
    )  # fmt: skip
    assert cadre.post("/desk/raise/", typed)["Location"] == "/desk/slip/"
    matter = newest(1)[0]
    assert (matter.words, matter.channel, matter.people_count, matter.is_legacy) == (
        "八号楼的门禁坏了。",
        "desk",
        40,
        True,
    )
    page = cadre.get("/desk/slip/").content.decode()
    assert f"YXY-{matter.number}" in page
    assert "<svg" in page
    assert cadre.post("/desk/raise/", typed).status_code == 302  # sent twice: still one
    assert Matter.objects.filter(words=matter.words).count() == 1


def test_the_slip_is_shown_for_a_quarter_of_an_hour_only(world: World) -> None:
    cadre = client_of(world, "cadre")
    cadre.post("/desk/raise/", filled(cadre, words="门口积水。"))
    assert cadre.get("/desk/slip/").status_code == 200
    with time_machine.travel(world.cast.later(minutes=20), tick=False):
        assert cadre.get("/desk/slip/")["Location"] == "/desk/raise/"


def test_a_pasted_list_is_numbered_checked_and_saved_with_one_slip(world: World) -> None:
    cadre = client_of(world, "cadre")
    page = preview(cadre, words=PASTED)
    assert [line.words for line in page.context["lines"]] == ["路灯不亮。", "垃圾桶满了没人收。", "什么时候通煤气？"]
    first = page.context["lines"][0].key
    assert saved(cadre, page, **{f"kind-{first}": "request", f"category-{first}": "4.1"})["Location"] == "/desk/slip/"
    matters = newest(3)
    assert [m.words for m in matters] == ["路灯不亮。", "垃圾桶满了没人收。", "什么时候通煤气？"]
    assert matters[0].kind == "request"
    assert Voice.objects.filter(matter__in=matters).values("slip").distinct().count() == 1
    slip = cadre.get("/desk/slip/").content.decode()
    assert all(f"YXY-{m.number}" in slip for m in matters)


def test_a_line_that_is_wrong_stops_all_of_them_and_everything_typed_stays(world: World) -> None:
    cadre = client_of(world, "cadre")
    page = preview(cadre, words=PASTED)
    keys = [line.key for line in page.context["lines"]]
    before = Matter.objects.count()
    answer = saved(cadre, page, **{f"words-{keys[1]}": "  ", f"words-{keys[2]}": "长" * 5001})
    assert answer.status_code == 422
    assert "这一行是空的" in answer.content.decode()
    assert "最多 5000 个" in answer.content.decode()
    assert "长" * 5001 in answer.content.decode()
    refused = saved(cadre, page, **{f"category-{keys[0]}": "99.9"})
    assert refused.status_code == 422
    assert "没有“99.9”这个分类" in refused.content.decode()
    assert "什么时候通煤气？" in refused.content.decode()
    assert Matter.objects.count() == before


def test_contact_data_needs_consent_and_the_list_is_not_lost(world: World) -> None:
    cadre = client_of(world, "cadre")
    answer = saved(cadre, preview(cadre, words=PASTED), name="陈阿婆", phone="13800001111")
    assert answer.status_code == 422
    assert "先要本人同意" in answer.content.decode()
    assert "垃圾桶满了没人收。" in answer.content.decode()


def test_lines_are_dropped_and_joined_before_saving(world: World) -> None:
    cadre = client_of(world, "cadre")
    page = preview(cadre, words=PASTED)
    keys = [line.key for line in page.context["lines"]]
    again = saved(cadre, page, do="again", **{f"drop-{keys[0]}": "on", f"joins-{keys[2]}": "on"})
    assert [line.words for line in again.context["lines"]] == ["垃圾桶满了没人收。\n什么时候通煤气？"]
    saved(cadre, again)
    assert newest(1)[0].words == "垃圾桶满了没人收。\n什么时候通煤气？"


def workbook(rows: list[list[Any]]) -> io.BytesIO:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    file.seek(0)
    file.name = "清单.xlsx"
    return file


def test_a_workbook_with_headings_brings_kind_category_and_privacy(world: World) -> None:
    cadre = client_of(world, "cadre")
    rows = [
        ["原话", "性质", "分类代码", "个人事项"],
        ["路灯不亮。", "求助", "4.1", "否"],
        ["我家的账不对。", "投诉", "", "是"],
    ]
    page = cadre.post("/desk/raise/", filled(cadre, do="split", listed=workbook(rows)))
    lines = page.context["lines"]
    assert [(line.words, line.kind, line.category, line.is_private) for line in lines] == [
        ("路灯不亮。", "request", "4.1", False),
        ("我家的账不对。", "complaint", "", True),
    ]


def test_a_bad_row_of_a_workbook_is_named(world: World) -> None:
    cadre = client_of(world, "cadre")
    rows = [["原话", "性质"], ["路灯不亮。", "求助"], ["第二件", "牢骚"]]
    page = cadre.post("/desk/raise/", filled(cadre, do="split", listed=workbook(rows), words="写好的话"))
    assert page.status_code == 422
    assert "第 3 行“性质”" in page.content.decode()
    assert "写好的话" in page.content.decode()


def test_lists_come_as_text_of_old_machines_and_as_sheets_without_headings(world: World) -> None:
    cadre = client_of(world, "cadre")
    text = io.BytesIO(PASTED.encode("gb18030"))
    text.name = "清单.txt"
    page = cadre.post("/desk/raise/", filled(cadre, do="split", listed=text))
    assert len(page.context["lines"]) == 3
    plain = cadre.post("/desk/raise/", filled(cadre, do="split", listed=workbook([[1, "路灯不亮。"], [2, "桶满了。"]])))
    assert [line.words for line in plain.context["lines"]] == ["路灯不亮。", "桶满了。"]


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02\x03" * 50, b"PK\x03\x04 broken"])
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(world: World, raw: bytes) -> None:
    cadre = client_of(world, "cadre")
    file = io.BytesIO(raw)
    file.name = "清单.xlsx"
    page = cadre.post("/desk/raise/", filled(cadre, do="split", listed=file, words=""))
    assert page.status_code == 422
    assert "field__wrong" in page.content.decode() or "notice--refused" in page.content.decode()


def test_a_photographed_form_counts_as_raised_and_is_typed_later(world: World) -> None:
    cadre = client_of(world, "cadre")
    file = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(file, "PNG")
    file.seek(0)
    file.name = "form.png"
    assert cadre.post("/desk/raise/", filled(cadre, channel="paper", photo=file))["Location"] == "/desk/slip/"
    matter = newest(1)[0]
    assert matter.awaits_typing
    assert "/desk/pile/untyped/" in cadre.get("/desk/").content.decode()
    page = cadre.get(f"/desk/m/{matter.id}/")
    assert page.context["verb"] == "correct_record"
    typed = {"seen": matter.revision, "words": "纸上写的：楼道灯不亮。", "kind": "request", "reason": "照纸录入。"}
    assert cadre.post(f"/desk/m/{matter.id}/correct_record/", typed).status_code == 302
    matter.refresh_from_db()
    assert (matter.awaits_typing, matter.words) == (False, "纸上写的：楼道灯不亮。")


def test_nothing_at_all_is_told_and_nothing_is_kept(world: World) -> None:
    cadre = client_of(world, "cadre")
    before = Matter.objects.count()
    assert cadre.post("/desk/raise/", filled(cadre)).status_code == 422
    assert preview(cadre, words="   ").status_code == 422
    assert Matter.objects.count() == before


def test_a_cadre_raises_in_their_own_community_only(world: World) -> None:
    cadre = client_of(world, "cadre")
    answer = cadre.post("/desk/raise/", filled(cadre, words="别处的事。", community="WHC"))
    assert answer.status_code == 422
    assert "别处的事。" in answer.content.decode()
    office = client_of(world, "office")
    assert office.post("/desk/raise/", filled(office, words="河边的事。", community="WHC")).status_code == 302


def test_a_lost_slip_is_issued_again_against_the_number(world: World) -> None:
    cadre = client_of(world, "cadre")
    typed = {"community": "YXY", "phone": "138 0000 1111"}
    assert cadre.post("/desk/slip/lost/", typed)["Location"] == "/desk/slip/"
    page = cadre.get("/desk/slip/").content.decode()
    assert f"YXY-{world.assigned.number}" in page
    unknown = cadre.post("/desk/slip/lost/", {"community": "YXY", "phone": "13900000000"})
    assert unknown.status_code == 422
    assert "notice--refused" in unknown.content.decode()
    assert "电话号码不对" in cadre.post("/desk/slip/lost/", {"community": "YXY", "phone": "12"}).content.decode()
    assert client_of(world, "officer").get("/desk/slip/lost/").status_code == 403
