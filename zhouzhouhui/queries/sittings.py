"""A meeting with whoever hosts and records it, in one query: every act asks this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, Q, QuerySet

from zhouzhouhui.models import LedgerLine, Meeting
from zhouzhouhui.rules.meeting_flow import MeetingState
from zhouzhouhui.rules.powers import MeetingFacts

from .composed import Composed

OPEN = MeetingState.OPEN.value


def meeting_with_roles(
    *, town_id: UUID, meeting_id: UUID, act_id: UUID | None = None
) -> tuple[Meeting, MeetingFacts] | None:
    """The meeting of this town with its community, and its facts as the rules see them."""
    if act_id is None:
        return _gathered(_BY_KEY(town_id=town_id, meeting_id=meeting_id))
    return _gathered(_BY_KEY_AND_ACT(town_id=town_id, meeting_id=meeting_id, act_id=act_id))


def is_act_taken(meeting: Meeting) -> bool:
    """Whether the key that :func:`meeting_with_roles` was told belongs to an act already taken."""
    return bool(getattr(meeting, "act_taken", False))


def open_meeting_with_roles(*, town_id: UUID, community_id: UUID) -> tuple[Meeting, MeetingFacts] | None:
    """The meeting of this community that is open now, if one is."""
    return _gathered(_OPEN(town_id=town_id, community_id=community_id, state=OPEN))


def _gathered(rows: Sequence[Any]) -> tuple[Meeting, MeetingFacts] | None:
    if not rows:
        return None
    meeting: Meeting = rows[0]
    held = [row for row in rows if row.id == meeting.id]
    facts = MeetingFacts(
        community=meeting.community_id,
        hosts=frozenset(row.held_by for row in held if row.held_as == "host"),
        recorders=frozenset(row.held_by for row in held if row.held_as == "recorder"),
        is_open=meeting.state == OPEN,
    )
    return meeting, facts


def _appointed(rows: QuerySet[Meeting]) -> QuerySet[Any]:
    """One row for each appointment that stands; a meeting without any once."""
    appointed = FilteredRelation("appointments", condition=Q(appointments__ended_at=None))
    return (
        rows.select_related("community__town", "community__head")
        .annotate(appointed=appointed)
        .annotate(held_as=F("appointed__role"), held_by=F("appointed__person_id"))
    )


def _by_key(*, town_id: UUID, meeting_id: UUID) -> QuerySet[Any]:
    return _appointed(Meeting.objects.filter(town_id=town_id, id=meeting_id))


def _by_key_and_act(*, town_id: UUID, meeting_id: UUID, act_id: UUID) -> QuerySet[Any]:
    rows = _by_key(town_id=town_id, meeting_id=meeting_id)
    known: QuerySet[Any] = rows.annotate(act_taken=Exists(LedgerLine.objects.filter(id=act_id)))
    return known


def _open(*, town_id: UUID, community_id: UUID, state: str) -> QuerySet[Any]:
    rows = Meeting.objects.filter(town_id=town_id, community_id=community_id, state=state)
    return _appointed(rows).order_by("opened_at", "id")


_BY_KEY, _BY_KEY_AND_ACT, _OPEN = Composed(_by_key), Composed(_by_key_and_act), Composed(_open)
