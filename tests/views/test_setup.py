"""The set-up desk: everything by form and by sheet, what is refused is said on the form, nobody else gets in."""

from __future__ import annotations

import base64
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.models import CalendarDay, Category, Community, Department, Mandate, Meeting, Person, Town, TownHost
from zhouzhouhui.papers.setup_sheets import SHEETS, template_sheet
from zhouzhouhui.papers.sheets_out import write_csv

pytestmark = pytest.mark.django_db
LISTS = ("communities", "departments", "people", "categories", "calendar")


@pytest.fixture
def cast():  # type: ignore[no-untyped-def]
    cast = build_cast()
    with time_machine.travel(cast.now, tick=False):
        yield cast


def _client(cast: Cast, login: str = "admin") -> Client:
    client = Client()
    client.force_login(cast.people[login], backend="django.contrib.auth.backends.ModelBackend")
    return client


def _post(client: Client, name: str, /, *args: object, **fields: object) -> tuple[int, str]:
    """Post a form and follow it to the page it leads to."""
    response = client.post(reverse(name, args=args), fields)
    if response.status_code == 302:
        page = client.get(response.url)
        return 302, page.content.decode()
    return response.status_code, response.content.decode()


PAGES = ["setup", "setup_town", *(f"setup_{what}" for what in LISTS), "setup_new_community", "setup_new_department",
         "setup_new_person", "setup_new_category"]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_for_administrator_and_office_with_few_queries(
    cast: Cast, name: str, language: str, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for login in ("admin", "office"):
        client = _client(cast, login)
        client.cookies["django_language"] = language
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("login", ["cadre", "leader", "officer", "delegate", "auditor", "recorder"])
def test_nobody_else_gets_in(cast: Cast, login: str) -> None:
    client = _client(cast, login)
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 403
    for what in LISTS:
        assert client.get(reverse("setup_export", args=[what])).status_code == 403
    assert Client().get(reverse("setup")).status_code == 302


def test_only_the_administrator_sets_hosts(cast: Cast) -> None:
    assert _client(cast, "office").get(reverse("setup_hosts")).status_code == 403
    status, page = _post(_client(cast), "setup_hosts", hosts="testserver\nliuxi.example")
    assert (status, "liuxi.example" in page) == (302, True)
    status, page = _post(_client(cast), "setup_hosts", hosts="liuxi.example")
    assert (status, "您现在用的就是 testserver" in page) == (422, True)
    assert TownHost.objects.filter(town=cast.town).count() == 2


def test_the_town_is_changed_and_a_wrong_number_stays_on_the_form(cast: Cast) -> None:
    facts = {"name": "柳溪镇", "phone": "021-00000000", "restricted_days": 15, "meeting_minutes": 90}
    assert _post(_client(cast), "setup_town", **facts, working_days_before=4)[0] == 302
    assert Town.objects.get(id=cast.town.id).setting("working_days_before") == 4
    assert (
        _post(_client(cast, "office"), "setup_town", **facts, working_days_before=4, require_second_factor="on")[0]
        == 302
    )
    assert Town.objects.get(id=cast.town.id).setting("require_second_factor") is False
    status, page = _post(_client(cast), "setup_town", **facts, working_days_before=99)
    assert (status, 'value="99"' in page) == (422, True)


VILLAGE = {
    "name": "河东村", "code": "990112100205", "short_code": "HDC", "kind": "village", "weekday": "3",
    "meets_at": "18:30", "place": "礼堂", "joins_on": "2026-04-01", "former_villages": "东塘、西塘",
}  # fmt: skip


def test_a_community_joins_and_its_rhythm_is_changed(cast: Cast) -> None:
    status, page = _post(_client(cast), "setup_new_community", **VILLAGE)
    assert (status, "河东村" in page) == (302, True)
    one = Community.objects.get(code="990112100205")
    assert (one.former_villages, Meeting.objects.filter(community=one).count()) == (["东塘", "西塘"], 3)
    changed = {name: value for name, value in VILLAGE.items() if name not in ("code", "short_code")}
    assert _post(_client(cast), "setup_community", one.id, **changed | {"weekday": "4"})[0] == 302
    assert Community.objects.get(id=one.id).weekday == 4
    status, page = _post(_client(cast), "setup_community", one.id, **changed | {"joins_on": "2026-09-01"})
    assert (status, "加入日期" in page, "2026-09-01" in page) == (422, True, True)
    status, page = _post(_client(cast), "setup_new_community", **VILLAGE)
    assert (status, "已经有了" in page, "礼堂" in page) == (422, True, True)


def test_a_department_is_added_changed_and_dissolved_into_another(cast: Cast) -> None:
    client = _client(cast, "office")
    assert _post(client, "setup_new_department", code="LH", name="绿化所", level="town")[0] == 302
    new = Department.objects.get(code="LH")
    assert _post(client, "setup_department", new.id, name="绿化市容所", level="district")[0] == 302
    assert Department.objects.get(id=new.id).name == "绿化市容所"
    cast.assign(cast.raise_between())
    status, page = _post(client, "setup_dissolve", cast.szs.id, reason="机构改革")
    assert (status, "还有 1 件没办完" in page) == (422, True)
    assert _post(client, "setup_dissolve", cast.szs.id, reason="机构改革", successor=str(new.id))[0] == 302
    assert Department.objects.get(id=cast.szs.id).successor == new
    assert _client(cast).get(reverse("setup_dissolve", args=[new.id])).status_code == 403


def test_a_person_gets_a_login_a_mandate_an_end_and_a_password(cast: Cast) -> None:
    client = _client(cast)
    facts = {"login": "qian", "name": "钱工", "phone": "13812345678"}
    status, page = _post(client, "setup_new_person", **facts, password="123")
    assert (status, "太好猜" in page, 'value="123"' in page) == (422, True, False)
    assert _post(client, "setup_new_person", **facts, password="一条很长的口令-2026")[0] == 302
    person = Person.objects.get(login="qian")
    grant = {"do": "grant", "g-role": "officer", "g-starts_on": "2026-01-01"}
    status, page = _post(client, "setup_person", person.id, **grant)
    assert (status, "还缺承办单位" in page) == (422, True)
    assert _post(client, "setup_person", person.id, **grant, **{"g-department": str(cast.szs.id)})[0] == 302
    mandate = Mandate.objects.get(person=person)
    end = {"do": "end", "e-mandate": str(mandate.id), "e-ends_on": "2026-06-30"}
    assert _post(client, "setup_person", person.id, **end)[0] == 302
    assert Mandate.objects.get(id=mandate.id).ends_on == date(2026, 6, 30)
    assert _post(client, "setup_person", cast.people["cadre"].id, **end)[0] == 422
    assert _post(client, "setup_person", person.id, do="password", password="")[0] == 302
    assert not Person.objects.get(id=person.id).has_usable_password()
    assert _post(client, "setup_person", person.id, do="facts", **{"f-name": "钱大工"})[0] == 302
    kept = Person.objects.get(id=person.id)
    assert (kept.name, bool(kept.phone_sealed)) == ("钱大工", True)
    assert _post(client, "setup_person", person.id, do="facts", **{"f-name": "钱大工", "f-phone": "删除"})[0] == 302
    assert Person.objects.get(id=person.id).phone_sealed == ""


def test_a_password_typed_when_the_session_has_ended_is_not_kept_anywhere(cast: Cast) -> None:
    client = Client()
    path = reverse("setup_person", args=[cast.people["cadre"].id])
    assert client.post(path, {"do": "password", "password": "一条很长的口令-2026"}).status_code == 302
    assert "一条很长的口令" not in str(dict(client.session.items()))


def test_who_leaves_hands_over_to_somebody_named_by_login(cast: Cast) -> None:
    cast.meet(appoint_host, cast.next_meeting(), "office", person=cast.people["cadre"].id)
    client, leaver = _client(cast, "office"), cast.people["cadre"]
    leave = {"do": "leave", "l-left_on": cast.now.date().isoformat()}
    status, page = _post(client, "setup_person", leaver.id, **leave)
    assert (status, "有事没人接" in page) == (422, True)
    status, page = _post(client, "setup_person", leaver.id, **leave, **{"l-successor": "nobody"})
    assert (status, "没有登录名叫“nobody”" in page) == (422, True)
    status, page = _post(client, "setup_person", leaver.id, **leave, **{"l-successor": "Recorder"})
    assert (status, "离任" in page) == (302, True)
    assert not Person.objects.get(id=leaver.id).is_active
    gone = client.get(reverse("setup_people") + "?left=1").content.decode()
    assert leaver.name in gone


def test_people_are_found_by_name_role_and_community(cast: Cast) -> None:
    client = _client(cast)
    found = client.get(reverse("setup_people"), {"q": "孙"}).content.decode()
    assert ("孙书" in found, "王书" in found) == (True, False)
    found = client.get(reverse("setup_people"), {"role": "cadre", "community": str(cast.yxy.id)}).content.decode()
    assert ("王书" in found, "孙书" in found) == (True, False)
    assert client.get(reverse("setup_people"), {"community": "nonsense", "page": "99"}).status_code == 200


def test_a_category_is_added_owned_and_retired(cast: Cast) -> None:
    client = _client(cast)
    new = {"code": "4.9", "name": "健身点", "parent": "4", "owner": "community"}
    assert _post(client, "setup_new_category", **new)[0] == 302
    one = Category.objects.get(code="4.9")
    assert (one.parent, one.owner_is_community) == (Category.objects.get(code="4"), True)
    status, page = _post(client, "setup_new_category", **new)
    assert (status, "已经有了" in page) == (422, True)
    change = {"name": "健身点", "parent": "4", "owner": str(cast.szs.id), "retired_on": "2026-05-01"}
    assert _post(client, "setup_category", one.id, **change)[0] == 302
    one.refresh_from_db()
    assert (one.owner_department, one.retired_on, one.owner_is_community) == (cast.szs, date(2026, 5, 1), False)
    status, page = _post(client, "setup_adopt_categories")
    assert (status, "已经有分类了" in page) == (422, True)


def test_a_year_not_published_is_said_and_days_are_set_in_a_row(cast: Cast) -> None:
    client = _client(cast)
    assert "未公布" in client.get(reverse("setup_calendar")).content.decode()
    meeting = cast.next_meeting()
    day = meeting.scheduled_at.date().isoformat()
    days = {"kind": "holiday", "note": "镇庆"}
    assert _post(client, "setup_calendar", first="2027-02-05", last="2027-02-11", **days)[0] == 302
    assert CalendarDay.objects.count() == 7
    status, page = _post(client, "setup_calendar", first=day, **days)
    assert (status, "已经召集" in page) == (302, True)
    for last, said in (("2027-02-01", "早于"), ("2027-12-01", "之间")):
        status, page = _post(client, "setup_calendar", first="2027-02-05", last=last, **days)
        assert (status, said in page) == (422, True)
    assert client.post(reverse("setup_clear_day", args=["2027-02-05"])).status_code == 302
    for gone in ("2027-02-05", "2027-02-31"):
        assert client.post(reverse("setup_clear_day", args=[gone])).status_code == 404
    assert CalendarDay.objects.count() == 7


def _sheet(what: str, *rows: dict[str, str]) -> bytes:
    columns = SHEETS[what].columns
    return write_csv([c.heading for c in columns], [[row.get(c.key, "") for c in columns] for row in rows])


def test_a_sheet_is_shown_first_and_written_when_confirmed(cast: Cast) -> None:
    client = _client(cast)
    raw = _sheet("departments", {"code": "LH", "name": "绿化所", "level": "镇"})
    page = client.post(
        reverse("setup_import", args=["departments"]), {"sheet": SimpleUploadedFile("单位.csv", raw)}
    ).content.decode()
    assert "新增 1 行，修改 0 行，不变 0 行" in page
    assert not Department.objects.filter(code="LH").exists()
    again = {"confirmed": "1", "name": "单位.csv", "sheet_again": base64.b64encode(raw).decode()}
    status, page = _post(client, "setup_import", "departments", **again)
    assert (status, "绿化所" in page, "新增 1 行" in page) == (302, True, True)


def test_faults_of_a_sheet_are_listed_with_row_column_and_reason(cast: Cast) -> None:
    raw = _sheet("departments", {"code": "LH", "name": "", "level": "省"})
    response = _client(cast).post(
        reverse("setup_import", args=["departments"]), {"sheet": SimpleUploadedFile("单位.csv", raw)}
    )
    page = response.content.decode()
    assert response.status_code == 422
    for told in ("有 2 处要改", "名称", "这一格必须填", "层级", "没有“省”这一项"):
        assert told in page


@pytest.mark.parametrize("sent", ["", "not base64", base64.b64encode(b"\x00\x01rubbish").decode()])
def test_a_confirmation_without_a_sheet_is_a_sentence_and_not_an_error(cast: Cast, sent: str) -> None:
    status, page = _post(_client(cast), "setup_import", "people", confirmed="1", name="a.csv", sheet_again=sent)
    assert (status, "整个文件" in page) == (422, True)


def test_a_file_too_large_is_refused_by_a_sentence(cast: Cast) -> None:
    upload = SimpleUploadedFile("a.csv", b"x" * (3 * 1024 * 1024 + 1))
    response = _client(cast).post(reverse("setup_import", args=["people"]), {"sheet": upload})
    assert response.status_code == 422
    assert "文件太大，最多 3 MB" in response.content.decode()


@pytest.mark.parametrize("what", LISTS)
def test_templates_and_exports_are_downloads(cast: Cast, what: str) -> None:
    client = _client(cast)
    for name in ("setup_template", "setup_export"):
        response = client.get(reverse(name, args=[what]))
        assert response.status_code == 200
        assert response.content.startswith(b"PK")
        assert "attachment" in response["Content-Disposition"]
    assert client.get(reverse("setup_import", args=[what])).status_code == 200
    assert template_sheet(what)


def test_unknown_lists_and_other_towns_things_are_not_found(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    client = Client(headers={"host": "testserver"})
    client.force_login(cast.people["admin"], backend="django.contrib.auth.backends.ModelBackend")
    for name in ("setup_import", "setup_template", "setup_export"):
        assert client.get(reverse(name, args=["matters"])).status_code == 404
    for name, key in (
        ("setup_community", other.yxy.id),
        ("setup_department", other.szs.id),
        ("setup_person", other.people["cadre"].id),
        ("setup_category", Category.objects.filter(town=other.town).first()),
    ):
        assert client.get(reverse(name, args=[getattr(key, "id", key)])).status_code == 404
    listed = client.get(reverse("setup_people")).content.decode()
    assert listed.count("王书") == 1
