"""Founding a town and filling it: what each act writes, and what it refuses by name."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.add_community import add_community
from zhouzhouhui.actions.add_department import add_department
from zhouzhouhui.actions.add_person import add_person
from zhouzhouhui.actions.end_mandate import end_mandate
from zhouzhouhui.actions.found_town import found_town
from zhouzhouhui.actions.grant_mandate import grant_mandate
from zhouzhouhui.actions.set_category import set_category
from zhouzhouhui.actions.set_day import set_day
from zhouzhouhui.models import Category, ChainHead, LedgerLine, Mandate, Person, TownHost
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules.powers import CLOCK
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    return build_cast(host="liuxi.example")


def _told(cast: Cast, by: str = "office") -> dict[str, Any]:
    return {"town": cast.town, "by": cast.who(by), "at": cast.later(minutes=1)}


def _code(act: Any, **facts: Any) -> str:
    lines = LedgerLine.objects.count()
    with pytest.raises(Refused) as refused:
        act(**facts)
    assert LedgerLine.objects.count() == lines
    return refused.value.code


def test_a_town_is_founded_with_its_hosts_and_the_first_line_of_its_chain() -> None:
    town = found_town(code="990112300", name="新镇", hosts=["New.example ", ""], at=AT)
    assert list(TownHost.objects.filter(town=town).values_list("host", flat=True)) == ["new.example"]
    head = ChainHead.objects.get(town=town, community=None)
    assert (head.name, head.seq) == ("990112300", 1)


def test_a_town_that_cannot_be_is_refused(cast: Cast) -> None:
    for facts, code in (
        ({"code": "12345"}, "town_code"),
        ({"code": "９９０１１２３００"}, "town_code"),
        ({"name": " "}, "must_bring"),
        ({"hosts": ["LIUXI.example"]}, "host_taken"),
        ({"code": cast.town.code}, "code_taken"),
    ):
        assert _code(found_town, **{"code": "990112300", "name": "新镇", "hosts": [], "at": AT, **facts}) == code


COMMUNITY = {
    "code": "990112100205", "short_code": "HDC", "name": "河东村", "kind": "village", "weekday": 3,
    "meets_at": time(19), "place": "礼堂", "joins_on": date(2026, 4, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"code": "99011210020"}, "community_code"),
        ({"code": "990112100001"}, "code_taken"),
        ({"short_code": "x"}, "short_code"),
        ({"short_code": "河东"}, "short_code"),
        ({"short_code": "yxy"}, "code_taken"),
        ({"place": ""}, "must_bring"),
        ({"name": "x" * 61}, "too_long"),
        ({"kind": "city"}, "no_such_choice"),
        ({"weekday": -1}, "no_such_choice"),
    ],
)
def test_a_community_that_cannot_be_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert _code(add_community, **{**COMMUNITY, **more}, **_told(cast)) == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"code": " "}, "must_bring"),
        ({"code": "x" * 21}, "too_long"),
        ({"level": "city"}, "no_such_choice"),
        ({"code": "SZS"}, "code_taken"),
    ],
)
def test_a_department_that_cannot_be_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert _code(add_department, **{"code": "LH", "name": "绿化所", **more}, **_told(cast)) == code


def test_a_person_signs_in_only_with_a_password_and_the_chain_does_not_tell_the_name(cast: Cast) -> None:
    quiet = add_person(login="Quiet", name="名册", phone="13812345678", **_told(cast))
    loud = add_person(login="loud", name="登录", password="一条很长的口令", **_told(cast))
    assert (quiet.login, quiet.username, quiet.has_usable_password()) == ("quiet", "990112100/quiet", False)
    assert keyring.decrypt(Person.objects.get(id=quiet.id).phone_sealed) == "13812345678"
    assert loud.check_password("一条很长的口令")
    body = LedgerLine.objects.filter(verb="add_person").latest("seq").body
    assert "登录" not in json.loads(body).get("name", "")
    assert "登录" not in body


@pytest.mark.parametrize(
    ("more", "code"),
    [({"login": ""}, "must_bring"), ({"login": "a b"}, "login_characters"), ({"login": "a/b"}, "login_characters"),
     ({"login": "OFFICE"}, "login_taken"), ({"name": "x" * 61}, "too_long")],
)  # fmt: skip
def test_a_person_that_cannot_be_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert _code(add_person, **{"login": "x", "name": "某", **more}, **_told(cast)) == code


def test_mandates_that_cannot_be_are_refused(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    person = cast.people["cadre"]
    for more, code in (
        ({"role": "king"}, "no_such_choice"),
        ({"role": "cadre"}, "must_bring"),
        ({"role": "officer"}, "must_bring"),
        ({"role": "cadre", "community": other.yxy}, "not_found"),
        ({"role": "officer", "department": other.szs}, "not_found"),
        ({"role": "leader", "person": other.people["leader"]}, "not_found"),
        ({"role": "leader", "ends_on": date(2025, 12, 31)}, "term_backwards"),
        ({"role": "administrator"}, "not_allowed"),
        ({"role": "auditor"}, "not_allowed"),
    ):
        facts = {"person": person, "starts_on": date(2026, 1, 1), **more}
        assert _code(grant_mandate, **facts, **_told(cast)) == code
    assert _code(grant_mandate, person=person, role="leader", starts_on=date(2026, 1, 1), **_told(cast, "cadre")) == (
        "not_allowed"
    )


def test_a_scope_that_a_role_has_not_is_left_out(cast: Cast) -> None:
    told = _told(cast, "admin")
    leader = grant_mandate(
        person=cast.people["cadre"], role="leader", community=cast.yxy, department=cast.szs,
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), **told,
    )  # fmt: skip
    assert (leader.community, leader.department) == (None, None)
    line = json.loads(LedgerLine.objects.filter(verb="grant_mandate").latest("seq").body)
    assert (line["mandate"], line["ends_on"]) == ("leader", "2026-12-31")


def test_ending_a_mandate_needs_its_own_town_its_term_and_for_the_auditor_an_administrator(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    theirs = Mandate.objects.get(person=other.people["cadre"])
    mine = Mandate.objects.get(person=cast.people["cadre"])
    auditor = Mandate.objects.get(person=cast.people["auditor"])
    end = {"ends_on": date(2026, 6, 30)}
    assert _code(end_mandate, mandate_id=theirs.id, **end, **_told(cast)) == "not_found"
    assert _code(end_mandate, mandate_id=mine.id, ends_on=date(2025, 1, 1), **_told(cast)) == "term_backwards"
    assert _code(end_mandate, mandate_id=auditor.id, **end, **_told(cast)) == "not_allowed"
    assert end_mandate(mandate_id=auditor.id, **end, **_told(cast, "admin")).ends_on == date(2026, 6, 30)
    assert end_mandate(mandate_id=mine.id, **end, **_told(cast)).ends_on == date(2026, 6, 30)


def test_a_category_is_added_and_changed_and_a_retired_one_stays(cast: Cast) -> None:
    set_category(code="7", name="环境", owner_is_community=True, **_told(cast))
    set_category(code="7", name="环境卫生", owner_department="SZS", owner_is_community=True, **_told(cast))
    one = Category.objects.get(code="7")
    assert (one.name, one.owner_department, one.owner_is_community) == ("环境卫生", cast.szs, False)
    set_category(code="7", name="环境卫生", retired_on=date(2026, 5, 1), **_told(cast))
    assert Category.objects.get(code="7").retired_on == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("more", "code"),
    [({"name": ""}, "must_bring"), ({"parent": "77"}, "no_such_category"), ({"parent": "4.1"}, "no_such_category"),
     ({"owner_department": "X"}, "no_such_department")],
)  # fmt: skip
def test_a_category_that_cannot_be_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert _code(set_category, **{"code": "7", "name": "环境", **more}, **_told(cast)) == code


def test_a_day_has_one_of_four_kinds(cast: Cast) -> None:
    assert _code(set_day, day=date(2027, 1, 1), kind="feast", **_told(cast)) == "no_such_choice"
    assert _code(set_day, day=date(2027, 1, 1), kind="holiday", note="x" * 61, **_told(cast)) == "too_long"
    set_day(day=date(2027, 1, 1), kind="holiday", **_told(cast))
    assert set_day(day=date(2027, 1, 1), kind="workday", note="调整", **_told(cast)).kind == "workday"


def test_the_clock_stands_for_the_installation(cast: Cast) -> None:
    told = {"town": cast.town, "by": CLOCK, "at": cast.now}
    assert grant_mandate(person=cast.people["cadre"], role="administrator", starts_on=date(2026, 1, 1), **told)


def test_nobody_sets_up_another_town(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    told = {"town": other.town, "by": cast.who("admin"), "at": cast.now}
    assert _code(add_department, code="LH", name="绿化所", **told) == "not_found"
    assert _code(set_day, day=date(2027, 1, 1), kind="holiday", **told) == "not_found"
