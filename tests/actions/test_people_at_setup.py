"""People: their facts, their password, and what happens to their work when they leave."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.add_person import add_person
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.actions.appoint_recorder import appoint_recorder
from zhouzhouhui.actions.change_person import change_person
from zhouzhouhui.actions.grant_mandate import grant_mandate
from zhouzhouhui.actions.hand_over import hand_over
from zhouzhouhui.actions.mark_restricted import mark_restricted
from zhouzhouhui.actions.name_substitute import name_substitute
from zhouzhouhui.actions.set_password import set_password
from zhouzhouhui.models import ApiToken, Appointment, LedgerLine, Mandate, Matter, Person
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules.powers import CLOCK, Mandated
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def _told(cast: Cast, login: str, by: str = "office") -> dict[str, Any]:
    return {"town": cast.town, "by": cast.who(by), "at": cast.later(minutes=1), "person_id": cast.people[login].id}


def _new(cast: Cast, login: str = "heir") -> Person:
    cast.people[login] = add_person(town=cast.town, by=CLOCK, at=cast.now, login=login, name="接任")
    return cast.people[login]


def test_facts_of_a_person_are_written_and_the_chain_tells_none_of_them(cast: Cast) -> None:
    change_person(**_told(cast, "cadre"), name="王新书", phone="13812345678", workplace="银杏苑居委会")
    one = Person.objects.get(id=cast.people["cadre"].id)
    assert (one.name, one.workplace, keyring.decrypt(one.phone_sealed)) == ("王新书", "银杏苑居委会", "13812345678")
    line = json.loads(LedgerLine.objects.get(verb="change_person").body)
    assert line["changed"] == ["name", "phone", "workplace"]
    assert "王新书" not in json.dumps(line, ensure_ascii=False)
    change_person(**_told(cast, "cadre"), name="王新书", workplace="银杏苑居委会")
    assert keyring.decrypt(Person.objects.get(id=one.id).phone_sealed) == "13812345678"
    assert LedgerLine.objects.filter(verb="change_person").count() == 1
    change_person(**_told(cast, "cadre"), name="王新书", phone="", workplace="银杏苑居委会")
    assert Person.objects.get(id=one.id).phone_sealed == ""


def test_a_password_is_set_and_taken_away(cast: Cast) -> None:
    set_password(**_told(cast, "cadre"), password="一条很长的口令-2026")
    assert check_password("一条很长的口令-2026", Person.objects.get(id=cast.people["cadre"].id).password)
    set_password(**_told(cast, "cadre"), password="")
    assert not Person.objects.get(id=cast.people["cadre"].id).has_usable_password()


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123"])
def test_a_password_anybody_would_guess_is_refused(cast: Cast, weak: str) -> None:
    with pytest.raises(Refused) as refused:
        set_password(**_told(cast, "cadre"), password=weak)
    assert refused.value.code == "password_too_weak"


def test_who_leaves_with_open_work_needs_a_successor(cast: Cast) -> None:
    meeting = cast.next_meeting()
    cast.meet(appoint_host, meeting, "office", person=cast.people["cadre"].id)
    with pytest.raises(Refused) as refused:
        hand_over(**_told(cast, "cadre"))
    assert (refused.value.code, refused.value.facts["who"], refused.value.facts["to_hold"]) == (
        "hand_over_needed",
        ["cadre"],
        1,
    )
    assert Person.objects.get(id=cast.people["cadre"].id).is_active


def test_the_successor_takes_posts_meetings_and_the_leaver_can_do_nothing_more(cast: Cast) -> None:
    meeting = cast.next_meeting()
    cast.meet(appoint_host, meeting, "office", person=cast.people["cadre"].id)
    cast.meet(appoint_recorder, meeting, "office", person=cast.people["cadre"].id)
    ApiToken.objects.create(town=cast.town, person=cast.people["cadre"], hash="0" * 64, created_at=cast.now)
    heir = _new(cast)
    hand_over(**_told(cast, "cadre"), successor_id=heir.id)
    held = Appointment.objects.filter(meeting=meeting, ended_at=None)
    assert {(one.role, one.person_id) for one in held} == {("host", heir.id), ("recorder", heir.id)}
    tomorrow = (cast.now + timedelta(days=1)).date()
    assert cast.who("heir").holds(Mandated.CADRE, cast.now.date(), community=cast.yxy.id)
    assert not cast.who("cadre").holds(Mandated.CADRE, tomorrow)
    gone = Person.objects.get(id=cast.people["cadre"].id)
    assert (gone.is_active, gone.left_on) == (False, cast.now.date())
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert LedgerLine.objects.filter(verb="hand_over").count() == 1


def test_a_post_that_somebody_else_holds_too_needs_no_successor(cast: Cast) -> None:
    heir = _new(cast)
    told = {"town": cast.town, "by": CLOCK, "at": cast.now}
    grant_mandate(person=heir, role="cadre", community=cast.yxy, starts_on=date(2026, 1, 1), **told)
    hand_over(**_told(cast, "cadre"))
    assert not Person.objects.get(id=cast.people["cadre"].id).is_active


def test_a_delegate_leaves_without_successor_and_a_mandate_to_come_never_begins(cast: Cast) -> None:
    told = {"town": cast.town, "by": CLOCK, "at": cast.now}
    grant_mandate(person=cast.people["delegate"], role="host", community=cast.yxy, starts_on=date(2030, 1, 1), **told)
    hand_over(**_told(cast, "delegate"))
    assert [row.ends_on for row in Mandate.objects.filter(person=cast.people["delegate"])] == [cast.now.date()]


def test_a_successor_who_holds_the_post_already_gets_no_second_one(cast: Cast) -> None:
    heir = _new(cast)
    told = {"town": cast.town, "by": CLOCK, "at": cast.now}
    grant_mandate(person=heir, role="cadre", community=cast.yxy, starts_on=date(2026, 1, 1), **told)
    hand_over(**_told(cast, "cadre"), successor_id=heir.id)
    assert Mandate.objects.filter(person=heir).count() == 1


def test_refusals_of_handing_over(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"successor_id": cast.people["cadre"].id}, "successor_is_somebody_else"),
        ({"successor_id": other.people["cadre"].id}, "not_found"),
        ({"left_on": date(2099, 1, 1)}, "time_in_the_future"),
        ({"person_id": other.people["cadre"].id}, "not_found"),
        ({"person_id": cast.people["office"].id}, "successor_is_somebody_else"),
        ({"by": cast.who("admin")}, "not_allowed"),
    ]
    for more, code in cases:
        with pytest.raises(Refused) as refused:
            hand_over(**{**_told(cast, "cadre"), **more})
        assert refused.value.code == code


@pytest.mark.parametrize(("act", "more"), [(change_person, {"name": "x"}), (set_password, {"password": ""})])
def test_only_administrator_and_office_may_and_only_in_their_town(cast: Cast, act: Any, more: dict[str, Any]) -> None:
    other = build_cast(code="990112200", host="other.example")
    with pytest.raises(Refused) as refused:
        act(**_told(cast, "cadre", by="leader"), **more)
    assert refused.value.code == "not_allowed"
    with pytest.raises(Refused) as refused:
        act(**{**_told(cast, "cadre", by="admin"), "person_id": other.people["cadre"].id}, **more)
    assert refused.value.code == "not_found"


@pytest.mark.parametrize(("more", "code"), [({"name": ""}, "must_bring"), ({"name": "x" * 61}, "too_long")])
def test_facts_that_cannot_be_kept_are_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        change_person(**_told(cast, "cadre"), **more)
    assert refused.value.code == code


def _in_hand(cast: Cast, concerned: str) -> Matter:
    """A restricted matter about somebody, in the auditor's hands."""
    matter = cast.raise_between("有人拿了好处。")
    cast.act(mark_restricted, matter, "othercadre" if concerned == "cadre" else "cadre", concerns=[
        cast.people[concerned].id
    ])  # fmt: skip
    return cast.act(name_substitute, matter, "leader", substitute=cast.people["auditor"].id)


def test_a_restricted_matter_in_hand_goes_to_the_successor(cast: Cast) -> None:
    matter = _in_hand(cast, "recorder")
    with pytest.raises(Refused) as refused:
        hand_over(**_told(cast, "auditor"))
    assert (refused.value.code, refused.value.facts["in_hand"]) == ("hand_over_needed", 1)
    hand_over(**_told(cast, "auditor"), successor_id=_new(cast).id)
    assert Matter.objects.get(id=matter.id).substitute == cast.people["heir"]


def test_whoever_hands_over_learns_nothing_of_a_matter_about_themselves(cast: Cast) -> None:
    matter = _in_hand(cast, "office")
    hand_over(**_told(cast, "auditor"))
    assert Matter.objects.get(id=matter.id).substitute == cast.people["auditor"]


def test_the_office_cannot_sign_in_as_its_administrator(cast: Cast) -> None:
    for act, more in (
        (set_password, {"password": "一条很长的口令-2026"}),
        (change_person, {"name": "管理", "email": "a@b.cn"}),
    ):
        with pytest.raises(Refused) as refused:
            act(**_told(cast, "admin"), **more)
        assert refused.value.code == "not_allowed"
        act(**_told(cast, "admin", by="admin"), **more)
