"""Nothing of one town is seen or acted on from another, though both live in one installation."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import Cast
from tests.rules_around.verbs import MATTER_VERBS, MEETING_VERBS, action, brought, convene, take
from zhouzhouhui.actions.issue_token import issue_token
from zhouzhouhui.models import LedgerLine, Matter, Meeting
from zhouzhouhui.rules.powers import CLOCK, Actor
from zhouzhouhui.rules.refusals import Refused

OURS = "银杏苑西门的老槐树倒了压着电线"  # words that stand nowhere else
STRANGERS = ("office", "leader", "cadre", "officer", "delegate", "admin")


@pytest.fixture
def matter(cast: Cast) -> Matter:
    return cast.raised_earlier(OURS)


@pytest.mark.parametrize("verb", MATTER_VERBS)
def test_no_act_reaches_a_matter_of_another_town(cast: Cast, other: Cast, matter: Matter, verb: str) -> None:
    lines = LedgerLine.objects.count()
    own = other.raise_between("自己镇里的事。")
    lines += 1
    for stranger in (*(other.who(login) for login in STRANGERS), CLOCK, other.raiser(own), Actor(device="手机")):
        assert take(verb, other, matter, stranger, other=own.id) == "not_found", "named in one's own town"
        if stranger.person:
            found = take(verb, cast, matter, stranger, other=own.id)
            assert found == "not_found", "named in its own town by a person of another"
    assert LedgerLine.objects.count() == lines
    assert Matter.objects.get(id=matter.id).revision == matter.revision


@pytest.mark.parametrize("verb", MEETING_VERBS)
def test_no_act_reaches_a_meeting_of_another_town(cast: Cast, other: Cast, verb: str) -> None:
    meeting, lines = cast.next_meeting(), LedgerLine.objects.count()
    for stranger in (*(other.who(login) for login in STRANGERS), CLOCK):
        assert convene(verb, other, meeting, stranger) == "not_found"
        if stranger.person:
            assert convene(verb, cast, meeting, stranger) == "not_found"
    assert LedgerLine.objects.count() == lines
    assert Meeting.objects.get(id=meeting.id).state == "called"


def test_nothing_is_raised_or_called_in_another_town(cast: Cast, other: Cast) -> None:
    meeting, item = cast.open(), brought("raise_matter", cast)["item"]
    lines, tomorrow = LedgerLine.objects.count(), cast.now + timedelta(days=1)
    tries: list[tuple[str, dict[str, Any]]] = [
        ("raise_matter", {"item": item, "community_id": cast.yxy.id}),
        ("raise_matter", {"item": item, "meeting_id": meeting.id}),
        (
            "call_meeting",
            {"community_id": cast.yxy.id, "scheduled_at": tomorrow, "place": "门口"},
        ),
    ]
    for verb, told in tries:
        for town in (cast.town, other.town):
            with pytest.raises(Refused) as caught:
                action(verb)(town_id=town.id, by=other.who("office"), at=cast.later(minutes=1), **told)
            assert caught.value.code == "not_found"
    assert LedgerLine.objects.count() == lines


def test_persons_departments_and_matters_of_another_town_cannot_be_brought_along(
    cast: Cast, other: Cast, matter: Matter
) -> None:
    foreign = brought("assign_matter", other)
    told = {"town_id": cast.town.id, "matter_id": matter.id, "at": cast.now}
    with pytest.raises(Refused) as caught:
        action("assign_matter")(by=cast.who("office"), **foreign, **told)
    assert caught.value.code == "no_such_department"
    theirs = other.raise_between("别的镇的事。")
    for verb in ("merge_matter", "link_matters"):
        assert take(verb, cast, matter, cast.who("office"), other=theirs.id) == "not_found"
    with pytest.raises(Refused) as caught:
        action("mark_restricted")(by=cast.who("office"), concerns=[other.people["cadre"].id], **told)
    assert caught.value.code == "not_found"
    assert convene("appoint_host", other, other.next_meeting(), other.who("office")) == ""
    meeting = cast.next_meeting()
    with pytest.raises(Refused) as caught:
        action("appoint_host")(
            town_id=cast.town.id, meeting_id=meeting.id, by=cast.who("office"), at=cast.now,
            person=other.people["cadre"].id,
        )  # fmt: skip
    assert caught.value.code == "not_found"


# Over HTTP: every address there is, with the other town's keys in it.

FILLED = {
    "short": "YXY", "number": "1-01", "verb": "assign_matter", "code": "AAAA-BBBB-CCCC", "pile": "mine",
    "what": "communities", "day": "2026-03-03", "name": "990112100001", "rest": "", "path": "",
}  # fmt: skip
KEYS = ("matter_id", "meeting_id", "photo_id", "key")


def addresses(patterns: list[Any], before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern


def filled(route: str, keys: dict[str, UUID]) -> str | None:
    """The address with something of our town in every place, or None where it is written another way."""
    if "^" in route:
        return None
    parts = []
    for part in route.split("<"):
        name, closed, rest = part.partition(">")
        if not closed:
            parts.append(part)
            continue
        name = name.rpartition(":")[2]
        parts.append(str(keys.get(name) or FILLED.get(name) or "1") + rest)
    return "".join(parts)


def with_keys(cast: Cast, matter: Matter) -> list[str]:
    """Every address of the program, with each kind of key of our town where it asks for one."""
    things = {
        "matter_id": matter.id, "meeting_id": cast.next_meeting().id, "photo_id": matter.id,
    }  # fmt: skip
    found = []
    for key in (cast.yxy.id, cast.szs.id, cast.people["cadre"].id):
        for route, _pattern in addresses(list(get_resolver().url_patterns)):
            whole = filled(route, {**things, "key": key})
            if whole is not None and whole not in found and "logout" not in whole:
                found.append(whole)
    return found


def signed_in(cast: Cast, login: str, host: str) -> Client:
    client = Client(headers={"host": host})
    client.force_login(cast.people[login], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("login", ["office", "admin", "auditor", ""])
def test_no_address_of_another_town_shows_anything_of_ours(cast: Cast, other: Cast, matter: Matter, login: str) -> None:
    client = signed_in(other, login, "other.test") if login else Client(headers={"host": "other.test"})
    lines = LedgerLine.objects.filter(town=cast.town).count()
    asked = with_keys(cast, matter)
    assert len(asked) > 60
    with time_machine.travel(cast.now, tick=False):
        for address in asked:
            keyed = any(str(key) in address for key in (matter.id, cast.yxy.id, cast.szs.id, cast.people["cadre"].id))
            for answer in (client.get(address), client.post(address, {})):
                assert answer.status_code < 500, address
                content = b"".join(answer) if answer.streaming else answer.content
                assert OURS not in content.decode(errors="replace"), address
                if keyed and login:
                    assert answer.status_code in (302, 400, 403, 404, 405, 415, 422), (address, answer.status_code)
    assert LedgerLine.objects.filter(town=cast.town).count() == lines


def test_a_session_ends_where_the_other_town_begins(cast: Cast, other: Cast, matter: Matter) -> None:
    client = signed_in(cast, "office", "testserver")
    with time_machine.travel(cast.now, tick=False):
        assert OURS in client.get(f"/desk/m/{matter.id}/").content.decode()
        away = client.get("/desk/", headers={"host": "other.test"})
    assert away.status_code == 302 and "/sign-in/" in away["Location"]


def test_a_token_is_good_in_its_own_town_only(cast: Cast, other: Cast, matter: Matter) -> None:
    with time_machine.travel(cast.now, tick=False):
        token = issue_token(person=cast.people["office"], by=CLOCK, at=cast.now)
        for host, status in (("testserver", 200), ("other.test", 401)):
            answer = Client(headers={"host": host, "Authorization": f"Bearer {token}"}).get(
                f"/api/v1/matters/{matter.id}"
            )
            assert answer.status_code == status, answer.content.decode()
            assert (OURS in answer.content.decode()) == (status == 200)


def test_a_slip_is_good_in_its_own_town_only(cast: Cast, other: Cast, matter: Matter) -> None:
    code = cast.slips[str(matter.id)]
    with time_machine.travel(cast.now, tick=False):
        for host, shown in (("testserver", True), ("other.test", False)):
            client = Client(headers={"host": host})
            answer = client.post("/follow/", {"code": code}, follow=True)
            assert (OURS in answer.content.decode()) == shown
            told = client.get(f"/api/v1/matters/{matter.id}", headers={"X-Slip": code})
            assert (OURS in told.content.decode()) == shown
