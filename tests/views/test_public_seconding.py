"""Adding one's voice on a public page: once for each phone, with a slip of its own."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.cast import build_cast
from zhouzhouhui.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cache.clear()
    built = build_cast()
    with time_machine.travel(built.now, tick=False) as clock:
        built.clock = clock
        yield built
    cache.clear()


def test_a_voice_is_added_once_for_each_phone_and_gets_a_slip_of_its_own(cast):
    client = Client()
    matter = cast.raise_between("路灯坏了三盏。")
    cast.clock.move_to(cast.now)
    page = f"/c/YXY/m/{matter.number}/second/"
    assert "路灯坏了三盏。" in client.get(page).content.decode()
    assert client.post(page).headers["Location"] == "/follow/slip/"
    assert "附议记下了" in client.get("/follow/slip/").content.decode()
    again = client.post(page)
    assert again.status_code >= 400
    assert Client().post(page).status_code == 302
    assert Matter.objects.get(id=matter.id).seconds == 2


def test_a_private_matter_cannot_be_seconded(cast):
    matter = cast.raise_between("我家的事。", is_private=True)
    assert Client().get(f"/c/YXY/m/{matter.number}/second/").status_code == 404
