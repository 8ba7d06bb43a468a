"""What anybody may read of matters: masked columns only; private and restricted matters are counted, not shown."""

from __future__ import annotations

import re
from typing import cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from zhouzhouhui.models import AnswerDraft, Community, Matter, Meeting, Sealed
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.meeting_flow import HELD, MeetingState

from .composed import Composed

NUMBER = re.compile(r"([0-9]{1,6})([-+])([0-9]{1,6})")
READABLE = Q(is_private=False, is_restricted=False)
GONE = (State.MERGED, State.WITHDRAWN, State.VOIDED)
STILL_OPEN = (State.RAISED, State.ASSIGNED)
OWED = (State.RAISED, State.ASSIGNED, State.PROMISED, State.SHELVED)

# The columns public pages read. The full words, places and answers are not among them.
COLUMNS = (
    "id", "town_id", "community_id", "number_meeting", "number_place", "is_between", "raised_at", "public_words",
    "public_place", "people_count", "kind", "is_legacy", "legacy_since", "is_private", "is_restricted",
    "awaits_typing", "channel", "state", "route", "lead_is_community", "due_from", "first_due_lost", "outcome",
    "answered_at", "last_answered_at", "answer_count", "on_the_spot", "promise_on", "owner_is_community", "done_on",
    "carried_count", "is_decision_unread", "review_on", "solved", "manner", "result", "word_from", "word_at",
    "dispute_count", "is_disputed", "seconds",
    "category__name", "category__name_en", "lead_department__name", "lead_department__name_en",
    "owner_department__name", "owner_department__name_en",
    "due_meeting__number", "due_meeting__scheduled_at", "due_meeting__state", "due_meeting__community_id",
    "first_due_meeting__number", "first_due_meeting__scheduled_at", "first_due_meeting__state",
    "answered_meeting__number", "answered_meeting__scheduled_at",
    "community__short_code", "community__name", "community__name_en",
)  # fmt: skip
BESIDE = (
    "community", "category", "lead_department", "owner_department", "due_meeting", "first_due_meeting",
    "answered_meeting",
)  # fmt: skip

MOST_MEETINGS = 80


def readable(town_id: UUID) -> QuerySet[Matter]:
    """The matters of a town that anybody may read, with the masked columns only."""
    return (
        Matter.objects.filter(READABLE, town_id=town_id)
        .exclude(state=State.VOIDED)
        .select_related(*BESIDE)
        .only(*COLUMNS)
    )


def with_said(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Adds `last_reason`, the masked reason of the last carry-over, and `is_prepared`: an answer is signed."""
    town, matter = OuterRef("town_id"), OuterRef("id")
    reason = (
        Sealed.objects.filter(town_id=town, line__town_id=town, line__matter_id=matter)
        .filter(line__verb="carry_over", name="reason")
        .order_by("-line__seq")
        .values("public_text")[:1]
    )
    signed = AnswerDraft.objects.filter(town_id=OuterRef("town_id"), matter_id=OuterRef("id"), state="signed")
    return matters.annotate(last_reason=Subquery(reason), is_prepared=Exists(signed))


def community_by_code(town_id: UUID, short_code: str) -> Community | None:
    """A community of the town by its short code, with the head of its chain and its successor."""
    return _COMMUNITY.first(town_id=town_id, short_code=short_code.upper())


def _community(*, town_id: UUID, short_code: str) -> QuerySet[Community]:
    return Community.objects.filter(town_id=town_id, short_code=short_code).select_related("head", "successor")


_COMMUNITY = Composed(_community)


MEETING_COLUMNS = (
    "id", "community_id", "kind", "state", "scheduled_at", "place", "number", "reason", "moved_from", "frozen",
    "opened_at", "ended_at",
)  # fmt: skip


def meetings_around(community: Community, *, held: int = 27, ahead: int = 3) -> list[Meeting]:
    """The last meetings held and the next ones called (or open), in order of time (one query)."""
    found = _MEETINGS_AROUND(town_id=community.town_id, community_id=community.id)
    found = list(reversed(found[: held + ahead + 5]))
    past = [m for m in found if m.state in HELD]
    coming = [m for m in found if m.state not in HELD]
    return [*past[-held:], *coming[:ahead]]


def _meetings_around(*, town_id: UUID, community_id: UUID) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(town_id=town_id, community_id=community_id)
    rows = rows.filter(state__in=(*HELD, MeetingState.CALLED, MeetingState.OPEN)).only(*MEETING_COLUMNS)
    return rows.order_by("-scheduled_at")[:MOST_MEETINGS]


_MEETINGS_AROUND = Composed(_meetings_around)


def parse_number(number: str) -> tuple[int, bool, int] | None:
    """13-08 or 13+02 as (meeting, between, place); None for anything else."""
    found = NUMBER.fullmatch(number)
    return (int(found[1]), found[2] == "+", int(found[3])) if found else None


def numbered(matters: QuerySet[Matter], number: str) -> QuerySet[Matter]:
    """The matter with this number among them, or none."""
    parsed = parse_number(number)
    if parsed is None:
        return matters.none()
    meeting, is_between, place = parsed
    return matters.filter(number_meeting=meeting, is_between=is_between, number_place=place)


def last_reason(matter: Matter) -> str:
    """The masked reason of the last carry-over, where :func:`with_said` was asked."""
    return cast("str | None", getattr(matter, "last_reason", None)) or ""


def is_prepared(matter: Matter) -> bool:
    """Whether a signed answer waits for the meeting, where :func:`with_said` was asked."""
    return bool(getattr(matter, "is_prepared", False))
