"""What a town still lacks: each question finds what is missing, and nothing once it is there."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.add_department import add_department
from zhouzhouhui.actions.end_mandate import end_mandate
from zhouzhouhui.actions.set_category import set_category
from zhouzhouhui.models import Mandate
from zhouzhouhui.queries import readiness
from zhouzhouhui.rules.powers import CLOCK

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def test_a_town_that_lacks_nothing_is_told_so(cast: Cast) -> None:
    told = {"town_id": cast.town.id, "at": cast.now}
    assert readiness.communities_lacking(**told) == ([], [])
    assert readiness.departments_without_officer(**told) == []
    assert readiness.roles_without_person(**told) == []


def test_communities_without_meeting_or_cadre_are_named_both_ways_alike(cast: Cast) -> None:
    cadre = Mandate.objects.get(person=cast.people["cadre"])
    end_mandate(town=cast.town, by=CLOCK, at=cast.now, mandate_id=cadre.id, ends_on=date(2026, 3, 1))
    later = cast.now + timedelta(days=365)
    told = {"town_id": cast.town.id, "at": later}
    assert readiness.communities_lacking(**told) == (["银杏苑", "望河村"], ["银杏苑"])
    assert readiness.communities_without_meeting(**told) == ["银杏苑", "望河村"]
    assert readiness.communities_without_cadre(**told) == ["银杏苑"]


def test_departments_categories_and_roles_that_nobody_holds_are_named(cast: Cast) -> None:
    told = {"town": cast.town, "by": CLOCK, "at": cast.now}
    add_department(code="LH", name="绿化所", **told)
    set_category(code="4.2", name="健身点", parent="4", **told)
    leader = Mandate.objects.get(person=cast.people["leader"])
    end_mandate(mandate_id=leader.id, ends_on=date(2026, 3, 1), **told)
    at = cast.now + timedelta(days=1)
    assert readiness.departments_without_officer(town_id=cast.town.id, at=at) == ["绿化所"]
    assert "健身点" in readiness.categories_without_owner(town_id=cast.town.id)
    assert readiness.roles_without_person(town_id=cast.town.id, at=at) == ["leader"]


def test_a_year_not_published_is_named_only_once_meetings_reach_it(cast: Cast) -> None:
    assert readiness.years_not_published(town_id=cast.town.id, at=cast.now) == []
    assert readiness.years_not_published(town_id=cast.town.id, at=cast.now + timedelta(days=400)) == ["2027"]
