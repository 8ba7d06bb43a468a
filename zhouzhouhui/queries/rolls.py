"""The town's rolls: communities with their next meeting and head, departments, categories, people with mandates."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from zhouzhouhui.models import Category, Community, Department, Mandate, Meeting, Person
from zhouzhouhui.rules.meeting_flow import MeetingState


def communities_roll(town_id: UUID) -> list[tuple[Community, Meeting | None]]:
    """Every community, by 区划代码, with the meeting that is open or comes next (two queries)."""
    coming: dict[UUID, Meeting] = {}
    states = (MeetingState.OPEN, MeetingState.CALLED)
    rows = Meeting.objects.filter(town_id=town_id, state__in=states).only("id", "community_id", "scheduled_at")
    for meeting in rows.order_by("-scheduled_at"):
        coming[meeting.community_id] = meeting
    communities = Community.objects.filter(town_id=town_id).select_related("head", "successor").order_by("code")
    return [(community, coming.get(community.id)) for community in communities]


def departments_roll(town_id: UUID) -> Sequence[Department]:
    """Every department, dissolved ones too (one query)."""
    return list(Department.objects.filter(town_id=town_id).select_related("successor").order_by("code"))


def categories_roll(town_id: UUID) -> Sequence[Category]:
    """Every category, retired ones too, in the order of their codes (one query)."""
    rows = Category.objects.filter(town_id=town_id).select_related("parent", "owner_department")
    return sorted(rows, key=lambda c: [(not part.isdigit(), part.zfill(6)) for part in c.code.split(".")])


def people_roll(town_id: UUID, *, after: str, size: int) -> list[Person]:
    """Active people by sign-in name, from ``after`` on, with their mandates (two queries)."""
    mandates: QuerySet[Mandate] = Mandate.objects.select_related("community", "department").order_by("starts_on", "id")
    rows = Person.objects.filter(town_id=town_id, is_active=True, login__gt=after).order_by("login")
    return list(rows.prefetch_related(Prefetch("mandates", mandates))[:size])
