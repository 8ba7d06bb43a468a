"""What those who set a town up see: its communities with their rhythm, departments, people, categories, calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhouzhouhui.models import (
    CalendarDay,
    Category,
    Community,
    Department,
    Mandate,
    Matter,
    Meeting,
    Person,
    Town,
    TownHost,
)
from zhouzhouhui.rules.calendar_days import DayKind, is_published
from zhouzhouhui.rules.meeting_flow import MeetingState
from zhouzhouhui.rules.rhythm import day_in_china

PEOPLE_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything there is."""

    communities: int
    departments: int
    people: int
    categories: int
    days: int


def counts(*, town_id: UUID) -> Counts:
    """What the town has been set up with so far, in one query."""

    def number(rows: QuerySet[Any]) -> Coalesce:
        one = rows.filter(town_id=OuterRef("pk")).order_by().values("town_id").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(one, output_field=IntegerField()), 0)

    row = (
        Town.objects.filter(id=town_id)
        .annotate(
            n_communities=number(Community.objects.filter(dissolved_on=None)),
            n_departments=number(Department.objects.filter(dissolved_on=None)),
            n_people=number(Person.objects.filter(is_active=True)),
            n_categories=number(Category.objects.filter(retired_on=None)),
            n_days=number(CalendarDay.objects.all()),
        )
        .values_list("n_communities", "n_departments", "n_people", "n_categories", "n_days")
        .get()
    )
    return Counts(*row)


def hosts(*, town_id: UUID) -> list[str]:
    """The host names the town is served under."""
    return list(TownHost.objects.filter(town_id=town_id).order_by("host").values_list("host", flat=True))


def communities(*, town_id: UUID, at: datetime) -> QuerySet[Community]:
    """All communities in order of joining (the roll-out plan), each with ``next_at``, its next meeting."""
    ahead = Meeting.objects.filter(community=OuterRef("pk"), state=MeetingState.CALLED, scheduled_at__gt=at).order_by(
        "scheduled_at"
    )
    rows = Community.objects.filter(town_id=town_id).select_related("successor")
    return rows.annotate(next_at=Subquery(ahead.values("scheduled_at")[:1])).order_by(
        "dissolved_on", "joins_on", "code"
    )


def community(*, town_id: UUID, key: UUID) -> Community | None:
    """One community, or None."""
    return Community.objects.filter(town_id=town_id, id=key).first()


def called_meetings(*, town_id: UUID, community_id: UUID, at: datetime) -> list[Meeting]:
    """The meetings already called, which a new rhythm does not move."""
    rows = Meeting.objects.filter(town_id=town_id, community_id=community_id, state=MeetingState.CALLED)
    return list(rows.filter(scheduled_at__gt=at).order_by("scheduled_at")[:6])


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department, how many matters it leads that are not answered, and how many officers it has today."""

    department: Department
    owes: int
    officers: int


def departments(*, town_id: UUID, at: datetime) -> list[DepartmentRow]:
    """All departments by level and code; three queries, each led by the town."""
    today = day_in_china(at)
    owed = Matter.objects.filter(town_id=town_id, state__in=("assigned", "promised"), lead_department__isnull=False)
    owes = dict(owed.values_list("lead_department_id").annotate(n=Count("pk")).order_by())
    in_force = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), town_id=town_id, role="officer", starts_on__lte=today,
        person__is_active=True,
    )  # fmt: skip
    officers = dict(in_force.values_list("department_id").annotate(n=Count("person_id", distinct=True)).order_by())
    rows = Department.objects.filter(town_id=town_id).select_related("successor").order_by("level", "code")
    return [DepartmentRow(row, owes.get(row.id, 0), officers.get(row.id, 0)) for row in rows]


def department(*, town_id: UUID, key: UUID) -> Department | None:
    """One department, or None."""
    return Department.objects.filter(town_id=town_id, id=key).first()


def department_names(*, town_id: UUID) -> list[tuple[str, str]]:
    """Key and name of every department that is not dissolved, for a choice."""
    rows = Department.objects.filter(town_id=town_id, dissolved_on=None).order_by("level", "code")
    return [(str(key), name) for key, name in rows.values_list("id", "name")]


def community_names(*, town_id: UUID) -> list[tuple[str, str]]:
    """Key and name of every community that is not dissolved, for a choice."""
    rows = Community.objects.filter(town_id=town_id, dissolved_on=None).order_by("code")
    return [(str(key), name) for key, name in rows.values_list("id", "name")]


def _with_mandates(rows: QuerySet[Person]) -> QuerySet[Person]:
    mandates = Mandate.objects.select_related("community", "department").order_by("-starts_on", "role")
    return rows.prefetch_related(Prefetch("mandates", queryset=mandates, to_attr="held"))


def people(
    *, town_id: UUID, words: str = "", role: str = "", community: str = "", left: bool = False
) -> QuerySet[Person]:
    """People by name or login, by role, by community; those in office, or those who left. Each with ``held``."""
    rows = Person.objects.filter(town_id=town_id, is_active=not left)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(login__icontains=words) | Q(workplace__icontains=words))
    held = Q()
    if role:
        held &= Q(mandates__role=role)
    if community:
        held &= Q(mandates__community_id=community)
    if held:
        rows = rows.filter(held).distinct()
    return _with_mandates(rows.order_by("name", "login"))


def person(*, town_id: UUID, key: UUID) -> Person | None:
    """One person with ``held``, or None."""
    return _with_mandates(Person.objects.filter(town_id=town_id, id=key)).first()


def person_by_login(*, town_id: UUID, login: str) -> Person | None:
    """Somebody in office by their login, or None."""
    return Person.objects.filter(town_id=town_id, login=login.strip().lower(), is_active=True).first()


def staff(*, town_id: UUID) -> list[Person]:
    """Those in office who hold more than a delegate's mandate: possible successors."""
    rows = Person.objects.filter(town_id=town_id, is_active=True, mandates__isnull=False)
    return list(rows.exclude(mandates__role="delegate").distinct().order_by("name")[:400])


def categories(*, town_id: UUID) -> list[tuple[Category, list[Category]]]:
    """Groups with their members, by code; two queries, however many."""
    rows = Category.objects.filter(town_id=town_id).select_related("owner_department").order_by("code")
    members: dict[UUID, list[Category]] = {}
    groups = []
    for row in rows:
        if row.parent_id is None:
            groups.append(row)
        else:
            members.setdefault(row.parent_id, []).append(row)
    return [(group, members.get(group.id, [])) for group in groups]


def category(*, town_id: UUID, key: UUID) -> Category | None:
    """One category, or None."""
    rows = Category.objects.filter(town_id=town_id, id=key)
    return rows.select_related("parent", "owner_department").first()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the town's own table, and who is to meet on it."""

    day: date
    kind: str
    note: str
    meetings: list[Meeting]


def calendar(*, town_id: UUID, at: datetime) -> list[Day]:
    """The town's own table from this year on, each day with the meetings called on it."""
    today = day_in_china(at)
    rows = list(CalendarDay.objects.filter(town_id=town_id, day__year__gte=today.year).order_by("day"))
    called = Meeting.objects.filter(town_id=town_id, state=MeetingState.CALLED, scheduled_at__gt=at)
    by_day: dict[date, list[Meeting]] = {}
    for meeting in called.select_related("community").order_by("scheduled_at"):
        by_day.setdefault(day_in_china(meeting.scheduled_at), []).append(meeting)
    return [Day(row.day, row.kind, row.note, by_day.get(row.day, [])) for row in rows]


def years(*, town_id: UUID, at: datetime) -> Mapping[int, bool]:
    """This year and the next, and whether their holidays are published."""
    this = day_in_china(at).year
    rows = CalendarDay.objects.filter(town_id=town_id, day__year__in=(this, this + 1)).values_list("day", "kind")
    overrides = {day: DayKind(kind) for day, kind in rows}
    return {year: is_published(year, overrides) for year in (this, this + 1)}
