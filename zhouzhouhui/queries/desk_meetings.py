"""Meetings as the office sees them: what is coming, who hosts, and whose minutes are not published yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from zhouzhouhui.models import Appointment, Mandate, Matter, Meeting, Minutes
from zhouzhouhui.rules.meeting_flow import HELD, MeetingState
from zhouzhouhui.rules.powers import MeetingFacts

from .desk_evenings import with_coming_number
from .desk_scope import Scope

MOST = 80


@dataclass
class Convened:
    """One meeting with those appointed to it."""

    meeting: Meeting
    due: int
    hosts: list[str] = field(default_factory=list)
    recorders: list[str] = field(default_factory=list)
    host_ids: set[UUID] = field(default_factory=set)
    recorder_ids: set[UUID] = field(default_factory=set)

    @property
    def facts(self) -> MeetingFacts:
        """As the rules see it."""
        return MeetingFacts(
            community=self.meeting.community_id,
            hosts=frozenset(self.host_ids),
            recorders=frozenset(self.recorder_ids),
            is_open=self.meeting.state == MeetingState.OPEN,
        )

    @property
    def coming_number(self) -> int | None:
        """The number it has, or will have if every meeting before it is held."""
        ahead, last = getattr(self.meeting, "meetings_ahead", None), getattr(self.meeting, "last_number", None)
        return self.meeting.number or (last + ahead if ahead is not None and last is not None else None)


def coming(scope: Scope, *, town_id: UUID, at: datetime, community: str = "") -> list[Convened]:
    """Open and called meetings, the soonest first (two queries)."""
    rows = _mine(scope, Meeting.objects.filter(town_id=town_id)).filter(
        Q(state=MeetingState.OPEN) | Q(state=MeetingState.CALLED, scheduled_at__gte=at - timedelta(hours=24))
    )
    if community:
        rows = rows.filter(community__short_code=community)
    return _with_people(_with_due(with_coming_number(rows)).order_by("scheduled_at", "community__code")[:MOST], town_id)


def one_meeting(scope: Scope, meeting_id: UUID, *, town_id: UUID) -> Convened | None:
    """One meeting of those this person looks after (two queries)."""
    rows = _mine(scope, Meeting.objects.filter(town_id=town_id, id=meeting_id))
    return next(iter(_with_people(_with_due(with_coming_number(rows)), town_id)), None)


def _mine(scope: Scope, rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    rows = rows.select_related("community")
    return rows if scope.everywhere else rows.filter(community_id__in=scope.communities)


def _with_due(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    owed = Matter.objects.filter(town_id=OuterRef("town_id"), due_meeting_id=OuterRef("id"), is_restricted=False)
    counted = owed.order_by().values("due_meeting_id").annotate(n=Count("id")).values("n")
    return rows.annotate(due_count=Subquery(counted))


def _with_people(rows: QuerySet[Meeting], town_id: UUID) -> list[Convened]:
    found = {m.id: Convened(m, int(getattr(m, "due_count", 0) or 0)) for m in rows}
    named = Appointment.objects.filter(town_id=town_id, meeting_id__in=list(found), ended_at=None).select_related(
        "person"
    )
    for appointment in named:
        one = found[appointment.meeting_id]
        if appointment.role == "host":
            one.hosts.append(appointment.person.name)
            one.host_ids.add(appointment.person_id)
        else:
            one.recorders.append(appointment.person.name)
            one.recorder_ids.add(appointment.person_id)
    return list(found.values())


@dataclass(frozen=True)
class Unpublished:
    """A meeting that is over, and how far its minutes have come: none, edited, signed."""

    meeting: Meeting
    stage: str


def unpublished(scope: Scope, *, town_id: UUID) -> Sequence[Unpublished]:
    """Meetings held whose minutes the wall has not got yet, the oldest first (one query)."""
    latest = Minutes.objects.filter(town_id=OuterRef("town_id"), meeting_id=OuterRef("id")).order_by("-edition")
    rows = _mine(scope, Meeting.objects.filter(town_id=town_id, state__in=sorted(HELD - {MeetingState.PUBLISHED})))
    rows = rows.annotate(
        edited_at=Subquery(latest.values("edited_at")[:1]), signed=Subquery(latest.values("signed_at")[:1])
    )
    return [Unpublished(m, _stage(m)) for m in rows.order_by("scheduled_at")[:40]]


def _stage(meeting: Meeting) -> str:
    if getattr(meeting, "signed", None):
        return "signed"
    return "edited" if getattr(meeting, "edited_at", None) else "none"


@dataclass
class Hosting:
    """Those of one community who may host, and who of them ever did."""

    name: str
    name_en: str
    did: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


def who_hosted(scope: Scope, *, town_id: UUID, day: date) -> list[Hosting]:
    """By community, in no order of merit: who of its cadres and hosts has hosted a meeting (one query)."""
    hosted = Appointment.objects.filter(
        town_id=OuterRef("town_id"), person_id=OuterRef("person_id"), role="host", meeting__state__in=sorted(HELD)
    )
    rows = Mandate.objects.filter(
        town_id=town_id, role__in=["cadre", "host"], community__isnull=False, starts_on__lte=day
    )
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=day), community__isnull=False, person__is_active=True)
    if not scope.everywhere:
        rows = rows.filter(community_id__in=scope.communities)
    found: dict[str, Hosting] = {}
    seen: set[tuple[str, UUID]] = set()
    named = rows.annotate(did=Exists(hosted)).values_list(
        "community__code", "community__name", "community__name_en", "person_id", "person__name", "did"
    )
    for code, name, name_en, person, who, did in named.order_by("community__code", "person__name"):
        if (code, person) not in seen:
            seen.add((code, person))
            one = found.setdefault(code, Hosting(name, name_en))
            (one.did if did else one.never).append(who)
    return list(found.values())
