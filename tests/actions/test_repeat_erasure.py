"""An erasure that a restored backup does not know is repeated; one that it knows is not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.erase_words import erase_words
from zhouzhouhui.actions.repeat_erasure import repeat_erasure
from zhouzhouhui.models import LedgerLine, Matter, Sealed
from zhouzhouhui.queries.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def test_words_are_gone_and_the_chain_stays_whole(cast: Cast) -> None:
    matter = cast.raise_between("我家的事请删掉。")
    noted = cast.now + timedelta(minutes=5)
    assert repeat_erasure(town_code=cast.town.code, matter_id=matter.id, noted_at=noted, at=cast.later(hours=1))
    assert Matter.objects.get(id=matter.id).words == ""
    assert not Sealed.objects.filter(line__matter_id=matter.id, name="words").exclude(text="").exists()
    assert LedgerLine.objects.filter(matter_id=matter.id, verb="erase_words").count() == 1
    report = verify(town_id=cast.town.id)
    assert report.ok, report.findings


def test_what_is_erased_already_is_left_alone(cast: Cast) -> None:
    matter = cast.raise_between("请删掉。")
    cast.act(erase_words, matter, "office", reason="本人要求")
    assert not repeat_erasure(town_code=cast.town.code, matter_id=matter.id, noted_at=cast.now, at=cast.later(hours=1))
    assert LedgerLine.objects.filter(matter_id=matter.id, verb="erase_words").count() == 1


def test_a_matter_the_backup_never_had_is_passed_over(cast: Cast) -> None:
    assert not repeat_erasure(town_code=cast.town.code, matter_id=uuid4(), noted_at=cast.now, at=cast.now)
    assert not repeat_erasure(town_code="999999999", matter_id=uuid4(), noted_at=cast.now, at=cast.now)
