"""Tokens: shown once, kept as a hash, given and taken back by the administrator."""

from datetime import timedelta

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.issue_token import issue_token, revoke_token
from zhouzhouhui.models import ApiToken, LedgerLine
from zhouzhouhui.queries.token_holder import actor_of_token
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def test_a_token_opens_what_its_person_may_and_is_nowhere_in_the_database(cast: Cast) -> None:
    raw = issue_token(person=cast.people["office"], by=cast.who("admin"), at=cast.later(minutes=1), name="大屏")
    token = ApiToken.objects.get()
    assert raw not in (token.hash, token.name)
    actor = actor_of_token(raw, town_id=cast.town.id, at=cast.now)
    assert actor is not None
    assert actor.person == cast.people["office"].id
    line = LedgerLine.objects.get(verb="issue_token")
    assert raw not in line.body
    assert cast.people["office"].name not in line.body


def test_a_token_with_days_is_over_after_them(cast: Cast) -> None:
    raw = issue_token(person=cast.people["office"], by=cast.who("admin"), at=cast.now, days=3)
    assert actor_of_token(raw, town_id=cast.town.id, at=cast.now + timedelta(days=2)) is not None
    assert actor_of_token(raw, town_id=cast.town.id, at=cast.now + timedelta(days=4)) is None


def test_a_revoked_token_opens_nothing_and_is_revoked_once(cast: Cast) -> None:
    raw = issue_token(person=cast.people["office"], by=cast.who("admin"), at=cast.now)
    token = ApiToken.objects.get()
    revoke_token(town_id=cast.town.id, token_id=token.id, by=cast.who("admin"), at=cast.later(minutes=1))
    assert actor_of_token(raw, town_id=cast.town.id, at=cast.now) is None
    with pytest.raises(Refused) as again:
        revoke_token(town_id=cast.town.id, token_id=token.id, by=cast.who("admin"), at=cast.now)
    assert again.value.code == "not_found"


@pytest.mark.parametrize("login", ["office", "cadre", "auditor"])
def test_only_the_administrator_gives_and_takes_tokens(cast: Cast, login: str) -> None:
    with pytest.raises(Refused) as refused:
        issue_token(person=cast.people["office"], by=cast.who(login), at=cast.now)
    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize("days", [0, -1, 4000])
def test_days_beyond_sense_are_refused(cast: Cast, days: int) -> None:
    with pytest.raises(Refused):
        issue_token(person=cast.people["office"], by=cast.who("admin"), at=cast.now, days=days)


def test_nobody_who_left_gets_a_token(cast: Cast) -> None:
    person = cast.people["office"]
    person.is_active = False
    with pytest.raises(Refused) as refused:
        issue_token(person=person, by=cast.who("admin"), at=cast.now)
    assert refused.value.code == "not_found"


def test_what_is_no_token_is_nobody(cast: Cast) -> None:
    for raw in ("", "zzh_", "bearer", "zzh_" + "x" * 200):
        assert actor_of_token(raw, town_id=cast.town.id, at=cast.now) is None
