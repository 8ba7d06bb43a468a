"""One sheet: which meetings I go to, and what I owe at each; to be printed and taken along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhouzhouhui.queries.calendar import calendar_of
from zhouzhouhui.queries.desk_evenings import due_rows, evenings, named_at
from zhouzhouhui.queries.desk_scope import scope_of
from zhouzhouhui.rules.rhythm import day_in_china

from .desk_cards import DeskCard, desk_card, meeting_head
from .desk_lists import HANDLING
from .gate import TownRequest, gate

MOST_ROWS = 300


@gate(*HANDLING)
def evenings_page(request: TownRequest) -> HttpResponse:
    """GET /desk/evenings/: the coming meetings in order, with everything this desk owes there."""
    now = timezone.now()
    today = day_in_china(now)
    scope = scope_of(request.actor, day=today)
    calendar = calendar_of(request.town.id)
    owed: dict[UUID, list[DeskCard]] = {}
    for matter in due_rows(request.actor, scope, town_id=request.town.id, at=now, most=MOST_ROWS):
        if matter.due_meeting_id is not None:
            owed.setdefault(matter.due_meeting_id, []).append(desk_card(matter, at=now, calendar=calendar))
    meetings = evenings(scope, town_id=request.town.id, at=now)
    named = named_at(scope, meetings, town_id=request.town.id)
    rows: list[dict[str, Any]] = []
    for meeting in meetings:
        ahead, last = getattr(meeting, "meetings_ahead", None), getattr(meeting, "last_number", None)
        number = meeting.number or (last + ahead if ahead is not None and last is not None else None)
        rows.append({
            "meeting": meeting, "head": meeting_head(meeting, today, number=number), "cards": owed.get(meeting.id, []),
            "roles": named.get(meeting.id, []), "is_near": (day_in_china(meeting.scheduled_at) - today).days <= 1,
        })  # fmt: skip
    context = {
        "current": "evenings",
        "rows": rows,
        "total": sum(len(row["cards"]) for row in rows),
        "with_something": sum(bool(row["cards"]) for row in rows),
    }
    return render(request, "desk/evenings.html", context)
