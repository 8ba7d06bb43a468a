"""Mandates and relations become roles: towards a matter, towards a meeting."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from zhouzhouhui.rules.powers import (
    CLOCK,
    Actor,
    Mandated,
    MandateFact,
    MatterFacts,
    MeetingFacts,
    Role,
    matter_roles,
    meeting_roles,
)

DAY = date(2026, 3, 17)
HERE, THERE, SZS, JWS = uuid4(), uuid4(), uuid4(), uuid4()


def person(*mandates: MandateFact) -> Actor:
    return Actor(person=uuid4(), mandates=mandates)


def of(role: Mandated, **scope: UUID) -> MandateFact:
    return MandateFact(role, **scope)


def roles(actor: Actor, matter: MatterFacts, meeting: MeetingFacts | None = None) -> set[str]:
    return {role.value for role in matter_roles(actor, matter, meeting, DAY)}


PLAIN = MatterFacts(community=HERE)
OFFICE = of(Mandated.OFFICE)
CADRE = of(Mandated.CADRE, community=HERE)


@pytest.mark.parametrize(
    ("mandate", "expected"),
    [
        (OFFICE, {"office", "resident"}),
        (of(Mandated.LEADER), {"leader", "resident"}),
        (CADRE, {"cadre", "resident"}),
        (of(Mandated.CADRE, community=THERE), {"resident"}),
        (of(Mandated.DELEGATE, community=HERE), {"delegate", "resident"}),
        (of(Mandated.DELEGATE, community=THERE), {"resident"}),
        (of(Mandated.AUDITOR), {"resident"}),
        (of(Mandated.ADMINISTRATOR), {"resident"}),
        (of(Mandated.OFFICER, department=SZS), {"resident"}),
    ],
)
def test_a_mandate_counts_in_its_own_scope(mandate: MandateFact, expected: set[str]) -> None:
    assert roles(person(mandate), PLAIN) == expected


def test_a_mandate_counts_in_its_term() -> None:
    past = MandateFact(Mandated.OFFICE, ends_on=date(2026, 3, 16))
    last_day = MandateFact(Mandated.OFFICE, ends_on=DAY)
    future = MandateFact(Mandated.OFFICE, starts_on=date(2026, 3, 18))
    assert [roles(person(m), PLAIN) for m in (past, last_day, future)] == [
        {"resident"}, {"office", "resident"}, {"resident"},
    ]  # fmt: skip


def test_whoever_it_was_assigned_to_leads_owns_or_assists() -> None:
    officer, other = person(of(Mandated.OFFICER, department=SZS)), person(of(Mandated.OFFICER, department=JWS))
    matter = MatterFacts(HERE, lead_department=SZS, owner_department=SZS, assisting=frozenset({JWS}))
    assert roles(officer, matter) == {"lead", "owner", "resident"}
    assert roles(other, matter) == {"assisting", "resident"}
    own = MatterFacts(HERE, lead_is_community=True, owner_is_community=True)
    assert roles(person(CADRE), own) == {"cadre", "lead", "owner", "resident"}
    assert roles(person(OFFICE), own) == {"office", "resident"}


def test_host_and_recorder_are_of_the_open_meeting_of_the_community() -> None:
    host, recorder = person(), person()
    assert host.person and recorder.person
    facts = {"hosts": frozenset({host.person}), "recorders": frozenset({recorder.person})}
    here = MeetingFacts(HERE, is_open=True, **facts)
    assert roles(host, PLAIN, here) == {"host", "resident"}
    assert roles(recorder, PLAIN, here) == {"recorder", "resident"}
    assert roles(host, PLAIN, MeetingFacts(HERE, **facts)) == {"resident"}
    assert roles(host, PLAIN, MeetingFacts(THERE, is_open=True, **facts)) == {"resident"}
    assert meeting_roles(host, here, DAY) == {Role.HOST, Role.RESIDENT}


def test_the_holder_of_a_slip_is_the_raiser_and_nothing_more() -> None:
    matter = MatterFacts(HERE, raisers=frozenset({"a"}), seconders=frozenset({"b"}))
    assert roles(Actor(slips=frozenset({"a"})), matter) == {"raiser", "resident"}
    assert roles(Actor(slips=frozenset({"b"})), matter) == {"seconder", "resident"}
    assert roles(Actor(slips=frozenset({"c"})), matter) == {"resident"}
    known = person()
    assert known.person
    assert roles(known, MatterFacts(HERE, raiser_people=frozenset({known.person}))) == {"raiser", "resident"}


def test_for_a_person_it_concerns_a_matter_does_not_exist_whatever_their_mandates() -> None:
    boss = person(OFFICE, of(Mandated.LEADER), CADRE)
    assert boss.person
    matter = MatterFacts(
        HERE, restricted=True, concerns=frozenset({boss.person}), lead_is_community=True, last_maker=boss.key
    )
    assert roles(boss, matter) == set()


def test_a_restricted_matter_is_known_to_its_desk_its_handlers_the_leader_and_its_raiser() -> None:
    matter = MatterFacts(HERE, restricted=True, lead_department=SZS, raisers=frozenset({"a"}))
    assert roles(person(OFFICE), matter) == {"desk", "office"}
    assert roles(person(of(Mandated.LEADER)), matter) == {"leader"}
    assert roles(person(of(Mandated.OFFICER, department=SZS)), matter) == {"lead"}
    assert roles(Actor(slips=frozenset({"a"})), matter) == {"raiser"}
    assert roles(person(CADRE), matter) == set()
    assert roles(Actor(device="phone"), matter) == set()
    stand_in = person()
    named = MatterFacts(HERE, restricted=True, substitute=stand_in.person)
    assert roles(stand_in, named) == {"desk", "office"}


def test_the_clock_is_the_clock_and_nobody_else() -> None:
    assert roles(CLOCK, PLAIN) == {"clock"}
    assert meeting_roles(CLOCK, MeetingFacts(HERE), DAY) == {Role.CLOCK}


def test_the_maker_of_the_last_entry_is_known_by_key() -> None:
    keys = {
        "clock": CLOCK, "device:d1": Actor(device="d1"), "slip:a": Actor(slips=frozenset({"b", "a"})), "slip:": Actor(),
    }  # fmt: skip
    assert {key: actor.key for key, actor in keys.items()} == {key: key for key in keys}
    somebody = person()
    assert somebody.key == f"person:{somebody.person}"
    assert "maker" in roles(somebody, MatterFacts(HERE, last_maker=somebody.key))
    assert "maker" in roles(Actor(device="d1"), MatterFacts(HERE, last_maker="device:d1", restricted=True))
    assert "maker" not in roles(person(), MatterFacts(HERE, last_maker=somebody.key))


def test_residents_have_no_mandates_in_a_meeting() -> None:
    assert meeting_roles(Actor(device="phone"), MeetingFacts(HERE), DAY) == {Role.RESIDENT}
