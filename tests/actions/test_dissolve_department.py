"""A department that owes anything goes only with a successor, and nothing it owed is lost."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.add_department import add_department
from zhouzhouhui.actions.dissolve_department import dissolve_department
from zhouzhouhui.models import Assisting, Category, Department, LedgerLine, Matter
from zhouzhouhui.rules.powers import CLOCK, Mandated
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def _dissolve(cast: Cast, by: str = "office", **more: Any) -> Department:
    told = {"department_id": cast.szs.id, "reason": "机构改革", **more}
    return dissolve_department(town=cast.town, by=cast.who(by), at=cast.later(minutes=1), **told)


def _code(cast: Cast, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        _dissolve(cast, **more)
    return refused.value.code


def test_while_it_owes_it_needs_a_successor(cast: Cast) -> None:
    cast.assign(cast.raise_between())
    assert _code(cast) == "department_owes"
    assert Department.objects.get(id=cast.szs.id).dissolved_on is None


def test_while_it_assists_it_needs_a_successor(cast: Cast) -> None:
    cast.assign(cast.raise_between(), cast.jws, assisting=[cast.szs.id])
    assert _code(cast) == "department_owes"


def test_what_owes_nothing_goes_without(cast: Cast) -> None:
    gone = _dissolve(cast)
    assert gone.dissolved_on == date(2026, 3, 1)
    assert not Category.objects.filter(owner_department=cast.szs).exists()
    assert not cast.who("officer").holds(Mandated.OFFICER, date(2026, 3, 2))


def test_the_successor_takes_over_matters_categories_and_officers(cast: Cast) -> None:
    led = cast.assign(cast.raise_between())
    helped = cast.assign(cast.raise_between("楼道灯不亮。"), cast.jws, assisting=[cast.szs.id])
    new = add_department(town=cast.town, by=CLOCK, at=cast.now, code="CJ", name="城建中心")
    gone = _dissolve(cast, successor_id=new.id)
    assert gone.successor == new
    assert Matter.objects.get(id=led.id).lead_department == new
    assert LedgerLine.objects.filter(matter=led, verb="assign_matter").count() == 2
    assert [row.department for row in Assisting.objects.filter(matter=helped)] == [new]
    assert Category.objects.get(code="4.1").owner_department == new
    tomorrow = (cast.now + timedelta(days=1)).date()
    assert cast.who("officer").holds(Mandated.OFFICER, tomorrow, department=new.id)
    assert not cast.who("officer").holds(Mandated.OFFICER, tomorrow, department=cast.szs.id)


def test_where_the_successor_assisted_already_it_now_leads_alone(cast: Cast) -> None:
    led = cast.assign(cast.raise_between(), assisting=[cast.jws.id])
    _dissolve(cast, successor_id=cast.jws.id)
    assert Matter.objects.get(id=led.id).lead_department == cast.jws
    assert not Assisting.objects.filter(matter=led).exists()


def test_where_both_assist_the_successor_assists_once(cast: Cast) -> None:
    third = add_department(town=cast.town, by=CLOCK, at=cast.now, code="CJ", name="城建中心")
    helped = cast.assign(cast.raise_between(), third, assisting=[cast.szs.id, cast.jws.id])
    _dissolve(cast, successor_id=cast.jws.id)
    assert [row.department for row in Assisting.objects.filter(matter=helped)] == [cast.jws]


def test_refusals_name_what_is_missing(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    assert _code(cast, reason=" ") == "must_bring"
    assert _code(cast, on=date(2099, 1, 1)) == "time_in_the_future"
    assert _code(cast, successor_id=cast.szs.id) == "no_such_department"
    assert _code(cast, successor_id=other.szs.id) == "no_such_department"
    assert _code(cast, department_id=other.szs.id) == "not_found"
    assert _code(cast, by="admin") == "not_allowed"
    _dissolve(cast)
    assert _code(cast) == "not_found"
