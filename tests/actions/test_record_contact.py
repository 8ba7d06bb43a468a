"""First contact with the raiser."""

from datetime import timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.record_contact import record_contact
from zhouzhouhui.models import Matter, Sealed


def test_the_first_contact_that_reached_somebody_counts(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    now = cast.now
    cast.act(record_contact, matter, "officer", manner="not_reached", contacted_at=now)
    assert Matter.objects.get(id=matter.id).contacted_at is None
    cast.act(record_contact, matter, "officer", manner="phone", contacted_at=now, words="约了周四上门")
    cast.act(record_contact, matter, "officer", manner="visit", contacted_at=now + timedelta(minutes=1))
    matter = Matter.objects.get(id=matter.id)
    assert matter.contacted_at == now and matter.taken_at is not None
    assert Sealed.objects.get(line__verb="record_contact", name="words").public_text == ""


def test_a_contact_is_in_the_past_and_in_a_known_manner(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    ahead = cast.now + timedelta(days=1)
    assert (
        refusal(cast.act, record_contact, matter, "officer", manner="phone", contacted_at=ahead)
        == "time_in_the_future:contacted_at"
    )
    assert (
        refusal(cast.act, record_contact, matter, "officer", manner="托梦", contacted_at=cast.now)
        == "no_such_choice:manner"
    )
