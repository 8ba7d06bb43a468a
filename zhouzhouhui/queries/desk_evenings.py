"""Which meetings are coming, and what somebody owes at each: the desk by due meeting, and the sheet of evenings."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from zhouzhouhui.models import Appointment, Matter, Meeting
from zhouzhouhui.rules.meeting_flow import MeetingState
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.rhythm import CHINA, day_in_china

from .desk_list import BESIDE
from .desk_queues import for_piles, owed_here, with_number_ahead
from .desk_scope import Scope, at_the_desk

PAGE_BESIDE = (
    *BESIDE, "community__successor", "community__town", "category__parent", "raised_meeting", "merged_into__community",
    "split_from__community", "substitute",
)  # fmt: skip
MOST_ROWS = 80
WEEKS_AHEAD = 5


def due_rows(
    actor: Actor, scope: Scope, *, town_id: UUID, at: datetime, also: UUID | None = None, most: int = MOST_ROWS
) -> list[Matter]:
    """What this desk owes at the coming meetings, soonest first; ``also`` brings one more matter along (one query)."""
    matters = at_the_desk(actor, town_id=town_id, day=day_in_china(at))
    owed = owed_here(scope) & Q(due_meeting__isnull=False, is_restricted=False)
    rows = with_number_ahead(for_piles(matters, scope).filter(owed | Q(id=also) if also else owed))
    soonest = F("due_meeting__scheduled_at").asc(nulls_first=True)
    first = () if also is None else (Case(When(id=also, then=Value(0)), default=Value(1)),)
    rows = rows.select_related(*(PAGE_BESIDE if also else BESIDE), "due_meeting__community").order_by(
        *first, soonest, "due_meeting_id", "number_meeting", "is_between", "number_place"
    )
    return list(rows[:most])


def meetings_today(scope: Scope, *, town_id: UUID, at: datetime) -> list[Meeting]:
    """Meetings open now, or called for today, where this person has something to do (one query)."""
    midnight = datetime.combine(day_in_china(at) + timedelta(days=1), time.min, tzinfo=CHINA)
    rows = Meeting.objects.filter(town_id=town_id).filter(
        Q(state=MeetingState.OPEN) | Q(state=MeetingState.CALLED, scheduled_at__lt=midnight)
    )
    if not scope.everywhere and not scope.departments:
        rows = rows.filter(community_id__in=scope.communities)
    return list(rows.select_related("community").order_by("scheduled_at")[:12])


def with_coming_number(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Adds `coming_number`: its own, or the one it will have if every meeting before it is held."""
    before = (
        Meeting.objects.filter(
            town_id=OuterRef("town_id"), community_id=OuterRef("community_id"), state=MeetingState.CALLED,
            scheduled_at__lte=OuterRef("scheduled_at"),
        )
        .order_by()
        .values("community_id")
        .annotate(n=Count("id"))
        .values("n")
    )  # fmt: skip
    return meetings.annotate(last_number=F("community__head__last_number"), meetings_ahead=Subquery(before))


def evenings(scope: Scope, *, town_id: UUID, at: datetime) -> list[Meeting]:
    """The meetings of the next weeks in order: of one's communities, or where one's department owes (one query)."""
    until = at + timedelta(weeks=WEEKS_AHEAD)
    rows = Meeting.objects.filter(
        town_id=town_id, state__in=[MeetingState.CALLED, MeetingState.OPEN], scheduled_at__lt=until
    )
    rows = rows.filter(Q(state=MeetingState.OPEN) | Q(scheduled_at__gte=at - timedelta(hours=12)))
    if not scope.everywhere:
        owed = for_piles(Matter.objects.filter(town_id=town_id, is_restricted=False), scope).filter(owed_here(scope))
        named = Appointment.objects.filter(town_id=town_id, person=scope.person, ended_at=None)
        rows = rows.filter(
            Q(community_id__in=scope.communities)
            | Q(id__in=owed.filter(due_meeting__isnull=False).values("due_meeting_id"))
            | Q(id__in=named.values("meeting_id"))
        )
    return list(with_coming_number(rows).select_related("community").order_by("scheduled_at", "community__code")[:60])


def named_at(scope: Scope, meetings: list[Meeting], *, town_id: UUID) -> dict[UUID, list[str]]:
    """At which of these meetings this person hosts or records (one query)."""
    if scope.person is None:
        return {}
    rows = Appointment.objects.filter(
        town_id=town_id, person_id=scope.person, meeting_id__in=[m.id for m in meetings], ended_at=None
    )
    found: dict[UUID, list[str]] = {}
    for meeting_id, role in rows.values_list("meeting_id", "role"):
        found.setdefault(meeting_id, []).append(role)
    return found
