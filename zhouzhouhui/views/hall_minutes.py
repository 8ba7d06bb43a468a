"""Minutes: they draft themselves, are edited, signed, and published in numbered editions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zhouzhouhui.actions.edit_minutes import edit_minutes
from zhouzhouhui.actions.publish_minutes import publish_minutes
from zhouzhouhui.actions.sign_minutes import sign_minutes
from zhouzhouhui.papers.minutes import draft_minutes
from zhouzhouhui.queries.agenda import agenda
from zhouzhouhui.queries.halls import meeting_of, minutes_of
from zhouzhouhui.rules.meeting_flow import HELD
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.refusals import sentence

from .gate import TownRequest, gate
from .hall import STAFF_ROLES, acts_open, roles_here

VERBS: dict[str, Callable[..., Any]] = {
    "edit_minutes": edit_minutes,
    "sign_minutes": sign_minutes,
    "publish_minutes": publish_minutes,
}


@require_safe
@gate(*STAFF_ROLES)
def minutes_page(request: TownRequest, meeting_id: UUID) -> HttpResponse:
    """The edition in hand, or a draft made from the ledger, and the editions before."""
    return _show(request, meeting_id)


@require_POST
@gate(*STAFF_ROLES)
def act_on_minutes(request: TownRequest, meeting_id: UUID, verb: str) -> HttpResponse:
    """Save, sign or publish."""
    if verb not in VERBS:
        raise Http404
    brought = {"words": request.POST.get("words", "").replace("\r\n", "\n")} if verb == "edit_minutes" else {}
    try:
        VERBS[verb](town_id=request.town.id, meeting_id=meeting_id, by=request.actor, at=timezone.now(), **brought)
    except Refused as refused:
        return _show(request, meeting_id, refused=refused, words=brought.get("words"))
    return redirect("hall_minutes", meeting_id=meeting_id)


def _show(
    request: TownRequest, meeting_id: UUID, *, refused: Refused | None = None, words: str | None = None
) -> HttpResponse:
    meeting = meeting_of(town_id=request.town.id, meeting_id=meeting_id)
    if meeting is None or meeting.state not in HELD:
        raise Http404
    plan = agenda(meeting)
    roles = roles_here(request, plan.hosts, plan.recorders, meeting.community_id)
    editions = minutes_of(meeting)
    if words is None:
        words = editions[0].words if editions else draft_minutes(plan)
    context = {
        "current": "hall", "meeting": meeting, "editions": editions, "latest": editions[0] if editions else None,
        "words": words, "can": acts_open(meeting.state, roles),
        "sentence": sentence(refused) if refused else "",
    }  # fmt: skip
    return render(request, "hall/minutes.html", context, status=refused.status if refused else 200)
