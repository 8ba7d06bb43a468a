"""A new town begins with ten groups of five and 其他; a town with its own list keeps it."""

from datetime import UTC, datetime

import pytest

from tests.cast import build_cast
from zhouzhouhui.actions.adopt_categories import adopt_categories
from zhouzhouhui.actions.found_town import found_town
from zhouzhouhui.models import Category
from zhouzhouhui.rules.powers import CLOCK, Actor
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.standard_categories import STANDARD

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_new_town_gets_the_whole_list_on_two_levels() -> None:
    town = found_town(code="990112300", name="新镇", hosts=["new.example"], at=AT)
    assert adopt_categories(town=town, by=CLOCK, at=AT) == 61
    groups = Category.objects.filter(town=town, parent=None).exclude(name="其他")
    assert [group.children.count() for group in groups] == [5] * 10
    assert [one.name for one in Category.objects.filter(town=town, is_restricted=True)] == ["干部作风"]
    assert all(one.name_en for one in Category.objects.filter(town=town))


def test_every_code_and_every_name_stands_once() -> None:
    assert len({one.code for one in STANDARD}) == len({one.name for one in STANDARD}) == len(STANDARD)


def test_a_town_with_categories_keeps_its_own() -> None:
    cast = build_cast()
    with pytest.raises(Refused) as refused:
        adopt_categories(town=cast.town, by=cast.who("admin"), at=cast.now)
    assert refused.value.code == "categories_there"


def test_nobody_else_may() -> None:
    town = found_town(code="990112300", name="新镇", hosts=["new.example"], at=AT)
    with pytest.raises(Refused) as refused:
        adopt_categories(town=town, by=Actor(), at=AT)
    assert refused.value.code == "not_allowed"
