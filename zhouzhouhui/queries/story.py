"""One matter's story: its ledger lines in order, each with the masked words beside it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

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

from .composed import Composed
from .public_matters import GONE, MEETING_COLUMNS, parse_number, readable

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
    parsed = parse_number(number)
    if parsed is None:
        return None
    meeting, is_between, place = parsed
    ask = _BETWEEN if is_between else _AT_A_MEETING
    matter = ask.first(town_id=community.town_id, community_id=community.id, meeting=meeting, place=place)
    if matter is None:
        return None
    lines = _LINES(town_id=community.town_id, matter_id=matter.id)
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
        merged_here=_MERGED_HERE(town_id=community.town_id, matter_id=matter.id),
        printed=_printed(community, steps[-1].seq if steps else 0),
    )


def _sealed(town_id: UUID, lines: Collection[UUID]) -> dict[UUID, dict[str, tuple[str, bool]]]:
    found: dict[UUID, dict[str, tuple[str, bool]]] = {}
    for line_id, name, text, erased_at in _SEALED(town_id=town_id, lines=list(lines)) if lines else ():
        found.setdefault(line_id, {})[name] = (text, erased_at is not None)
    return found


def _meetings(community: Community, matter: Matter, bodies: Collection[Mapping[str, Any]]) -> list[Meeting]:
    """The meetings from the one it was raised at to the last it touches, and those its lines name."""
    named = {body["meeting"] for body in bodies if body.get("meeting")}
    named |= {body["due"] for body in bodies if body.get("due")}
    until = matter.due_meeting.scheduled_at if matter.due_meeting else matter.last_answered_at
    return _MEETINGS(
        town_id=community.town_id,
        community_id=community.id,
        first=matter.number_meeting,
        until=until,
        named=[UUID(key) for key in sorted(named)] or [matter.id],
    )


def _ask_meetings(
    *, town_id: UUID, community_id: UUID, first: int, until: datetime | None, named: Sequence[UUID]
) -> QuerySet[Meeting]:
    passed = Q(community_id=community_id, state__in=HELD, number__gte=first)
    if until is not None:
        passed &= Q(scheduled_at__lte=until)
    rows = Meeting.objects.filter(town_id=town_id).filter(passed | Q(id__in=named))
    return rows.only(*MEETING_COLUMNS).order_by("scheduled_at")[:120]


def _ask_numbered(*, town_id: UUID, community_id: UUID, meeting: int, place: int, is_between: bool) -> QuerySet[Matter]:
    rows = readable(town_id).filter(community_id=community_id, number_meeting=meeting, number_place=place)
    return rows.filter(is_between=is_between)[:1]


def _ask_lines(*, town_id: UUID, matter_id: UUID) -> QuerySet[LedgerLine]:
    return LedgerLine.objects.filter(town_id=town_id, matter_id=matter_id).order_by("seq")[:MOST_LINES]


def _ask_sealed(*, town_id: UUID, lines: Sequence[UUID]) -> QuerySet[Any, Any]:
    rows = Sealed.objects.filter(town_id=town_id, line_id__in=lines).exclude(name="by")
    return rows.values_list("line_id", "name", "public_text", "erased_at")


def _ask_merged_here(*, town_id: UUID, matter_id: UUID) -> QuerySet[Matter]:
    return readable(town_id).filter(merged_into_id=matter_id)[:20]


def _ask_photos(*, town_id: UUID, matter_id: UUID) -> QuerySet[Photo]:
    rows = Photo.objects.filter(town_id=town_id, matter_id=matter_id, is_public=True, erased_at=None)
    return rows.exclude(purpose="form").order_by("at")[:12]


def _ask_printed(*, town_id: UUID, community_id: UUID, seq: int) -> QuerySet[Minutes]:
    rows = Minutes.objects.filter(
        town_id=town_id, meeting__community_id=community_id, published_at__isnull=False, head_seq__gte=seq
    )
    return rows.select_related("meeting").defer("words").order_by("head_seq")[:1]


_AT_A_MEETING = Composed(partial(_ask_numbered, is_between=False))
_BETWEEN = Composed(partial(_ask_numbered, is_between=True))
_LINES, _SEALED, _MEETINGS = Composed(_ask_lines), Composed(_ask_sealed), Composed(_ask_meetings)
_MERGED_HERE, _PHOTOS, _PRINTED = Composed(_ask_merged_here), Composed(_ask_photos), Composed(_ask_printed)


def _photos(matter: Matter) -> list[Photo]:
    return _PHOTOS(town_id=matter.town_id, matter_id=matter.id)


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
    return _PRINTED.first(town_id=community.town_id, community_id=community.id, seq=seq)
