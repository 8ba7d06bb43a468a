"""Which town a request belongs to, and that a session stays in its town."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.found_town import found_town
from zhouzhouhui.models import Town
from zhouzhouhui.queries import town_of_host as hosts

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def second_town(cast: Cast) -> Town:
    return found_town(code="310112999", name="另一镇", hosts=["Other.Example"], at=cast.now)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_the_only_town_answers_on_this_machine(cast: Cast, host: str) -> None:
    assert hosts.town_of_host(host) == cast.town


def test_with_two_towns_only_listed_names_are_answered(cast: Cast) -> None:
    other = second_town(cast)
    assert hosts.town_of_host("127.0.0.1:8000") is None
    assert hosts.town_of_host("other.example:443") == other
    assert hosts.town_of_host("OTHER.example.") == other
    assert hosts.town_of_host("stranger.example") is None


def test_an_unknown_host_is_told_so_in_plain_words(cast: Cast) -> None:
    answer = Client().get("/", headers={"host": "stranger.example"})
    assert answer.status_code == 421
    assert "不属于任何一个镇" in answer.content.decode()


def test_health_needs_no_town() -> None:
    answer = Client().get("/healthz", headers={"host": "anything.example"})
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_a_session_of_one_town_is_worth_nothing_in_another(cast: Cast) -> None:
    second_town(cast)
    client = Client()
    client.force_login(cast.people["office"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.session.get("_auth_user_id")
    client.get("/healthz", headers={"host": "other.example"})
    client.get("/", headers={"host": "other.example"})
    assert not client.session.get("_auth_user_id")


def test_a_serving_process_remembers_a_host_for_a_moment_only(cast: Cast, settings: Any) -> None:
    settings.HOST_MEMORY_SECONDS = 5.0
    now = [100.0]
    hosts._remembered.clear()
    try:
        assert hosts.town_of_host("localhost", clock=lambda: now[0]) == cast.town
        other = second_town(cast)
        assert hosts.town_of_host("localhost", clock=lambda: now[0]) == cast.town
        now[0] += 6
        assert hosts.town_of_host("other.example", clock=lambda: now[0]) == other
        assert hosts.town_of_host("localhost", clock=lambda: now[0]) != other
    finally:
        hosts._remembered.clear()
