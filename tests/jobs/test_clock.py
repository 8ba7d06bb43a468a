"""The clock does what is due, once."""

from datetime import timedelta

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.jobs.clock import tick
from zhouzhouhui.models import Matter, Meeting


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def test_it_does_nothing_when_nothing_is_due(cast: Cast) -> None:
    assert tick(town=cast.town, at=cast.now) == 0


def test_meetings_not_held_and_left_open_and_lapsed_answers_are_seen_to_once(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter)
    cast.adjourn(meeting)
    cast.adjourn(cast.open())
    left = cast.open()
    cast.later(days=2)
    assert tick(town=cast.town, at=cast.now) > 0
    assert Meeting.objects.get(id=left.id).state == "broken_off"
    assert Meeting.objects.filter(community=cast.whc, state="not_held").exists()
    assert Matter.objects.get(id=matter.id).state == "closed"
    assert tick(town=cast.town, at=cast.now) == 0


def test_after_years_of_silence_every_community_has_its_next_meetings(cast: Cast) -> None:
    cast.later(days=900)
    while tick(town=cast.town, at=cast.now):
        pass
    for community in (cast.yxy, cast.whc):
        ahead = Meeting.objects.filter(community=community, state="called", scheduled_at__gt=cast.now)
        assert ahead.count() == 3
        assert min(m.scheduled_at for m in ahead) - cast.now < timedelta(days=35)
