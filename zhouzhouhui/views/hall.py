"""The meeting on one screen: what to say next, what was said, the floor, and the way to its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhouzhouhui.queries.agenda import Agenda, agenda, meetings_near
from zhouzhouhui.queries.halls import categories, hosts_to_choose, leaders_of, meeting_of, slip_shown
from zhouzhouhui.rules import meeting_flow
from zhouzhouhui.rules.meeting_flow import MeetingState
from zhouzhouhui.rules.powers import Mandated, MeetingFacts, Role, meeting_roles
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.refusals import remedies, sentence
from zhouzhouhui.wording.states import KINDS

from .gate import TownRequest, gate
from .raise_page import new_ticket

STAFF_ROLES = ("office", "leader", "cadre", "host", "recorder")
CONVENERS = frozenset({Role.OFFICE, Role.CADRE})
STAFF = frozenset({Role.OFFICE, Role.LEADER, Role.CADRE, Role.HOST, Role.RECORDER})
OUTCOMES = ("A1", "A2", "A3", "B", "C", "D1", "D2")


@require_safe
@gate(*STAFF_ROLES)
def meetings(request: TownRequest) -> HttpResponse:
    """Open meetings and the next ones, of my communities or of all."""
    today = day_in_china(timezone.now())
    town_wide = any(request.actor.holds(m, today) for m in (Mandated.OFFICE, Mandated.LEADER))
    mine = [m.community for m in request.actor.mandates if m.community and m.holds(today)]
    rows = meetings_near(town_id=request.town.id, community_ids=None if town_wide else mine)
    return render(request, "hall/meetings.html", {"meetings": rows, "current": "hall"})


@require_safe
@gate(*STAFF_ROLES)
def meeting_page(request: TownRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting, in whatever state it is."""
    return show_meeting(request, meeting_id)


def show_meeting(
    request: TownRequest,
    meeting_id: UUID,
    *,
    refused: Refused | None = None,
    at_matter: UUID | None = None,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page, after a refusal with its sentence where it happened and everything typed kept."""
    meeting = meeting_of(town_id=request.town.id, meeting_id=meeting_id)
    if meeting is None:
        raise Http404
    plan = agenda(meeting)
    roles = roles_here(request, plan.hosts, plan.recorders, meeting.community_id)
    now = timezone.now()
    is_open = meeting.state == MeetingState.OPEN
    has_form, shown_there = form_left(plan, at_matter, typed or {}, roles if is_open else frozenset())
    context = {
        "current": "hall", "meeting": meeting, "agenda": plan, "now": now, "kinds": KINDS, "outcomes": OUTCOMES,
        "can": acts_open(meeting.state, roles),
        "speaks": is_open and bool(roles & {Role.HOST, Role.RECORDER}),
        "records": is_open and bool(roles & STAFF),
        "leaders": leaders_of(request.town.id) if is_open and plan.needs_leader else [],
        "categories": categories(request.town.id) if is_open else [],
        "candidates": hosts_to_choose(meeting) if roles & CONVENERS and meeting.state == MeetingState.CALLED else [],
        "ticket": new_ticket() if is_open else "",  # a new one each time: what was refused may be sent changed
        "refused": refused, "sentence": sentence(refused) if refused else "",
        "remedies": remedies(refused) if refused else [],
        "shown_there": shown_there, "stray": "" if has_form else words_given_back(typed or {}),
        "at_matter": at_matter, "typed": typed or {}, "slip": slip_shown(request.session.pop("slip", None)),
        "undo": undo_offer(request, meeting_id),
    }  # fmt: skip
    return render(request, "hall/meeting.html", context, status=refused.status if refused else 200)


def form_left(plan: Agenda, at_matter: UUID | None, typed: dict[str, Any], roles: frozenset[Role]) -> tuple[bool, bool]:
    """Whether the form that was refused still stands on the page with what was typed, and whether its place does.

    A second recorder, or an old tab after the meeting, may have typed into a form that is gone: the words are
    then given back at the top, so that nothing is lost.
    """
    speaks = bool(roles & {Role.HOST, Role.RECORDER})
    if typed.get("floor"):
        return bool(roles & STAFF), bool(roles & STAFF)
    if typed.get("group"):
        return speaks and plan.unspoken > 1, speaks and plan.unspoken > 1
    if at_matter is None:  # an act on the meeting keeps its reason where it was typed
        return True, False
    waiting = {item.matter.id for items in plan.parts.values() for item in items}
    spoken = {item.matter.id for item in plan.spoken}
    return speaks and at_matter in waiting, at_matter in waiting | spoken


def words_given_back(typed: dict[str, Any]) -> str:
    """What somebody wrote into a form that is gone."""
    return "\n".join(str(typed[name]) for name in ("words", "reason", "basis") if typed.get(name))


def acts_open(state: str, roles: frozenset[Role]) -> dict[str, bool]:
    """Which acts on the meeting somebody with these roles may take now."""
    return {verb: meeting_flow.may_take(verb, state=MeetingState(state), roles=roles) for verb in meeting_flow.STEPS}


def roles_here(request: TownRequest, hosts: list[Any], recorders: list[Any], community_id: UUID) -> frozenset[Role]:
    """My roles in this meeting; whoever has none here has no business on this screen."""
    facts = MeetingFacts(
        community_id, frozenset(a.person_id for a in hosts), frozenset(a.person_id for a in recorders), is_open=True
    )
    roles = meeting_roles(request.actor, facts, day_in_china(timezone.now()))
    if not roles & STAFF:
        raise PermissionDenied("hall")
    return roles


def undo_offer(request: TownRequest, meeting_id: UUID) -> dict[str, Any] | None:
    """What I have just done here and may undo within ten seconds."""
    offer = request.session.get("undo")
    if not offer or offer["meeting"] != str(meeting_id) or timezone.now().timestamp() - offer["at"] > 10:
        return None
    return dict(offer)
