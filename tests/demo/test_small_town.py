"""A small demo town, lived through from its first day: three communities, a few meetings each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from zhouzhouhui.demo.build import OtherThanPlanned, build_demo_town, check
from zhouzhouhui.demo.matter_plans import Wanted
from zhouzhouhui.demo.read_corpus import communities
from zhouzhouhui.demo.settlement import Account
from zhouzhouhui.models import LedgerLine, Mandate, Matter, Meeting, Minutes, Person, Town
from zhouzhouhui.queries.figures import figures, recount_from_ledger
from zhouzhouhui.queries.verify import verify
from zhouzhouhui.rules.rhythm import CHINA

NOW = datetime(2026, 11, 23, 13, 20, tzinfo=CHINA)
WANTED = Wanted(
    raised=60, closed_or_answered=36, merged=1, withdrawn=1, shelved=1, declined=1, referred=1, referred_unread=1,
    restricted_open=1, disputed=1, just_raised=2, in_hall=1,
)  # fmt: skip
HELD = {"GH": (7, {2: "cancelled", 4: "moved"}), "XD": (5, {1: "not_held"}), "QD": (7, {3: "broken_off"})}
SEED = 5  # in which every way occurs
EVERY_WAY = """
    raise_matter second_matter assign_matter record_contact draft_answer sign_answer give_answer carry_over
    shelve_matter decline_matter refer_matter merge_matter withdraw_matter read_decision dispute_answer
    accept_answer lapse_answer call_meeting move_meeting cancel_meeting mark_not_held break_off_meeting
    appoint_host appoint_recorder open_meeting sign_in adjourn_meeting edit_minutes sign_minutes publish_minutes
"""

pytestmark = pytest.mark.django_db


@dataclass
class Built:
    town: Town
    accounts: list[Account]
    days: list[int]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
    """The town once for all tests of this file, taken back after them."""
    every = {p.short_code: p for p in communities()}
    plans = [replace(every[code], held=held, fates=fates) for code, (held, fates) in HELD.items()]
    days: list[int] = []

    def told(lived: int, _whole: int, _day: str) -> None:
        days.append(lived)

    with django_db_blocker.unblock(), transaction.atomic():
        town, accounts = build_demo_town(now=NOW, seed=SEED, told=told, plans=plans, wanted=WANTED, delegates=12)
        yield Built(town, accounts, days)
        transaction.set_rollback(True)


def states(built: Built, short_code: str) -> Counter[str]:
    return Counter(
        Meeting.objects.filter(town=built.town, community__short_code=short_code).values_list("state", flat=True)
    )


def test_the_figures_are_those_of_the_plan_from_the_rows_and_from_the_lines_alone(built: Built) -> None:
    rows = figures(town_id=built.town.id).as_json()
    assert [rows[n] for n in ("raised", "closed_or_answered", "merged", "withdrawn")] == [60, 36, 1, 1]
    assert recount_from_ledger(town_id=built.town.id).as_json() == rows


def test_nothing_in_its_ledger_is_found_altered_or_missing(built: Built) -> None:
    report = verify(town_id=built.town.id)
    assert report.findings == []
    assert report.ok


def test_meetings_were_held_moved_cancelled_forgotten_and_broken_off(built: Built) -> None:
    oldest, quiet, open_today = states(built, "GH"), states(built, "QD"), states(built, "XD")
    assert (oldest["cancelled"], open_today["not_held"], open_today["open"]) == (1, 1, 1)
    broken = Meeting.objects.get(town=built.town, frozen__isnull=False, continued_by__isnull=False)
    extra = Meeting.objects.get(continues=broken)
    assert (broken.number, extra.number, extra.kind) == (4, 5, "extra")
    assert Meeting.objects.exclude(moved_from=None).get(town=built.town).community.short_code == "GH"
    held = [sum(s[name] for name in ("adjourned", "published", "broken_off")) for s in (oldest, quiet, open_today)]
    assert held == [7, 7, 5]


def test_the_open_meeting_has_begun_and_is_not_over(built: Built) -> None:
    meeting = Meeting.objects.get(town=built.town, state="open")
    assert meeting.scheduled_at == datetime(2026, 11, 23, 12, 30, tzinfo=CHINA)
    assert Matter.objects.filter(due_meeting=meeting).count() >= 2
    assert Matter.objects.filter(raised_meeting=meeting).count() == 2
    assert Matter.objects.filter(answered_meeting=meeting).count() >= 1


def test_the_clock_of_the_town_has_run_to_the_build_day(built: Built) -> None:
    assert built.days == sorted(built.days)
    called = Meeting.objects.filter(town=built.town, state="called", scheduled_at__gt=NOW)
    assert Counter(called.values_list("community__short_code", flat=True)) == {"GH": 3, "QD": 3, "XD": 3}
    assert not Meeting.objects.filter(
        town=built.town, state="called", scheduled_at__lte=NOW - timedelta(days=1)
    ).exists()


def test_matters_went_every_way(built: Built) -> None:
    verbs = set(LedgerLine.objects.filter(town=built.town).values_list("verb", flat=True))
    assert set(EVERY_WAY.split()) - verbs == set()


def test_nothing_happened_after_the_build_moment_or_before_the_founding(built: Built) -> None:
    moments = LedgerLine.objects.filter(town=built.town).values_list("happened_at", flat=True)
    assert max(moments) <= NOW
    assert min(moments) == built.town.created_at


def test_only_the_accounts_announced_have_a_password(built: Built) -> None:
    people = Person.objects.filter(town=built.town)
    with_password = {p.login for p in people if p.has_usable_password()}
    assert with_password == {a.login for a in built.accounts}
    assert {a.role for a in built.accounts} == {
        "office", "leader", "cadre", "host", "recorder", "officer", "delegate", "auditor", "administrator",
    }  # fmt: skip
    for account in built.accounts:
        assert check_password(account.password, people.get(login=account.login).password)
    assert Mandate.objects.filter(town=built.town, role="delegate").count() == 12


def test_minutes_are_signed_and_published(built: Built) -> None:
    minutes = Minutes.objects.filter(town=built.town)
    assert minutes.exclude(published_at=None).count() >= 16
    assert all("现场：" in one.words and "周周会纪要" in one.words for one in minutes)


def test_a_town_that_comes_out_otherwise_is_not_shown(built: Built) -> None:
    stage = SimpleNamespace(town=built.town, communities={})
    with pytest.raises(OtherThanPlanned, match="raised by the ledger alone"):
        check(stage, replace(WANTED, raised=61), delegates=12)  # type: ignore[arg-type]
