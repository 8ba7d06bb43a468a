"""A row of a set-up sheet becomes an act: something new is added, something known is changed, the same stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

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


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes the rows, into which town, and when."""

    town: Town
    by: Actor
    at: datetime
    write: bool  # False while it is only tried: a password need not be hashed then

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


def department_named(town: Town, name: str) -> Department:
    """Return the department with this code or name. Raises Refused."""
    found = Department.objects.filter(Q(code=name) | Q(name=name), town=town, dissolved_on=None).first()
    if found is None:
        raise Refused("no_such_department_named", department=name)
    return found


def community_named(town: Town, name: str) -> Community:
    """Return the community with this short code, code or name. Raises Refused."""
    by_any = Q(short_code=name.upper()) | Q(code=name) | Q(name=name)
    found = Community.objects.filter(by_any, town=town, dissolved_on=None).first()
    if found is None:
        raise Refused("no_such_community", community=name)
    return found


def category_row(writer: Writer, cells: Cells) -> str:
    """Add or change a category."""
    owner = cells["owner"]
    department = department_named(writer.town, owner) if owner and owner != ITSELF else None
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
    known = Person.objects.filter(town=writer.town, login=login).first()
    facts = {name: cells[name] for name in ("workplace", "delegate_kind", "email")}
    if known is None:
        if cells["password"]:
            check_password_strength(cells["password"])
        password = cells["password"] if writer.write else ""
        known = add_person(
            login=login, name=cells["name"], phone=cells["phone"], password=password, **facts, **writer.told
        )
        result = ADDED
    elif known.name != cells["name"]:
        raise Refused("login_is_somebody_else", login=login, name=known.name)
    else:
        # an empty cell says nothing about a person who is known already
        wanted = {field: value or getattr(known, field) for field, value in facts.items()}
        result = SAME if _is_same(known, wanted) and not cells["phone"] else CHANGED
        if result == CHANGED:
            change_person(person_id=known.id, name=known.name, phone=cells["phone"] or None, **wanted, **writer.told)
    return _mandate(writer, known, cells, result)


def _mandate(writer: Writer, person: Person, cells: Cells, result: str) -> str:
    if not cells["role"]:
        return result
    if cells["starts_on"] is None:
        raise Refused("must_bring", what="starts_on")
    community = community_named(writer.town, cells["community"]) if cells["community"] else None
    department = department_named(writer.town, cells["department"]) if cells["department"] else None
    scope: dict[str, Any] = {
        "community": community if cells["role"] in OF_A_COMMUNITY else None,
        "department": department if cells["role"] == Mandated.OFFICER else None,
    }
    same = Mandate.objects.filter(
        town=writer.town, person=person, role=cells["role"], starts_on=cells["starts_on"], **scope
    ).first()
    if same is None:
        grant_mandate(
            person=person, role=cells["role"], starts_on=cells["starts_on"], ends_on=cells["ends_on"],
            title=cells["title"], **scope, **writer.told,
        )  # fmt: skip
    elif same.ends_on != cells["ends_on"] and cells["ends_on"] is not None:
        end_mandate(mandate_id=same.id, ends_on=cells["ends_on"], **writer.told)
    else:
        return result
    return ADDED if result == ADDED else CHANGED
