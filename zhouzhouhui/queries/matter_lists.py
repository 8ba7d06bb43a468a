"""Lists of matters for programs and desks: what the reader may read, narrowed by filters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhouzhouhui.models import Matter
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import CHINA

from .access import FULL, OWN, PUBLIC, visible_matters
from .references import community_named, uuid_of

BESIDE = ("community", "category", "lead_department", "owner_department", "due_meeting")
STATES = frozenset(state.value for state in State)
KINDS = frozenset({"unknown", "question", "request", "complaint", "report", "suggestion", "praise"})


@dataclass(frozen=True)
class Wanted:
    """The filters; what is empty does not narrow."""

    community: str = ""
    state: str = ""  # one or several, with commas between
    kind: str = ""
    category: str = ""  # its children belong to it
    due: str = ""  # a meeting, or a day
    lead: str = ""  # a department's code, or community
    raised_from: date | None = None
    raised_to: date | None = None
    q: str = ""


def matters_wanted(*, by: Actor, town_id: UUID, at: datetime, wanted: Wanted) -> QuerySet[Matter]:
    """What ``by`` may read of what is wanted (one query more for a community's name)."""
    rows = visible_matters(by=by, town_id=town_id, at=at).select_related(*BESIDE)
    if wanted.community:
        rows = rows.filter(community_id=community_named(town_id, wanted.community).id)
    if wanted.state:
        rows = rows.filter(state__in=_choices("state", wanted.state, STATES))
    if wanted.kind:
        rows = rows.filter(kind__in=_choices("kind", wanted.kind, KINDS))
    if wanted.category:
        rows = rows.filter(Q(category__code=wanted.category) | Q(category__parent__code=wanted.category))
    if wanted.due:
        rows = rows.filter(_due(wanted.due))
    if wanted.lead:
        lead = Q(lead_is_community=True) if wanted.lead == "community" else Q(lead_department__code=wanted.lead)
        rows = rows.filter(lead)
    if wanted.raised_from:
        rows = rows.filter(raised_at__gte=_midnight(wanted.raised_from))
    if wanted.raised_to:
        rows = rows.filter(raised_at__lt=_midnight(wanted.raised_to + timedelta(days=1)))
    return rows.filter(_words(by, wanted.q)) if wanted.q else rows


def readable_among(*, by: Actor, town_id: UUID, at: datetime, ids: Collection[UUID]) -> dict[UUID, Matter]:
    """Those of the matters that ``by`` may read, by key (one query)."""
    rows = visible_matters(by=by, town_id=town_id, at=at).select_related(*BESIDE).filter(id__in=ids)
    return {matter.id: matter for matter in rows}


def _words(by: Actor, q: str) -> Q:
    """Words as spoken for whoever may read them so, masked words for anybody else: a search gives nothing away."""
    masked = PUBLIC & Q(public_words__icontains=q)
    return masked if by == Actor() else masked | Q(reading__in=(FULL, OWN), words__icontains=q)


def _choices(what: str, told: str, known: Collection[str]) -> Sequence[str]:
    choices = told.split(",")
    for choice in choices:
        if choice not in known:
            raise Refused("no_such_choice", what=what, choice=choice[:40])
    return choices


def _due(told: str) -> Q:
    key: Any = uuid_of(told)
    if key is not None:
        return Q(due_meeting_id=key)
    try:
        day = date.fromisoformat(told)
        begins, ends = _midnight(day), _midnight(day + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise Refused("no_such_choice", what="due", choice=told[:40]) from error
    at_meeting = Q(due_meeting__scheduled_at__gte=begins, due_meeting__scheduled_at__lt=ends)
    return at_meeting | Q(desk_due_on=day) | Q(due_from=day)


def _midnight(day: date) -> datetime:
    if not 2000 <= day.year <= 2199:
        raise ValueError("out of time")
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)
