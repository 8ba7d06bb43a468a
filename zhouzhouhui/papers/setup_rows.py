"""A row of a set-up sheet becomes an act: something new is added, something known is changed, the same stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from zhouzhouhui.actions.add_community import add_community
from zhouzhouhui.actions.add_department import add_department
from zhouzhouhui.actions.add_person import add_person
from zhouzhouhui.actions.change_community import change_community
from zhouzhouhui.actions.change_department import change_department
from zhouzhouhui.actions.change_person import change_person
from zhouzhouhui.actions.end_mandate import end_mandate
from zhouzhouhui.actions.grant_mandate import OF_A_COMMUNITY, grant_mandate
from zhouzhouhui.actions.set_category import set_category
from zhouzhouhui.actions.set_day import set_day
from zhouzhouhui.actions.set_password import check_password_strength
from zhouzhouhui.models import CalendarDay, Category, Community, Department, Mandate, Person, Town
from zhouzhouhui.papers.setup_columns import ITSELF
from zhouzhouhui.rules.powers import Actor, Mandated
from zhouzhouhui.rules.refusals import Refused

ADDED, CHANGED, SAME = "added", "changed", "same"
Cells = dict[str, Any]


@dataclass(frozen=True)
class Writer:
    """Who writes the rows, into which town, and when; and what is there already, read once for all rows."""

    town: Town
    by: Actor
    at: datetime
    write: bool  # False while it is only tried: a password need not be hashed then

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody by login."""
        return {person.login: person for person in Person.objects.filter(town=self.town)}

    @cached_property
    def mandates(self) -> dict[tuple[object, ...], Mandate]:
        """Every mandate by person, role, scope and first day."""
        return {_mandate_key(mandate): mandate for mandate in Mandate.objects.filter(town=self.town)}

    @cached_property
    def departments(self) -> dict[str, Department]:
        """Departments by name and, which wins, by code."""
        rows = list(Department.objects.filter(town=self.town, dissolved_on=None))
        return {row.name: row for row in rows} | {row.code: row for row in rows}

    @cached_property
    def communities(self) -> dict[str, Community]:
        """Communities by name, by code and, which wins, by short code."""
        rows = list(Community.objects.filter(town=self.town, dissolved_on=None))
        by_name = {row.name: row for row in rows} | {row.code: row for row in rows}
        return by_name | {row.short_code: row for row in rows}

    @property
    def told(self) -> dict[str, Any]:
        return {"town": self.town, "by": self.by, "at": self.at}


Act = Callable[[Writer, Cells], str]


def _is_same(row: object, wanted: Cells) -> bool:
    return all(getattr(row, field) == value for field, value in wanted.items())


def community_row(writer: Writer, cells: Cells) -> str:
    """Add or change a community; its short code stays."""
    wanted = {name: cells[name] for name in ("name", "name_en", "kind", "meets_at", "place", "joins_on")}
    wanted |= {"weekday": int(cells["weekday"]), "is_pilot": bool(cells["is_pilot"])}
    wanted["former_villages"] = cells["former_villages"]
    known = Community.objects.filter(town=writer.town, code=cells["code"]).first()
    if known is None:
        add_community(code=cells["code"], short_code=cells["short_code"], **wanted, **writer.told)
        return ADDED
    if known.short_code != cells["short_code"].upper():
        raise Refused("short_code_stays", short_code=known.short_code)
    if _is_same(known, wanted):
        return SAME
    change_community(community_id=known.id, **wanted, **writer.told)
    return CHANGED


def department_row(writer: Writer, cells: Cells) -> str:
    """Add or change a department."""
    wanted = {name: cells[name] for name in ("name", "name_en", "level", "phone")}
    known = Department.objects.filter(town=writer.town, code=cells["code"]).first()
    if known is None:
        add_department(code=cells["code"], **wanted, **writer.told)
        return ADDED
    if _is_same(known, wanted):
        return SAME
    change_department(department_id=known.id, **wanted, **writer.told)
    return CHANGED


def _mandate_key(mandate: Mandate) -> tuple[object, ...]:
    return (mandate.person_id, mandate.role, mandate.community_id, mandate.department_id, mandate.starts_on)


def department_named(writer: Writer, name: str) -> Department:
    """Return the department with this code or name. Raises Refused."""
    found = writer.departments.get(name)
    if found is None:
        raise Refused("no_such_department_named", department=name)
    return found


def community_named(writer: Writer, name: str) -> Community:
    """Return the community with this short code, code or name. Raises Refused."""
    found = writer.communities.get(name) or writer.communities.get(name.upper())
    if found is None:
        raise Refused("no_such_community", community=name)
    return found


def category_row(writer: Writer, cells: Cells) -> str:
    """Add or change a category."""
    owner = cells["owner"]
    department = department_named(writer, owner) if owner and owner != ITSELF else None
    known = Category.objects.filter(town=writer.town, code=cells["code"]).select_related("parent").first()
    wanted = {
        "name": cells["name"], "name_en": cells["name_en"], "owner_is_community": owner == ITSELF,
        "is_restricted": bool(cells["is_restricted"]), "retired_on": cells["retired_on"],
    }  # fmt: skip
    above = known.parent.code if known is not None and known.parent else ""
    if known is not None and above == cells["parent"] and _is_same(known, wanted | {"owner_department": department}):
        return SAME
    code = department.code if department else ""
    set_category(code=cells["code"], parent=cells["parent"], owner_department=code, **wanted, **writer.told)
    return ADDED if known is None else CHANGED


def day_row(writer: Writer, cells: Cells) -> str:
    """Set a day of the town's calendar."""
    known = CalendarDay.objects.filter(town=writer.town, day=cells["day"]).first()
    if known is not None and (known.kind, known.note) == (cells["kind"], cells["note"]):
        return SAME
    set_day(**cells, **writer.told)
    return ADDED if known is None else CHANGED


def person_row(writer: Writer, cells: Cells) -> str:
    """Add or change a person, and grant the mandate the row names. A known login must be the same person."""
    login = cells["login"].lower()
    person = writer.people.get(login)
    facts = {name: cells[name] for name in ("workplace", "delegate_kind", "email")}
    result = SAME
    if person is None:
        person, result = _new_person(writer, login, cells, facts), ADDED
    elif person.name != cells["name"]:
        raise Refused("login_is_somebody_else", login=login, name=person.name)
    else:
        # an empty cell says nothing about a person who is known already
        wanted = {field: value or getattr(person, field) for field, value in facts.items()}
        if cells["phone"] or not _is_same(person, wanted):
            phone = cells["phone"] or None
            person = change_person(person_id=person.id, name=person.name, phone=phone, **wanted, **writer.told)
            result = CHANGED
    changed = _mandate(writer, person, cells)
    writer.people[login] = person  # only now: a row that is refused leaves nothing behind
    return CHANGED if changed and result == SAME else result


def _new_person(writer: Writer, login: str, cells: Cells, facts: Cells) -> Person:
    if cells["password"]:
        check_password_strength(cells["password"])
    password = cells["password"] if writer.write else ""
    return add_person(login=login, name=cells["name"], phone=cells["phone"], password=password, **facts, **writer.told)


def _mandate(writer: Writer, person: Person, cells: Cells) -> bool:
    """Grant or end the mandate of the row; return whether there was anything to do."""
    if not cells["role"]:
        return False
    if cells["starts_on"] is None:
        raise Refused("must_bring", what="starts_on")
    community = community_named(writer, cells["community"]) if cells["community"] else None
    department = department_named(writer, cells["department"]) if cells["department"] else None
    scope: dict[str, Any] = {
        "community": community if cells["role"] in OF_A_COMMUNITY else None,
        "department": department if cells["role"] == Mandated.OFFICER else None,
    }
    wanted = Mandate(person=person, role=cells["role"], starts_on=cells["starts_on"], **scope)
    same = writer.mandates.get(_mandate_key(wanted))
    if same is None:
        same = grant_mandate(
            person=person, role=cells["role"], starts_on=cells["starts_on"], ends_on=cells["ends_on"],
            title=cells["title"], **scope, **writer.told,
        )  # fmt: skip
    elif cells["ends_on"] not in (None, same.ends_on):
        same = end_mandate(mandate_id=same.id, ends_on=cells["ends_on"], **writer.told)
    else:
        return False
    writer.mandates[_mandate_key(same)] = same
    return True
