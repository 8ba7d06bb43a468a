"""A department's names and telephone change; its code and what it owes stay."""

from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.change_department import change_department
from zhouzhouhui.models import Department, LedgerLine
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def _change(cast: Cast, by: str = "admin", **more: Any) -> Department:
    facts = {"name": "镇市政所", "level": "town", **more}
    return change_department(
        town=cast.town, by=cast.who(by), at=cast.later(minutes=1), department_id=cast.szs.id, **facts
    )


def test_what_changed_is_written_with_a_line(cast: Cast) -> None:
    _change(cast, name="城市建设服务中心", phone="021-00000000", level="district")
    one = Department.objects.get(id=cast.szs.id)
    assert (one.name, one.phone, one.level, one.code) == ("城市建设服务中心", "021-00000000", "district", "SZS")
    assert LedgerLine.objects.filter(verb="change_department").count() == 1


def test_nothing_changed_leaves_no_line(cast: Cast) -> None:
    _change(cast)
    assert not LedgerLine.objects.filter(verb="change_department").exists()


@pytest.mark.parametrize(
    ("by", "more", "code"),
    [
        ("admin", {"name": ""}, "must_bring"),
        ("admin", {"level": "city"}, "no_such_choice"),
        ("admin", {"phone": "1" * 41}, "too_long"),
        ("officer", {"name": "x"}, "not_allowed"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, by: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        _change(cast, by=by, **more)
    assert refused.value.code == code


def test_another_towns_department_is_not_found(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    with pytest.raises(Refused) as refused:
        change_department(
            town=other.town, by=other.who("admin"), at=cast.now, department_id=cast.szs.id, name="x", level="town"
        )
    assert refused.value.code == "not_found"
