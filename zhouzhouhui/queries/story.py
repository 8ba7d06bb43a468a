"""One matter's story: its ledger lines in order, each with the masked words beside it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhouzhouhui.models import (
    Community,
    Department,
    LedgerLine,
    Matter,
    Meeting,
    Minutes,
    Photo,
    Sealed,
)
from zhouzhouhui.rules.meeting_flow import HELD

from .public_matters import GONE, MEETING_COLUMNS, numbered, readable

MOST_LINES = 400


@dataclass(frozen=True)
class Step:
    """One line of the ledger, as the public sees it.

    `texts` holds masked words by their name (words, reason, basis …); `erased` the names whose words are gone.
    """

    id: UUID
    seq: int
    hash: str
    verb: str
    happened_at: datetime
    recorded_at: datetime
    facts: Mapping[str, Any]
    meeting: Meeting | None
    texts: Mapping[str, str]
    erased: frozenset[str]
    is_voided: bool = False


@dataclass(frozen=True)
class Story:
    """Everything the page of one matter shows."""

    community: Community
    matter: Matter
    steps: Sequence[Step]
    photos: Sequence[Photo]
    meetings: Sequence[Meeting]  # those its promise line passes
    departments: Mapping[str, Department]  # by code
    merged_into: Matter | None
    merged_here: Sequence[Matter] = field(default_factory=tuple)
    printed: Minutes | None = None  # the newest published edition that prints a head at or after its last line


def story(community: Community, number: str) -> Story | None:
    """The story of a readable matter; None when there is none with this number (eight queries)."""
    matter = numbered(readable(community.town_id), number).filter(community_id=community.id).first()
    if matter is None:
        return None
    lines = list(LedgerLine.objects.filter(town_id=community.town_id, matter_id=matter.id).order_by("seq")[:MOST_LINES])
    bodies = {line.id: json.loads(line.body) for line in lines}
    meetings = _meetings(community, matter, bodies.values())
    by_id = {m.id: m for m in meetings}
    sealed = _sealed(community.town_id, [line.id for line in lines])
    voided = {body.get("voids") for body in bodies.values()} - {None}
    steps = [
        Step(
            id=line.id,
            seq=line.seq,
            hash=line.hash,
            verb=line.verb,
            happened_at=line.happened_at,
            recorded_at=line.recorded_at,
            facts=bodies[line.id],
            meeting=by_id.get(line.meeting_id) if line.meeting_id else None,
            texts={name: text for name, (text, gone) in sealed.get(line.id, {}).items() if text and not gone},
            erased=frozenset(name for name, (_, gone) in sealed.get(line.id, {}).items() if gone),
            is_voided=str(line.id) in voided,
        )
        for line in lines
    ]
    return Story(
        community=community,
        matter=matter,
        steps=steps,
        photos=_photos(matter),
        meetings=[m for m in meetings if m.community_id == community.id],
        departments=_departments(community.town_id, bodies.values()),
        merged_into=_merged_into(matter),
        merged_here=list(readable(community.town_id).filter(merged_into_id=matter.id)[:20]),
        printed=_printed(community, steps[-1].seq if steps else 0),
    )


def _sealed(town_id: UUID, lines: Collection[UUID]) -> dict[UUID, dict[str, tuple[str, bool]]]:
    found: dict[UUID, dict[str, tuple[str, bool]]] = {}
    rows = Sealed.objects.filter(town_id=town_id, line_id__in=lines).exclude(name="by")
    for line_id, name, text, erased_at in rows.values_list("line_id", "name", "public_text", "erased_at"):
        found.setdefault(line_id, {})[name] = (text, erased_at is not None)
    return found


def _meetings(community: Community, matter: Matter, bodies: Collection[Mapping[str, Any]]) -> list[Meeting]:
    """The meetings from the one it was raised at to the last it touches, and those its lines name."""
    named = {body["meeting"] for body in bodies if body.get("meeting")}
    named |= {body["due"] for body in bodies if body.get("due")}
    rows = Meeting.objects.filter(town_id=community.town_id)
    until = matter.due_meeting.scheduled_at if matter.due_meeting else matter.last_answered_at
    passed = Q(community_id=community.id, state__in=HELD, number__gte=matter.number_meeting)
    if until is not None:
        passed &= Q(scheduled_at__lte=until)
    return list(rows.filter(passed | Q(id__in=named)).only(*MEETING_COLUMNS).order_by("scheduled_at")[:120])


def _photos(matter: Matter) -> list[Photo]:
    rows = Photo.objects.filter(town_id=matter.town_id, matter_id=matter.id, is_public=True, erased_at=None)
    return list(rows.exclude(purpose="form").order_by("at")[:12])


def _departments(town_id: UUID, bodies: Collection[Mapping[str, Any]]) -> dict[str, Department]:
    codes = {body["lead"] for body in bodies if body.get("lead")}
    codes |= {code for body in bodies for code in body.get("assisting") or ()}
    if not codes - {"community"}:
        return {}
    return {d.code: d for d in Department.objects.filter(town_id=town_id, code__in=codes)}


def _merged_into(matter: Matter) -> Matter | None:
    if matter.state not in GONE:
        return None
    return readable(matter.town_id).filter(merged__id=matter.id).first()


def _printed(community: Community, seq: int) -> Minutes | None:
    rows = Minutes.objects.filter(
        town_id=community.town_id,
        meeting__community_id=community.id,
        published_at__isnull=False,
        head_seq__gte=seq,
    )
    return rows.select_related("meeting").defer("words").order_by("head_seq").first()
