"""Granting a mandate: a role in a scope for a term."""

from datetime import date, datetime

from ..models import Community, Department, Mandate, Person, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._town_line import require, town_line

OF_A_COMMUNITY = frozenset({Mandated.CADRE, Mandated.HOST, Mandated.RECORDER, Mandated.DELEGATE})

# who runs the installation and who checks on it is not for the office to say
ONLY_BY_ADMINISTRATOR = frozenset({Mandated.ADMINISTRATOR, Mandated.AUDITOR})


@in_one_transaction
def grant_mandate(
    *, town: Town, by: Actor, at: datetime, person: Person, role: str, starts_on: date, ends_on: date | None = None,
    community: Community | None = None, department: Department | None = None, title: str = "",
) -> Mandate:  # fmt: skip
    """Write the mandate. An officer needs a department, a cadre a community; nothing links across towns."""
    check_may_grant(by, at, role)
    mandate = build_mandate(
        town=town, person=person, role=role, starts_on=starts_on, ends_on=ends_on, community=community,
        department=department, title=title,
    )  # fmt: skip
    mandate.save(force_insert=True)
    town_line(
        "grant_mandate", town=town, by=by, at=at, subject=f"mandate:{mandate.id}", facts=mandate_facts(mandate),
        sealed={"person": str(person.id)},
    )  # fmt: skip
    return mandate


def check_may_grant(by: Actor, at: datetime, role: str) -> None:
    """Refuse whoever may not grant or end a mandate of this role."""
    require(by, at, Mandated.ADMINISTRATOR, *(() if role in ONLY_BY_ADMINISTRATOR else (Mandated.OFFICE,)))


def build_mandate(
    *, town: Town, person: Person, role: str, starts_on: date, ends_on: date | None = None,
    community: Community | None = None, department: Department | None = None, title: str = "",
) -> Mandate:  # fmt: skip
    """A mandate's row, checked and not written yet."""
    if role not in {m.value for m in Mandated}:
        raise Refused("no_such_choice", what="role", choice=role)
    if any(x is not None and x.town_id != town.id for x in (person, community, department)):
        raise Refused("not_found")
    if role == Mandated.OFFICER and department is None:
        raise Refused("must_bring", what="department")
    if role == Mandated.CADRE and community is None:
        raise Refused("must_bring", what="community")
    if ends_on is not None and ends_on < starts_on:
        raise Refused("term_backwards")
    return Mandate(
        town=town, person=person, role=role, community=community if role in OF_A_COMMUNITY else None,
        department=department if role == Mandated.OFFICER else None, title=title, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip


def mandate_facts(mandate: Mandate) -> dict[str, str | None]:
    """What the ledger tells of a mandate; the person is only committed to."""
    return {
        "mandate": mandate.role,
        "community": mandate.community.code if mandate.community else None,
        "department": mandate.department.code if mandate.department else None,
        "starts_on": mandate.starts_on.isoformat(),
        "ends_on": mandate.ends_on.isoformat() if mandate.ends_on else None,
    }
