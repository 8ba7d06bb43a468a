"""Enrolling many people at once, each with one mandate: a roster of delegates is read in as one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..models import Community, Department, Mandate, Person, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._ledger import Entry, append, hold_head, in_one_transaction
from ._rows import insert
from ._town_line import require
from .add_person import build_person
from .grant_mandate import build_mandate, check_may_grant, mandate_facts

AT_ONCE = 2_000


@dataclass(frozen=True)
class NewPerson:
    """Somebody for the roster, without a password, and the mandate they hold."""

    login: str
    name: str
    role: str
    starts_on: date
    ends_on: date | None = None
    community: Community | None = None
    department: Department | None = None
    title: str = ""
    workplace: str = ""
    delegate_kind: str = ""
    phone: str = ""


@in_one_transaction
def enrol_people(*, town: Town, by: Actor, at: datetime, people: Sequence[NewPerson]) -> list[Person]:
    """Write all of them or none, with the same lines as ``add_person`` and ``grant_mandate`` one by one."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    by.check_town(town.id)
    for role in sorted({new.role for new in people}):
        check_may_grant(by, at, role)
    if not 0 < len(people) <= AT_ONCE:
        raise Refused("batch_size", limit=AT_ONCE, count=len(people))
    rows = [_build(town, new) for new in people]
    _refuse_taken(town, [person.login for person, _ in rows])
    insert([person for person, _ in rows])
    insert([mandate for _, mandate in rows])
    role = "clock" if by.clock else "administrator" if by.holds(Mandated.ADMINISTRATOR, day_in_china(at)) else "office"
    entries = [entry for person, mandate in rows for entry in _entries(person, mandate, by, at, role)]
    append(hold_head(community_id=None, town_id=town.id), entries, algorithm=town.setting("hash"))
    return [person for person, _ in rows]


def _build(town: Town, new: NewPerson) -> tuple[Person, Mandate]:
    person = build_person(
        town=town, login=new.login, name=new.name, phone=new.phone, workplace=new.workplace,
        delegate_kind=new.delegate_kind,
    )  # fmt: skip
    mandate = build_mandate(
        town=town, person=person, role=new.role, starts_on=new.starts_on, ends_on=new.ends_on,
        community=new.community, department=new.department, title=new.title,
    )  # fmt: skip
    return person, mandate


def _refuse_taken(town: Town, logins: Sequence[str]) -> None:
    """A login is one person's: refuse one that is taken, or that the roster holds twice."""
    seen: set[str] = set()
    for login in logins:
        if login in seen:
            raise Refused("login_taken", login=login)
        seen.add(login)
    taken = Person.objects.filter(town=town, login__in=logins).values_list("login", flat=True).first()
    if taken is not None:
        raise Refused("login_taken", login=taken)


def _entries(person: Person, mandate: Mandate, by: Actor, at: datetime, role: str) -> list[Entry]:
    added = Entry(
        verb="add_person", by=by, role=role, at=at, subject=f"person:{person.id}", sealed={"name": (person.name, "")},
    )  # fmt: skip
    granted = Entry(
        verb="grant_mandate", by=by, role=role, at=at, subject=f"mandate:{mandate.id}", facts=mandate_facts(mandate),
        sealed={"person": (str(person.id), "")},
    )  # fmt: skip
    return [added, granted]
