"""The town's front page: figures, this week's meetings, the last answers, every community and its hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhouzhouhui.models import Community, Matter, Meeting, Sealed
from zhouzhouhui.rules.figures import Figures
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.meeting_flow import HELD, MeetingState
from zhouzhouhui.rules.rhythm import CHINA, day_in_china

from .board import communities_in_order
from .figures import figures
from .public_matters import STILL_OPEN, readable

ANSWERS, ANSWERS_READ, LAST_MEETINGS, MOST_MEETINGS = 3, 40, 8, 60
IN_SIGHT = (MeetingState.CALLED, MeetingState.OPEN, MeetingState.CANCELLED)


@dataclass(frozen=True)
class TownPage:
    """What the front page shows."""

    figures: Figures
    overdue: int
    week: Sequence[Meeting]  # from today on, seven days, each with `due_count`
    next_meeting: Meeting | None
    answers: Sequence[Matter]  # each with `answer_text`
    communities: Sequence[Community]

    @property
    def due_this_week(self) -> int:
        """How many matters the meetings of the week owe an answer."""
        return sum(due_count(m) for m in self.week if m.state != MeetingState.CANCELLED)


def town_page(*, town_id: UUID, at: datetime) -> TownPage:
    """The front page as of `at` (at most ten queries)."""
    week = list(_week(town_id, at))
    coming = next((m for m in week if m.state == MeetingState.OPEN), None)
    coming = coming or next((m for m in week if m.state == MeetingState.CALLED and m.scheduled_at >= at), None)
    return TownPage(
        figures=figures(town_id=town_id),
        overdue=overdue(town_id=town_id),
        week=week,
        next_meeting=coming or _next(town_id, at),
        answers=_answers(town_id),
        communities=communities_of(town_id),
    )


def due_count(meeting: Meeting) -> int:
    """How many matters are due at a meeting that was read with its count."""
    return int(getattr(meeting, "due_count", 0))


def communities_of(town_id: UUID) -> list[Community]:
    """The communities that hold meetings now or will, neighbourhoods first, by 区划代码 (one query)."""
    return communities_in_order(Community.objects.filter(town_id=town_id, dissolved_on=None))


def overdue(*, town_id: UUID, community_id: UUID | None = None) -> int:
    """Matters still open after the first meeting they were due at (restricted ones have their own clock)."""
    matters = Matter.objects.filter(town_id=town_id, state__in=STILL_OPEN, is_restricted=False)
    if community_id is not None:
        matters = matters.filter(community_id=community_id)
    return matters.filter(Q(first_due_lost=True) | Q(first_due_meeting__state__in=sorted(HELD))).count()


def _meetings(town_id: UUID) -> QuerySet[Meeting]:
    due = Matter.objects.filter(town_id=OuterRef("town_id"), due_meeting_id=OuterRef("id"), is_restricted=False)
    owed = Coalesce(Subquery(due.order_by().values("due_meeting_id").annotate(n=Count("id")).values("n")), 0)
    return Meeting.objects.filter(town_id=town_id).select_related("community").annotate(due_count=owed)


def _week(town_id: UUID, at: datetime) -> QuerySet[Meeting]:
    start = datetime.combine(day_in_china(at), time.min, tzinfo=CHINA)
    rows = _meetings(town_id).filter(scheduled_at__gte=start, scheduled_at__lt=start + timedelta(days=7))
    return rows.filter(state__in=IN_SIGHT).order_by("scheduled_at", "community__code")[:MOST_MEETINGS]


def _next(town_id: UUID, at: datetime) -> Meeting | None:
    rows = _meetings(town_id).filter(state=MeetingState.CALLED, scheduled_at__gte=at)
    return rows.order_by("scheduled_at").first()


def _answers(town_id: UUID) -> list[Matter]:
    """The newest answers, from communities and of states as different as there are."""
    over = Meeting.objects.filter(town_id=town_id, state__in=sorted(HELD)).order_by("-scheduled_at")
    recent = list(over.values_list("id", flat=True)[:LAST_MEETINGS])
    matters = readable(town_id).filter(answered_meeting_id__in=recent).exclude(public_words="")
    given = (State.ANSWERED, State.PROMISED, State.CLOSED)
    rows = list(with_answer(matters).filter(state__in=given).order_by("-last_answered_at")[:ANSWERS_READ])
    chosen: list[Matter] = []
    for is_new in (_is_all_new, _is_new_place, _is_any):
        for matter in rows:
            if len(chosen) < ANSWERS and matter not in chosen and is_new(matter, chosen):
                chosen.append(matter)
    return chosen


def _is_all_new(matter: Matter, chosen: Sequence[Matter]) -> bool:
    return _is_new_place(matter, chosen) and all(matter.state != other.state for other in chosen)


def _is_new_place(matter: Matter, chosen: Sequence[Matter]) -> bool:
    return all(matter.community_id != other.community_id for other in chosen)


def _is_any(matter: Matter, chosen: Sequence[Matter]) -> bool:
    return True


def with_answer(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Adds `answer_text`, the masked words of the last answer."""
    town = OuterRef("town_id")
    words = (
        Sealed.objects.filter(town_id=town, line__town_id=town, line__matter_id=OuterRef("id"))
        .filter(line__verb="give_answer", name="words")
        .order_by("-line__seq")
        .values("public_text")[:1]
    )
    return matters.annotate(answer_text=Subquery(words))
