"""The desk: what waits for whoever has signed in, by the piles of their mandates and by due meeting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise

from zhouzhouhui.models import Meeting
from zhouzhouhui.queries.calendar import calendar_of
from zhouzhouhui.queries.desk_evenings import due_rows, meetings_today
from zhouzhouhui.queries.desk_queues import count_piles, piles_of
from zhouzhouhui.queries.desk_scope import Scope, at_the_desk, scope_of
from zhouzhouhui.rules.powers import Mandated
from zhouzhouhui.rules.rhythm import day_in_china

from .desk_cards import DeskCard, coming_number, desk_card, meeting_head
from .desk_words import PILES
from .gate import SIGNED_IN, TownRequest, gate


@dataclass
class Group:
    """What is due at one meeting."""

    meeting: Meeting
    head: str
    is_near: bool
    cards: list[DeskCard] = field(default_factory=list)


@dataclass(frozen=True)
class Heap:
    """One pile on the desk with its count."""

    code: str
    title: str | Promise
    says: str | Promise
    count: int
    is_owed: bool


@gate(SIGNED_IN)
def home(request: TownRequest) -> HttpResponse:
    """GET /desk/: the piles with their counts, and what is due at the coming meetings."""
    now = timezone.now()
    scope = scope_of(request.actor, day=day_in_china(now))
    if not scope.roles - {Mandated.ADMINISTRATOR, Mandated.AUDITOR}:
        return redirect(_elsewhere(scope))
    matters = at_the_desk(request.actor, town_id=request.town.id, day=day_in_china(now))
    counts = count_piles(matters, scope, at=now)
    heaps = [Heap(pile.code, *PILES[pile.code], counts.get(pile.code, 0), pile.is_owed) for pile in piles_of(scope)]
    told = {
        "current": "home",
        "heaps": [heap for heap in heaps if heap.count],
        "clear": [heap for heap in heaps if not heap.count],
        "groups": groups_due(request, scope, at=now),
        "meetings": meetings_today(scope, town_id=request.town.id, at=now),
        "roles": sorted(role.value for role in scope.roles),
        "owed": sum(heap.count for heap in heaps if heap.is_owed),
    }
    return render(request, "desk/home.html", told)


def _elsewhere(scope: Scope) -> str:
    if scope.has(Mandated.ADMINISTRATOR):
        return "/setup/"
    return "/desk/ledger/" if scope.has(Mandated.AUDITOR) else "/desk/account/"


def groups_due(request: TownRequest, scope: Scope, *, at: datetime) -> list[Group]:
    """What this desk owes, meeting by meeting, the soonest first (two queries)."""
    today = day_in_china(at)
    calendar = calendar_of(request.town.id)
    groups: dict[UUID, Group] = {}
    for matter in due_rows(request.actor, scope, town_id=request.town.id, at=at):
        meeting = matter.due_meeting
        assert meeting is not None
        if meeting.id not in groups:
            head = meeting_head(meeting, today, number=coming_number(matter))
            groups[meeting.id] = Group(meeting, head, (day_in_china(meeting.scheduled_at) - today).days <= 1)
        groups[meeting.id].cards.append(desk_card(matter, at=at, calendar=calendar))
    return list(groups.values())
