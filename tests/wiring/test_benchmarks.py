"""What the benchmarks fill a database with is a town that pages and acts can work on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchmarks.fill import fill
from benchmarks.load import Run, request
from zhouzhouhui.actions.raise_matter import NewMatter, raise_matter
from zhouzhouhui.models import ChainHead, Community, LedgerLine, Matter, Person, Sealed, Voice
from zhouzhouhui.queries.actors import actor_of

pytestmark = pytest.mark.django_db


def test_a_filled_town_has_what_was_asked_for_and_can_go_on() -> None:
    town = fill(communities=3, matters=160, at=timezone.now())
    assert Matter.objects.filter(town=town).count() == Voice.objects.filter(town=town).count() == 160
    assert LedgerLine.objects.filter(town=town, verb="raise_matter").count() == 160
    assert Sealed.objects.filter(town=town).count() == 320
    states = set(Matter.objects.values_list("state", flat=True))
    assert states == {"raised", "promised", "answered", "closed"}
    community = Community.objects.get(short_code="V001")
    page = Client().get("/c/V001/", headers={"host": "127.0.0.1"})
    assert page.status_code == 200
    assert Client().get("/c/V001/m/1-08/", headers={"host": "127.0.0.1"}).status_code == 200
    before = ChainHead.objects.get(community=community).seq
    raise_matter(
        item=NewMatter(words="路灯坏了。", kind="request", category="C1"), town_id=town.id, community_id=community.id,
        by=actor_of(Person.objects.get(login="office")), at=timezone.now() + timedelta(minutes=1),
    )  # fmt: skip
    assert ChainHead.objects.get(community=community).seq == before + 1


def test_an_empty_town_can_be_filled_too() -> None:
    town = fill(communities=2, matters=0, at=timezone.now())
    assert Community.objects.filter(town=town).count() == 2
    assert not Matter.objects.exists()


def test_figures_of_a_run_are_nearest_ranks() -> None:
    run = Run(wall=2.0, latencies=[n / 1000 for n in range(1, 101)])
    assert (run.rate, run.ms(50), run.ms(99), run.ms(100)) == (50.0, 50.0, 99.0, 100.0)
    assert request("POST", "/x", host="h", body=b"ab").endswith(b"Content-Length: 2\r\n\r\nab")
