"""What the clock has to do now in one town."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import Community, Matter, Meeting
from ..rules.matter_flow import State
from ..rules.meeting_flow import HELD, LEFT_OPEN, MEETINGS_AHEAD, MeetingKind, MeetingState


def communities_to_call(*, town_id: UUID, at: datetime) -> list[UUID]:
    """Communities with fewer than three regular meetings called ahead."""
    ahead = Q(meetings__state=MeetingState.CALLED, meetings__kind=MeetingKind.REGULAR, meetings__scheduled_at__gt=at)
    rows = Community.objects.filter(town_id=town_id, dissolved_on=None).annotate(ahead=Count("meetings", filter=ahead))
    return list(rows.filter(ahead__lt=MEETINGS_AHEAD).values_list("id", flat=True))


def meetings_not_opened(*, town_id: UUID, at: datetime) -> list[UUID]:
    """Called meetings whose time passed 24 hours ago."""
    return list(
        Meeting.objects.filter(town_id=town_id, state=MeetingState.CALLED, scheduled_at__lte=at - LEFT_OPEN)
        .order_by("scheduled_at")
        .values_list("id", flat=True)
    )


def meetings_left_open(*, town_id: UUID, at: datetime) -> list[UUID]:
    """Meetings opened 24 hours ago and never ended."""
    return list(
        Meeting.objects.filter(town_id=town_id, state=MeetingState.OPEN, opened_at__lte=at - LEFT_OPEN)
        .order_by("opened_at")
        .values_list("id", flat=True)
    )


def answers_to_lapse(*, town_id: UUID, held: int) -> QuerySet[Matter, UUID]:
    """Answered matters about which nobody said a word while ``held`` meetings of their community were held."""
    since = (
        Meeting.objects.filter(
            town_id=town_id,
            community_id=Coalesce(OuterRef("community__successor_id"), OuterRef("community_id")),
            state__in=list(HELD),
            opened_at__gt=OuterRef("last_answered_at"),
        )
        .order_by("opened_at")
        .values("opened_at")[held - 1 : held]
    )
    rows = Matter.objects.filter(town_id=town_id, state=State.ANSWERED).annotate(enough=Subquery(since))
    return rows.filter(enough__isnull=False).order_by("last_answered_at").values_list("id", flat=True)
