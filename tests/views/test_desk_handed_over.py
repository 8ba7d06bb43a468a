"""Handing a matter to the restricted desk: it is told as done, not as a page that is missing."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.views.desk_world import World, client_of, live
from zhouzhouhui.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    made = live()
    with time_machine.travel(made.cast.now, tick=False):
        yield made


@pytest.mark.parametrize(("who", "stays"), [("cadre", False), ("office", True)])
def test_whoever_marks_a_matter_restricted_lands_where_they_may_be(world: World, who: str, stays: bool) -> None:
    matter = world.fresh
    matter.refresh_from_db()
    sent = client_of(world, who).post(f"/desk/m/{matter.id}/mark_restricted/", {"seen": matter.revision}, follow=True)
    assert Matter.objects.get(id=matter.id).is_restricted
    assert sent.status_code == 200 and "记下了" in sent.content.decode()
    assert sent.redirect_chain[-1][0] == (f"/desk/m/{matter.id}/" if stays else "/desk/")
