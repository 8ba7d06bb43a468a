"""Enrolling a roster: everybody or nobody, with the same lines as one by one."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.enrol_people import AT_ONCE, NewPerson, enrol_people
from zhouzhouhui.models import LedgerLine, Mandate, Person
from zhouzhouhui.outside import keyring
from zhouzhouhui.queries.verify import verify
from zhouzhouhui.rules.powers import Mandated
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def _told(cast: Cast, by: str = "office") -> dict[str, Any]:
    return {"town": cast.town, "by": cast.who(by), "at": cast.later(minutes=1)}


def _roster(cast: Cast, count: int = 3) -> list[NewPerson]:
    return [
        NewPerson(
            f"roster{n}", f"代表{n}", "delegate", date(2026, 3, 1), date(2029, 3, 1), community=cast.yxy,
            title="居民代表", delegate_kind="居民代表", workplace="银杏苑", phone="13812345678" if n == 0 else "",
        )
        for n in range(count)
    ]  # fmt: skip


def test_a_roster_is_enrolled_with_mandates_and_without_passwords(cast: Cast) -> None:
    people = enrol_people(people=_roster(cast), **_told(cast))
    stored = Person.objects.filter(login__startswith="roster").order_by("login")
    assert [p.id for p in stored] == [p.id for p in people]
    assert [p.has_usable_password() for p in stored] == [False] * 3
    assert keyring.decrypt(stored[0].phone_sealed) == "13812345678"
    mandates = Mandate.objects.filter(person__in=people)
    assert {(m.role, m.community_id, m.starts_on, m.ends_on) for m in mandates} == {
        ("delegate", cast.yxy.id, date(2026, 3, 1), date(2029, 3, 1))
    }
    assert cast.town.id == people[0].town_id


@pytest.mark.parametrize(("by", "role"), [("office", "office"), ("admin", "administrator"), ("clock", "clock")])
def test_the_chain_tells_who_enrolled_and_no_names(cast: Cast, by: str, role: str) -> None:
    before = LedgerLine.objects.count()
    enrol_people(people=_roster(cast, 2), **_told(cast, by))
    lines = [json.loads(line.body) for line in LedgerLine.objects.filter(chain__community=None).order_by("-seq")[:4]]
    assert LedgerLine.objects.count() == before + 4
    assert [line["verb"] for line in reversed(lines)] == ["add_person", "grant_mandate"] * 2
    assert {line["role"] for line in lines} == {role}
    assert "代表" not in json.dumps(lines, ensure_ascii=False)
    assert verify(town_id=cast.town.id).ok


@pytest.mark.parametrize("twice", ["officer", "roster0"])
def test_a_login_that_is_taken_or_told_twice_lets_nobody_in(cast: Cast, twice: str) -> None:
    roster = _roster(cast)
    roster[2] = replace(roster[2], login=twice)
    with pytest.raises(Refused, match="login_taken"):
        enrol_people(people=roster, **_told(cast))
    assert not Person.objects.filter(login__startswith="roster").exists()


@pytest.mark.parametrize("count", [0, AT_ONCE + 1])
def test_a_roster_holds_somebody_and_not_too_many(cast: Cast, count: int) -> None:
    with pytest.raises(Refused, match="batch_size"):
        enrol_people(people=_roster(cast, count), **_told(cast))


def test_only_office_and_administrators_enrol_and_only_the_latter_other_administrators(cast: Cast) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        enrol_people(people=_roster(cast), **_told(cast, "cadre"))
    ruler = replace(_roster(cast, 1)[0], role=Mandated.ADMINISTRATOR.value)
    with pytest.raises(Refused, match="not_allowed"):
        enrol_people(people=[ruler], **_told(cast, "office"))
    assert enrol_people(people=[ruler], **_told(cast, "admin"))
