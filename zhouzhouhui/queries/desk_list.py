"""Lists at the desk: filtered, sorted and paged, with whatever a row shows (two queries a page)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, OrderBy, Q, QuerySet

from zhouzhouhui.models import Category, Community, Department, Matter
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.rhythm import day_in_china

from .board import communities_in_order
from .categories import open_categories
from .desk_queues import PAST_ITS_MEETING, Pile, for_piles, with_number_ahead
from .desk_scope import Scope

PAGE = 30
BESIDE = (
    "community", "category", "lead_department", "owner_department", "due_meeting", "first_due_meeting",
    "answered_meeting",
)  # fmt: skip
NUMBER = re.compile(r"(?:([A-Za-z0-9]{1,8})-)?([0-9]{1,6})([-+])([0-9]{1,6})")
SORTS = ("due", "newest", "oldest", "waiting")


@dataclass(frozen=True)
class Wanted:
    """What was asked of a list; empty means any."""

    community: str = ""
    state: str = ""
    kind: str = ""
    category: str = ""
    department: str = ""
    due: str = ""
    q: str = ""
    sort: str = "due"
    page: int = 1


@dataclass(frozen=True)
class Listed:
    """One page of a list."""

    rows: list[Matter]
    total: int
    page: int
    pages: int

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.page - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.page + 1


@dataclass(frozen=True)
class Choices:
    """What the filters offer (three queries)."""

    communities: list[Community] = field(default_factory=list)
    departments: list[Department] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)


def listed(matters: QuerySet[Matter], scope: Scope, wanted: Wanted, *, pile: Pile | None, at: datetime) -> Listed:
    """The page asked for, of the matters that fit; a page past the end is the last one."""
    rows = for_piles(matters, scope)
    if pile is not None:
        rows = rows.filter(pile.of(scope, day_in_china(at)))
    rows = rows.filter(_fits(wanted, at))
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, wanted.page), pages)
    ordered = (
        with_number_ahead(rows)
        .select_related(*BESIDE)
        .order_by(*_order(wanted.sort), "community_id", "number_meeting", "number_place")
    )
    return Listed(list(ordered[(page - 1) * PAGE : page * PAGE]), total, page, pages)


def _order(sort: str) -> tuple[OrderBy | str, ...]:
    if sort == "newest":
        return ("-raised_at",)
    if sort == "oldest":
        return ("raised_at",)
    if sort == "waiting":
        return (F("answered_at").asc(nulls_first=True), "raised_at")
    soonest = F("due_meeting__scheduled_at").asc(nulls_last=True)
    return (soonest, F("desk_due_on").asc(nulls_last=True), F("due_from").asc(nulls_last=True), "raised_at")


def _fits(wanted: Wanted, at: datetime) -> Q:
    fits = Q()
    plain: dict[str, Any] = {
        "community__short_code": wanted.community, "state": wanted.state, "kind": wanted.kind,
    }  # fmt: skip
    for name, value in plain.items():
        if value:
            fits &= Q(**{name: value})
    if wanted.category:
        fits &= Q(category__code=wanted.category) | Q(category__parent__code=wanted.category)
    if wanted.department == "-":
        fits &= Q(lead_is_community=True)
    elif wanted.department:
        fits &= Q(lead_department__code=wanted.department) | Q(owner_department__code=wanted.department)
    return fits & _due(wanted.due, at) & said(wanted.q)


def _due(due: str, at: datetime) -> Q:
    if due in ("7", "14"):
        soon = at + timedelta(days=int(due))
        return Q(due_meeting__scheduled_at__lte=soon) | Q(desk_due_on__lte=day_in_china(soon))
    if due == "late":
        return PAST_ITS_MEETING
    if due == "promise":
        return Q(state=State.PROMISED, promise_on__lt=day_in_china(at), done_on=None)
    return Q()


def said(q: str) -> Q:
    """Words, place or a number: YXY-13-08, 13-08, 13+02."""
    q = q.strip()
    if not q:
        return Q()
    found = NUMBER.fullmatch(q)
    if found is None:
        return Q(words__icontains=q) | Q(place__icontains=q)
    number = Q(number_meeting=int(found[2]), is_between=found[3] == "+", number_place=int(found[4]))
    return number & Q(community__short_code__iexact=found[1]) if found[1] else number


def choices(town_id: UUID, scope: Scope) -> Choices:
    """Communities, departments and categories to filter by, within what this person may read."""
    communities = Community.objects.filter(town_id=town_id, dissolved_on=None)
    if not scope.everywhere and scope.communities and not scope.departments:
        communities = communities.filter(id__in=scope.communities)
    return Choices(
        communities=communities_in_order(communities),
        departments=list(Department.objects.filter(town_id=town_id, dissolved_on=None).order_by("level", "code")),
        categories=open_categories(town_id),
    )
