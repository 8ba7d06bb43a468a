"""Five minutes for a leader: what is to be decided, what is late and where it is stuck, what is growing, promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncWeek

from zhouzhouhui.models import Matter
from zhouzhouhui.rules.matter_flow import OWED, State
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.rhythm import CHINA, day_in_china

from .desk_list import BESIDE
from .desk_queues import PAST_ITS_MEETING, PILES, for_piles, in_hand, with_number_ahead
from .desk_scope import Scope, at_the_desk

TO_DECIDE = ("to_sign", "returns", "unassigned", "asked", "to_review")
WEEKS, GROWTH_WEEKS, MOST_LISTED, MOST_GROWING = 4, 16, 120, 3


@dataclass(frozen=True)
class Growing:
    """A category of which more is raised than before: how many in each fortnight of the last eight."""

    category: str
    name: str
    name_en: str
    counts: Sequence[int]
    communities: int

    @property
    def recent(self) -> int:
        """How many in the last four weeks."""
        return sum(self.counts[-2:])


@dataclass(frozen=True)
class Overview:
    """What the page shows."""

    counts: Mapping[str, int]
    decide: Sequence[Matter]
    late: Sequence[Matter]
    growing: Sequence[Growing]
    weeks: Sequence[tuple[date, int]]


def overview(actor: Actor, scope: Scope, *, town_id: UUID, at: datetime) -> Overview:
    """The page as of ``at`` (three queries)."""
    day = day_in_china(at)
    matters = for_piles(at_the_desk(actor, town_id=town_id, day=day), scope)
    mine = [code for code in TO_DECIDE if PILES[code].roles & scope.roles]
    counts = _counts(in_hand(matters), scope, mine, at)
    decide, late = _listed(in_hand(matters), scope, mine, day)
    return Overview(
        counts=counts,
        decide=decide,
        late=late,
        growing=_growing(matters, at),
        weeks=[(_monday(day) + timedelta(weeks=n), counts[f"week_{n}"]) for n in range(WEEKS + 1)],
    )


def _counts(matters: QuerySet[Matter], scope: Scope, mine: Sequence[str], at: datetime) -> dict[str, int]:
    day = day_in_china(at)
    soon = Q(
        due_meeting__scheduled_at__gte=at - timedelta(hours=12), due_meeting__scheduled_at__lt=at + timedelta(days=14)
    )
    due = Q(is_restricted=False) & soon
    unwritten = Q(state__in=[State.RAISED, State.ASSIGNED]) & (Q(draft_state=None) | Q(draft_state="sent_back"))
    open_promise = Q(state=State.PROMISED, done_on=None)
    wanted: dict[str, Any] = {code: Count("id", filter=PILES[code].of(scope, day)) for code in mine}
    wanted |= {
        "decide": Count("id", filter=_any(scope, mine, day)),
        "late": Count("id", filter=PAST_ITS_MEETING),
        "meetings": Count("due_meeting_id", filter=due, distinct=True),
        "due": Count("id", filter=due),
        "unwritten": Count("id", filter=due & unwritten),
        "promises": Count("id", filter=open_promise),
        "promises_past": Count("id", filter=open_promise & Q(promise_on__lt=day)),
        "shelved": Count("id", filter=Q(state=State.SHELVED)),
        "disputed": Count("id", filter=Q(is_disputed=True, state__in=OWED)),
    }  # fmt: skip
    for n in range(WEEKS + 1):
        start = max(day, _monday(day) + timedelta(weeks=n))
        end = _monday(day) + timedelta(weeks=n + 1)
        within = Q(promise_on__gte=start) if n == WEEKS else Q(promise_on__gte=start, promise_on__lt=end)
        wanted[f"week_{n}"] = Count("id", filter=open_promise & within)
    counted: dict[str, Any] = matters.order_by().aggregate(**wanted)
    return {name: int(n or 0) for name, n in counted.items()}


def _any(scope: Scope, mine: Sequence[str], day: date) -> Q:
    found = Q(pk__in=[])
    for code in mine:
        found |= PILES[code].of(scope, day)
    return found


def _listed(
    matters: QuerySet[Matter], scope: Scope, mine: Sequence[str], day: date
) -> tuple[list[Matter], list[Matter]]:
    """What is to be decided, the most urgent first; and what is late, the longest first (one query)."""
    rows = with_number_ahead(matters.filter(_any(scope, mine, day) | PAST_ITS_MEETING)).select_related(*BESIDE)
    found = list(rows.order_by(F("due_meeting__scheduled_at").asc(nulls_last=True), "raised_at")[:MOST_LISTED])
    late = sorted((m for m in found if _is_late(m)), key=lambda m: m.raised_at)
    return [m for m in found if what_to_decide(m, mine, day)], late


def _is_late(matter: Matter) -> bool:
    first = matter.first_due_meeting
    over = matter.first_due_lost or (first is not None and first.state in ("adjourned", "broken_off", "published"))
    return (
        over and matter.state in (State.RAISED, State.ASSIGNED) and not matter.answer_count and not matter.is_restricted
    )


def what_to_decide(matter: Matter, mine: Sequence[str], day: date) -> str:
    """Which of the piles to decide a matter lies in; nothing when in none."""
    draft = getattr(matter, "draft_state", None)
    judged = {
        "to_sign": draft == "prepared" and matter.state in OWED,
        "returns": matter.return_asked_at is not None and matter.state == State.ASSIGNED,
        "unassigned": matter.state == State.RAISED and not matter.is_restricted,
        "asked": bool(matter.asked_route) and matter.state in OWED,
        "to_review": matter.state == State.SHELVED
        and matter.review_on is not None
        and matter.review_on <= day + timedelta(days=14),
    }
    return next((code for code in mine if judged[code]), "")


def _growing(matters: QuerySet[Matter], at: datetime) -> list[Growing]:
    """Categories of which the last four weeks brought more than the four before (one query)."""
    start = _monday(day_in_china(at)) - timedelta(weeks=GROWTH_WEEKS - 1)
    since = datetime(start.year, start.month, start.day, tzinfo=CHINA)
    rows = (
        matters.filter(is_restricted=False, raised_at__gte=since, category__isnull=False)
        .order_by()
        .annotate(week=TruncWeek("raised_at", tzinfo=CHINA))
        .values("category__code", "category__name", "category__name_en", "community_id", "week")
        .annotate(n=Count("id"))
    )
    counts: dict[tuple[str, str, str], list[int]] = {}
    where: dict[tuple[str, str, str], set[UUID]] = {}
    for row in rows:
        key = (row["category__code"], row["category__name"], row["category__name_en"])
        fortnight = min((row["week"].date() - start).days // 14, GROWTH_WEEKS // 2 - 1)
        counts.setdefault(key, [0] * (GROWTH_WEEKS // 2))[fortnight] += row["n"]
        where.setdefault(key, set()).add(row["community_id"])
    found = [Growing(*key, counts=n, communities=len(where[key])) for key, n in counts.items()]
    rising = [g for g in found if g.recent > sum(g.counts[-4:-2]) and g.recent >= 3]
    return sorted(rising, key=lambda g: sum(g.counts[-4:-2]) - g.recent)[:MOST_GROWING]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
