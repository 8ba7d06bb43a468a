"""The hall when a form comes twice, broken, or too late: one matter only, and nothing typed is lost."""

import re

import pytest
import time_machine

from tests.cast import Cast, build_cast
from tests.views.test_hall import client_of
from zhouzhouhui.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def test_the_floor_form_sent_twice_is_one_matter_with_one_slip(cast: Cast) -> None:
    meeting = cast.open()
    with time_machine.travel(cast.now, tick=True):
        host = client_of(cast, "cadre")
        page = host.get(f"/hall/{meeting.id}/").content.decode()
        found = re.search(r'name="ticket" value="([^"]+)"', page)
        assert found
        form = {"words": "1. 路灯坏了\n2. 扶手松了", "split": "on", "ticket": found[1]}
        slips = []
        for _ in range(2):
            assert host.post(f"/hall/{meeting.id}/raise/", form).status_code == 302
            shown = re.search(r'class="slip__code">([^<]+)<', host.get(f"/hall/{meeting.id}/").content.decode())
            assert shown
            slips.append(shown[1])
        assert Matter.objects.filter(raised_meeting=meeting).count() == 2 and slips[0] == slips[1]
        changed = host.post(f"/hall/{meeting.id}/raise/", {**form, "words": "另一件事", "split": ""})
        again = re.search(r'name="ticket" value="([^"]+)"', changed.content.decode())
        assert changed.status_code == 409 and "另一件事" in changed.content.decode() and again
        sent = host.post(f"/hall/{meeting.id}/raise/", {"words": "另一件事", "ticket": again[1]})
        assert sent.status_code == 302 and Matter.objects.filter(raised_meeting=meeting).count() == 3


@pytest.mark.parametrize("seen", ["²", "9" * 5000, "abc", ""])
def test_a_revision_that_is_no_number_never_breaks_the_hall(cast: Cast, seen: str) -> None:
    first = cast.open()
    matter = cast.raise_at(first)
    cast.adjourn(first)
    second = cast.open()
    with time_machine.travel(cast.now, tick=True):
        sent = client_of(cast, "cadre").post(
            f"/hall/{second.id}/m/{matter.id}/give_answer/", {"seen": seen, "outcome": "A1", "words": "装好了"}
        )
    assert sent.status_code in (302, 409, 422)


def test_words_typed_into_a_form_that_is_gone_are_given_back(cast: Cast) -> None:
    first = cast.open()
    matter = cast.raise_at(first)
    cast.adjourn(first)
    second = cast.open()
    at = f"/hall/{second.id}/"
    with time_machine.travel(cast.now, tick=True):
        host = client_of(cast, "cadre")
        answer = {"seen": str(Matter.objects.get(id=matter.id).revision), "outcome": "A1", "words": "灯换好了"}
        assert host.post(f"{at}m/{matter.id}/give_answer/", answer).status_code == 302
        late = host.post(f"{at}m/{matter.id}/give_answer/", {**answer, "words": "第二个人写的"})
        page = late.content.decode()
        assert late.status_code == 409 and page.count("第二个人写的") == 1
        assert "第二个人写的" not in page[page.index('id="floor-words"') :]
        assert host.post(f"{at}adjourn_meeting/").status_code == 302
        after = host.post(f"{at}raise/", {"words": "散会以后才写完"})
        assert after.status_code >= 400 and "散会以后才写完" in after.content.decode()
        assert 'role="alert"' in after.content.decode()
