"""A new town is set up in the browser: standard categories, a community by form, people by sheet."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage
from zhouzhouhui.models import Community, Mandate
from zhouzhouhui.papers.setup_sheets import SHEETS
from zhouzhouhui.papers.sheets_out import write_csv

PAGES = ("", "town/", "communities/", "communities/new/", "departments/", "people/", "people/new/", "categories/",
         "categories/new/", "calendar/", "people/import/")  # fmt: skip


def _sheet(path: Path, *rows: dict[str, str]) -> Path:
    columns = SHEETS["people"].columns
    path.write_bytes(write_csv([c.heading for c in columns], [[row.get(c.key, "") for c in columns] for row in rows]))
    return path


def test_a_community_and_its_people_join(stage: Stage, tmp_path: Path) -> None:
    page = stage.window("admin")
    page.goto("/setup/")
    expect(page.get_by_role("heading", name="设置", exact=True)).to_be_visible()
    page.get_by_role("navigation", name="设置的各部分").get_by_role("link", name="村居").click()
    page.get_by_role("link", name="添一个村居").click()
    for label, text in (("名称", "河东村"), ("区划代码", "990112100205"), ("短码", "HDC"), ("地点", "礼堂"),
                        ("几点开会", "18:30"), ("加入日期", "2026-04-01")):  # fmt: skip
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("星期几开会").select_option("星期四")
    page.get_by_role("button", name="添上，排出会期").click()
    expect(page.get_by_text("最近的三次会已经排出来")).to_be_visible()
    expect(page.get_by_role("row", name="河东村")).to_contain_text("4 月 2 日")
    row = {"login": "hedong", "name": "何东", "role": "村居干部", "community": "HDC", "starts_on": "2026-03-01"}
    page.goto("/setup/people/import/")
    page.get_by_label("表格文件").set_input_files(_sheet(tmp_path / "a.csv", row, {**row, "community": "没有"}))
    page.get_by_role("button", name="先试一遍").click()
    expect(page.get_by_role("row", name="没有叫“没有”的村居")).to_contain_text("3")
    assert not Mandate.objects.filter(community__code="990112100205").exists()
    page.get_by_label("表格文件").set_input_files(_sheet(tmp_path / "b.csv", row))
    page.get_by_role("button", name="先试一遍").click()
    page.get_by_role("button", name="确认，全部写入").click()
    expect(page.get_by_text("新增 1 行")).to_be_visible()
    assert Mandate.objects.get(community=Community.objects.get(code="990112100205")).person.name == "何东"


def test_every_page_is_accessible_and_fits_a_phone(stage: Stage, axe: Callable[[Page], list[str]]) -> None:
    faults = []
    cast = stage.cast
    keys = (f"communities/{cast.yxy.id}/", f"departments/{cast.szs.id}/", f"people/{cast.people['cadre'].id}/")
    for phone in (False, True):
        page = stage.window("office", phone=phone)
        for path in (*PAGES, *keys):
            page.goto(f"/setup/{path}")
            faults += axe(page)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wider > 0:
                faults.append(f"{page.url} is {wider} px wider than the screen")
    assert faults == []
