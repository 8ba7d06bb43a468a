"""Settling the demo town: its communities, departments, categories, cadres, officers, delegates and accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from ..actions.add_community import add_community
from ..actions.add_department import add_department
from ..actions.add_person import add_person
from ..actions.enrol_people import NewPerson, enrol_people
from ..actions.found_town import found_town
from ..actions.grant_mandate import grant_mandate
from ..actions.set_category import set_category
from ..actions.set_password import set_password
from ..models import Category, Community, Department, Person, Town
from ..queries.actors import actor_of
from ..rules.powers import CLOCK, Actor
from .calendars import Calendar
from .read_corpus import categories, departments, name_parts
from .stage import CommunityCast, Stage, on

TOWN_CODE, TOWN_NAME, DISTRICT = "990112112", "望桥镇", "青泾区"
PASSWORD = "wangqiao-demo"  # noqa: S105 - the demo announces it, and only for the accounts below
CADRES = 4  # of a community; with officers, leaders and the office about ninety people
OLDEST = "GH"
KNOWN_DELEGATES = 3  # of a community, who pass matters on and come to its meetings
TITLES = ("书记", "主任", "副主任", "社工")


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in to the demo."""

    role: str
    login: str
    password: str
    name: str
    scope: str = ""


class Settlers:
    """Adds the people of the town, with invented names, and remembers who can sign in."""

    def __init__(self, town: Town, random: Random, at: datetime) -> None:
        self.town, self.random, self.at = town, random, at
        self.accounts: list[Account] = []
        self.taken: set[str] = set()

    def name(self) -> str:
        """A name nobody of the cadres has yet, put together by chance."""
        parts = name_parts()
        while True:
            pieces = [self.random.choice(parts.surnames), self.random.choice(parts.second)]
            name = "".join([*pieces, self.random.choice(parts.third)] if self.random.random() < 0.7 else pieces)
            if len(self.taken) > 400 or name not in self.taken:
                self.taken.add(name)
                return name

    def person(self, login: str, *, account: str = "", scope: str = "", workplace: str = "") -> Person:
        """Add a person; with ``account`` (the role announced) they can sign in."""
        person = add_person(town=self.town, by=CLOCK, at=self.at, login=login, name=self.name(), workplace=workplace)
        if account:
            self.open_account(person, account, scope=scope)
        return person

    def open_account(self, person: Person, role: str, *, scope: str) -> None:
        """Let the person sign in, and announce it."""
        set_password(town=self.town, by=CLOCK, at=self.at, person_id=person.id, password=PASSWORD)
        self.accounts.append(Account(role, person.login, PASSWORD, person.name, scope))

    def mandate(
        self, person: Person, role: str, *, title: str = "", community: Community | None = None,
        department: Department | None = None, starts_on: date | None = None, ends_on: date | None = None,
    ) -> None:  # fmt: skip
        """Grant a mandate from the founding on, or from ``starts_on``."""
        grant_mandate(
            town=self.town, by=CLOCK, at=self.at, person=person, role=role, starts_on=starts_on or self.at.date(),
            ends_on=ends_on, community=community, department=department, title=title,
        )  # fmt: skip


def settle(calendars: Sequence[Calendar], *, now: datetime, random: Random) -> tuple[Stage, Settlers]:
    """Found the town a week before its first meeting and bring everybody in."""
    first = min(calendar.joins_on for calendar in calendars) - timedelta(days=7)
    at = on(first, time(9, 0))
    town = found_town(
        code=TOWN_CODE, name=TOWN_NAME, name_en="Wangqiao Town", district=DISTRICT, phone="000-1234 5678",
        hosts=(), at=at, settings={"require_second_factor": False},  # whoever tries the demo signs in at once
    )  # fmt: skip
    settlers = Settlers(town, random, at)
    offices = _departments(town, at)
    kinds = _categories(town, at)
    office, leader = _leaders(settlers)
    officers = _officers(settlers, offices)
    casts = {calendar.plan.short_code: _community(settlers, calendar, at) for calendar in calendars}
    stage = Stage(
        town=town, random=random, now=now, office=actor_of(office), leader=actor_of(leader),
        communities=casts, departments=offices, officers=officers, categories=kinds,
    )  # fmt: skip
    return stage, settlers


def _departments(town: Town, at: datetime) -> dict[str, Department]:
    return {
        d.code: add_department(
            town=town, by=CLOCK, at=at, code=d.code, name=d.name, name_en=d.name_en, level=d.level
        )
        for d in departments()
    }  # fmt: skip


def _categories(town: Town, at: datetime) -> dict[str, Category]:
    return {
        c.code: set_category(
            town=town, by=CLOCK, at=at, code=c.code, name=c.name, name_en=c.name_en, parent=c.parent,
            owner_department="" if c.owner == "community" else c.owner, owner_is_community=c.owner == "community",
            is_restricted=c.restricted,
        )
        for c in categories()
    }  # fmt: skip


def _leaders(settlers: Settlers) -> tuple[Person, Person]:
    office = settlers.person("office", account="office", scope=TOWN_NAME)
    settlers.mandate(office, "office", title="周周会办公室主任")
    settlers.mandate(settlers.person("office2"), "office", title="周周会办公室干事")
    leader = settlers.person("leader", account="leader", scope=TOWN_NAME)
    settlers.mandate(leader, "leader", title="分管副镇长")
    settlers.mandate(settlers.person("secretary"), "leader", title="镇党委书记")
    settlers.mandate(settlers.person("auditor", account="auditor", scope=TOWN_NAME), "auditor", title="审计员")
    settlers.mandate(
        settlers.person("admin", account="administrator", scope=TOWN_NAME), "administrator", title="系统管理员"
    )
    return office, leader


def _officers(settlers: Settlers, offices: dict[str, Department]) -> dict[UUID, Actor]:
    officers = {}
    for code, department in offices.items():
        told = {"T-SW": "water", "Q-JT": "transport"}.get(code, "")
        person = settlers.person(
            told or code.lower(), account="officer" if told else "", scope=department.name, workplace=department.name
        )
        settlers.mandate(person, "officer", department=department, title="联络员")
        officers[department.id] = actor_of(person)
    return officers


def _community(settlers: Settlers, calendar: Calendar, at: datetime) -> CommunityCast:
    plan = calendar.plan
    community = add_community(
        town=settlers.town, by=CLOCK, at=at, code=plan.code, short_code=plan.short_code, name=plan.name,
        name_en=plan.name_en, kind=plan.kind, weekday=calendar.rhythm.weekday, meets_at=calendar.rhythm.at,
        place=plan.place, joins_on=calendar.joins_on, is_pilot=plan.pilot, former_villages=plan.former_villages,
    )  # fmt: skip
    cast = CommunityCast(community, calendar)
    for number in range(CADRES):
        account = _account(calendar, number)
        login = account or f"{plan.short_code.lower()}{number + 1}"
        person = settlers.person(login, account=account, scope=plan.name, workplace=plan.name)
        for role in ("cadre", "host", "recorder"):
            settlers.mandate(person, role, community=community, title=_title(plan.kind, number))
        cast.cadres.append(actor_of(person))
    return cast


def _account(calendar: Calendar, number: int) -> str:
    """Which cadres can sign in: the oldest community's secretary, host and recorder of the meeting that is open."""
    if calendar.opens is not None:
        return {0: "host", 1: "recorder"}.get(number, "")
    return "cadre" if number == 0 and calendar.plan.short_code == OLDEST else ""


def _title(kind: str, number: int) -> str:
    return ("村" if kind == Community.VILLAGE else "居民区") + TITLES[number % len(TITLES)]


def bring_delegates(stage: Stage, settlers: Settlers, at: datetime, *, count: int) -> None:
    """Put the delegates on one roster and post them to the communities (分块派驻); the first has an account."""
    parts, random = name_parts(), stage.random
    casts = list(stage.communities.values())
    settlers.at = at
    roster = []
    for number in range(1, count + 1):
        kind = random.choices(list(parts.kinds), list(parts.kinds.values()))[0]
        cast = casts[0] if number == 1 else _posting(casts, kind, random)
        ends_on = at.date() + timedelta(days=365 * random.choice((2, 3, 4)))
        roster.append(
            NewPerson(
                "delegate" if number == 1 else f"d{number:04d}", settlers.name(), "delegate", at.date(), ends_on,
                community=cast.community, title=kind, delegate_kind=kind, workplace=random.choice(parts.workplaces),
            )
        )  # fmt: skip
    people = enrol_people(town=stage.town, by=CLOCK, at=at, people=roster)
    for cast in casts:
        posted = [p for p, new in zip(people, roster, strict=True) if new.community is cast.community]
        cast.delegates = [actor_of(person) for person in posted[:KNOWN_DELEGATES]]
    settlers.open_account(people[0], "delegate", scope=casts[0].community.name)


def _posting(casts: list[CommunityCast], kind: str, random: Random) -> CommunityCast:
    wanted = {"村民代表": Community.VILLAGE, "居民代表": Community.NEIGHBOURHOOD}.get(kind)
    return random.choice([c for c in casts if wanted in (None, c.community.kind)])
