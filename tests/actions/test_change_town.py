"""The town's facts are changed by its administrators, with a line that names what changed."""

import json
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.change_town import change_town
from zhouzhouhui.models import LedgerLine, Town
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def _change(cast: Cast, by: str = "admin", **more: Any) -> Town:
    facts = {"name": "柳溪镇", "name_en": "Liuxi Town", **more}
    return change_town(town=cast.town, by=cast.who(by), at=cast.later(minutes=1), **facts)


def _lines() -> list[dict[str, Any]]:
    return [json.loads(line.body) for line in LedgerLine.objects.filter(verb="change_town")]


def test_names_and_settings_are_written_and_the_line_names_what_changed(cast: Cast) -> None:
    _change(cast, phone="021-00000000", settings={"working_days_before": 5, "meeting_minutes": 90})
    town = Town.objects.get(id=cast.town.id)
    assert (town.phone, town.setting("working_days_before"), town.setting("meeting_minutes")) == ("021-00000000", 5, 90)
    (line,) = _lines()
    assert line["changed"] == ["phone"]
    assert line["settings"] == {"working_days_before": 5}
    assert "021-00000000" not in json.dumps(line)


def test_nothing_changed_leaves_no_line(cast: Cast) -> None:
    _change(cast)
    assert _lines() == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "  "}, "must_bring"),
        ({"name": "镇" * 61}, "too_long"),
        ({"settings": {"working_days_before": 11}}, "out_of_range"),
        ({"settings": {"hash": 1}}, "no_such_choice"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(cast: Cast, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        _change(cast, **more)
    assert refused.value.code == code
    assert _lines() == []


def test_a_second_factor_is_asked_for_by_the_administrator_only(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        _change(cast, by="office", settings={"require_second_factor": 1})
    assert refused.value.code == "not_allowed"
    _change(cast, settings={"require_second_factor": 1})
    assert Town.objects.get(id=cast.town.id).setting("require_second_factor") is True
    _change(cast, by="office", phone="1", settings={"require_second_factor": 1})


@pytest.mark.parametrize("login", ["cadre", "leader", "officer", "delegate", "auditor"])
def test_only_administrator_and_office_may(cast: Cast, login: str) -> None:
    with pytest.raises(Refused) as refused:
        _change(cast, by=login, phone="1")
    assert refused.value.code == "not_allowed"
