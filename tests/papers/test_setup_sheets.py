"""A town is set up by sheets: tried first, then all or nothing, and what is taken away can be brought back."""

from datetime import date, time
from typing import Any

import pytest
from django.utils.translation import override

from tests.cast import Cast, build_cast
from zhouzhouhui.models import CalendarDay, Category, Community, Department, LedgerLine, Mandate, Meeting, Person
from zhouzhouhui.outside import keyring
from zhouzhouhui.papers.setup_sheets import SHEETS, Imported, export_sheet, import_sheet, template_sheet
from zhouzhouhui.papers.sheets_out import write_csv
from zhouzhouhui.rules.powers import CLOCK
from zhouzhouhui.wording.sheet_faults import fault_sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def _sheet(what: str, rows: list[dict[str, Any]]) -> bytes:
    columns = SHEETS[what].columns
    return write_csv([c.heading for c in columns], [[row.get(c.key, "") for c in columns] for row in rows])


def _import(cast: Cast, what: str, *rows: dict[str, Any], write: bool = True, by: str = "admin") -> Imported:
    return import_sheet(
        what, _sheet(what, list(rows)), "a.csv", town=cast.town, by=cast.who(by), at=cast.later(minutes=1), write=write
    )


def _faults(imported: Imported) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.heading, fault.code) for fault in imported.faults]


VILLAGE = {
    "name": "河东村", "code": "990112100205", "short_code": "hdc", "kind": "村", "weekday": "星期四",
    "meets_at": "18:30", "place": "礼堂", "joins_on": "2026-04-01", "is_pilot": "是", "former_villages": "东塘、西塘",
}  # fmt: skip
OFFICER = {"login": "qian", "name": "钱工", "role": "经办人", "department": "SZS", "starts_on": "2026-01-01"}


def test_a_trial_tells_what_would_happen_and_writes_nothing(cast: Cast) -> None:
    lines = LedgerLine.objects.count()
    tried = _import(cast, "communities", VILLAGE, write=False)
    assert (tried.count("added"), tried.written, tried.faults) == (1, False, [])
    assert not Community.objects.filter(code="990112100205").exists()
    assert LedgerLine.objects.count() == lines


def test_communities_are_added_with_their_meetings_changed_and_left_alone(cast: Cast) -> None:
    assert _import(cast, "communities", VILLAGE).written
    one = Community.objects.get(code="990112100205")
    assert (one.short_code, one.weekday, one.meets_at, one.is_pilot) == ("HDC", 3, time(18, 30), True)
    assert (one.former_villages, one.joins_on) == (["东塘", "西塘"], date(2026, 4, 1))
    assert Meeting.objects.filter(community=one).count() == 3
    again = _import(
        cast, "communities", VILLAGE, {**VILLAGE, "code": "990112100206", "short_code": "HX", "name": "河西村"}
    )
    assert (again.count("same"), again.count("added")) == (1, 1)
    assert _import(cast, "communities", {**VILLAGE, "place": "广场"}).count("changed") == 1


def test_one_bad_row_keeps_every_row_out(cast: Cast) -> None:
    good = {"code": "A", "name": "甲办", "level": "镇"}
    assert _faults(_import(cast, "departments", good, {"code": "B", "name": "", "level": "镇"})) == [
        (3, "名称", "required")
    ]
    refused = _import(cast, "communities", VILLAGE, {**VILLAGE, "code": "990112100206"})
    assert _faults(refused) == [(3, "短码", "repeated_row")]
    taken = _import(cast, "communities", VILLAGE, {**VILLAGE, "code": "990112100206", "short_code": "YXY"})
    assert _faults(taken) == [(3, "短码", "code_taken")]
    assert not Department.objects.filter(code="A").exists()
    assert not Community.objects.filter(code="990112100205").exists()


def test_a_short_code_and_a_day_of_joining_stay(cast: Cast) -> None:
    _import(cast, "communities", VILLAGE)
    assert _faults(_import(cast, "communities", {**VILLAGE, "short_code": "NEU"})) == [(2, "短码", "short_code_stays")]
    assert _faults(_import(cast, "communities", {**VILLAGE, "joins_on": "2026-05-01"})) == [
        (2, "加入日期", "joined_already")
    ]


def test_people_get_mandates_one_row_each(cast: Cast) -> None:
    host = {**OFFICER, "role": "主持人", "department": "", "community": "yxy", "title": "主任", "phone": "13812345678"}
    done = _import(cast, "people", OFFICER, host, {"login": "Roster", "name": "名册"})
    assert done.count("added") == 2
    person = Person.objects.get(login="qian")
    assert keyring.decrypt(person.phone_sealed) == "13812345678"
    held = {(m.role, m.community, m.department) for m in Mandate.objects.filter(person=person)}
    assert held == {("officer", None, cast.szs), ("host", cast.yxy, None)}
    assert not Person.objects.get(login="roster").has_usable_password()
    again = _import(cast, "people", OFFICER, {"login": "roster", "name": "名册"})
    assert again.count("same") == 2
    ended = _import(cast, "people", {**OFFICER, "ends_on": "2026-06-30"})
    assert ended.count("changed") == 1
    assert Mandate.objects.get(person=person, role="officer").ends_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"department": "没有"}, ("部门", "no_such_department_named")),
        ({"department": ""}, ("部门", "must_bring")),
        ({"role": "村居干部", "department": "", "community": "没有"}, ("村居", "no_such_community")),
        ({"starts_on": ""}, ("任期开始", "must_bring")),
        ({"ends_on": "2025-01-01"}, ("任期结束", "term_backwards")),
        ({"login": "office"}, ("姓名", "login_is_somebody_else")),
        ({"password": "12345"}, ("初始密码", "password_too_weak")),
        ({"login": "a b"}, ("登录名", "bad_pattern")),
    ],
)
def test_what_the_institution_refuses_is_told_at_its_row_and_column(
    cast: Cast, more: dict[str, str], fault: tuple[str, str]
) -> None:
    refused = _import(cast, "people", {"login": "x", "name": "某"}, {**OFFICER, **more})
    assert _faults(refused) == [(3, *fault)]
    assert not Person.objects.filter(login="x").exists()


def test_the_office_cannot_make_an_administrator(cast: Cast) -> None:
    row = {**OFFICER, "role": "管理员", "department": ""}
    assert _faults(_import(cast, "people", row, by="office")) == [(2, "职务", "not_allowed")]
    assert _import(cast, "people", row, by="admin").written


def test_a_child_category_may_stand_above_its_parent(cast: Cast) -> None:
    rows = (
        {"code": "7.1", "name": "噪音", "parent": "7", "owner": "镇市政所"},
        {"code": "7", "name": "环境", "owner": "村居"},
    )
    unknown = _import(cast, "categories", {**rows[0], "parent": "8"})
    assert _faults(unknown) == [(2, "上级代码", "no_such_category")]
    nobody = _import(cast, "categories", {**rows[1], "owner": "没有"}, write=False)
    assert _faults(nobody) == [(2, "默认归谁", "no_such_department_named")]
    done = _import(cast, "categories", *rows)
    assert done.count("added") == 2
    one = Category.objects.get(code="7.1")
    assert (one.parent, one.owner_department) == (Category.objects.get(code="7"), cast.szs)
    assert _import(cast, "categories", {**rows[0], "owner": "SZS"}, rows[1]).count("same") == 2


def test_days_are_set_and_changed(cast: Cast) -> None:
    row = {"day": "2027-01-01", "kind": "放假", "note": "元旦"}
    assert _import(cast, "calendar", row).count("added") == 1
    assert _import(cast, "calendar", row).count("same") == 1
    assert _import(cast, "calendar", {**row, "kind": "上班"}).count("changed") == 1
    assert CalendarDay.objects.get().kind == "workday"
    assert _faults(_import(cast, "calendar", row, row)) == [(3, "日期", "repeated_row")]


@pytest.mark.parametrize("what", SHEETS)
def test_what_is_taken_away_comes_back_as_the_same(cast: Cast, what: str) -> None:
    _import(cast, "calendar", {"day": "2027-01-01", "kind": "放假"})
    raw = export_sheet(what, town=cast.town)
    back = import_sheet(what, raw, "a.xlsx", town=cast.town, by=CLOCK, at=cast.later(minutes=1), write=True)
    assert back.faults == []
    assert back.count("same") == len(back.rows) > 0


@pytest.mark.parametrize("what", SHEETS)
def test_every_template_opens_and_holds_only_its_example(cast: Cast, what: str) -> None:
    raw = template_sheet(what)
    empty = import_sheet(what, raw, "a.xlsx", town=cast.town, by=CLOCK, at=cast.now, write=True)
    assert [fault.code for fault in empty.faults] == ["no_rows"]


def test_another_town_is_never_touched(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    before = Department.objects.filter(town=other.town).count()
    _import(cast, "departments", {"code": "NEW", "name": "新办", "level": "区"})
    assert Department.objects.filter(town=other.town).count() == before
    fault = _import(cast, "people", {**OFFICER, "department": "NEW2"})
    assert [f.code for f in fault.faults] == ["no_such_department_named"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_fault_is_a_sentence(cast: Cast, language: str) -> None:
    refused = _import(
        cast,
        "people",
        {**OFFICER, "department": "没有"},
        {**OFFICER, "login": "office"},
        {**OFFICER, "email": "x" * 300},
    )
    with override(language):
        for fault in refused.faults:
            said = fault_sentence(fault.code, fault.facts)
            assert said
            assert "{" not in said
