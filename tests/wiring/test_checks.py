"""The institution's own questions to an installation."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.end_mandate import end_mandate
from zhouzhouhui.checks import Answer, ask_installation, ask_town
from zhouzhouhui.models import Community, Mandate, Meeting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def asked(cast: Cast) -> dict[str, Answer]:
    return {answer.question.partition("(")[2].rstrip(")"): answer for answer in ask_town(cast.town, at=cast.now)}


def test_a_town_that_lacks_nothing_is_told_yes(cast: Cast) -> None:
    answers = asked(cast)
    assert answers["every community has a next meeting"].ok
    assert answers["every community has a cadre"].ok
    assert answers["there are communities"].ok
    assert answers["office, leader, administrator"].ok
    assert answers["holidays published"].ok
    assert answers["a host name"].ok


def test_a_community_without_cadre_or_meeting_is_named_with_what_to_do(cast: Cast) -> None:
    mandate = Mandate.objects.get(role="cadre", community=cast.whc)
    at = cast.later(days=1)
    end_mandate(town=cast.town, by=cast.who("admin"), at=at, mandate_id=mandate.id, ends_on=at.date())
    cast.later(days=2)
    Meeting.objects.filter(community=cast.whc, state="called").update(state="cancelled")
    answers = asked(cast)
    for question in ("every community has a cadre", "every community has a next meeting"):
        assert not answers[question].ok
        assert answers[question].found == "望河村"
        assert answers[question].remedy


def test_a_year_whose_holidays_nobody_knows_is_named(cast: Cast) -> None:
    meeting = Meeting.objects.filter(community=cast.yxy, state="called").latest("scheduled_at")
    Meeting.objects.filter(id=meeting.id).update(scheduled_at=datetime(2031, 1, 8, 11, 0, tzinfo=UTC))
    answer = asked(cast)["holidays published"]
    assert not answer.ok
    assert "2031" in answer.found


def test_a_town_without_communities_is_told_to_add_some(cast: Cast) -> None:
    empty = cast.town
    Community.objects.filter(town=empty).update(dissolved_on=NOW.date(), successor=cast.yxy)
    assert not asked(cast)["there are communities"].ok


def of_installation(at: datetime) -> dict[str, Answer]:
    return {a.question.partition("(")[2].rstrip(")"): a for a in ask_installation(at=at)}


def test_keys_clock_and_backups_are_asked_about(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    settings.KEYRING_PATH, settings.SECRET_KEY_FILE = tmp_path / "keyring.json", tmp_path / "secret_key"
    settings.SECRET_KEY_IS_THROWAWAY = True
    missing = of_installation(NOW)
    assert not any(missing[q].ok for q in ("keys present", "the clock runs", "a recent backup"))

    settings.SECRET_KEY_IS_THROWAWAY = False
    settings.BACKUP_DIR.mkdir()
    alive, backup = tmp_path / "clock.alive", settings.BACKUP_DIR / "zhouzhouhui-20261123T000000Z.tar.gz"
    for path in (alive, backup, settings.KEYRING_PATH, settings.SECRET_KEY_FILE):
        path.touch()
        path.chmod(0o600)
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert all(answer.ok for answer in of_installation(NOW + timedelta(minutes=1)).values())

    later = of_installation(NOW + timedelta(days=5))
    assert later["the clock runs"].found == "已过去 5 天"
    assert not later["a recent backup"].ok
    settings.KEYRING_PATH.chmod(0o644)
    assert of_installation(NOW)["keys readable by nobody else"].found == "keyring.json"
    assert of_installation(NOW + timedelta(hours=1))["the clock runs"].found == "已过去 1 小时 0 分"
