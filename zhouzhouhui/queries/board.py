"""One community's board: what is owed at the next meeting, what is promised, what was answered, and its year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from zhouzhouhui.models import Community, Matter, Meeting
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.meeting_flow import HELD, MeetingState

from .composed import Composed
from .public_matters import (
    GONE,
    OWED,
    STILL_OPEN,
    meetings_around,
    parse_number,
    readable,
    with_said,
)

MOST_OWED, MOST_LATER, MOST_LATEST, MOST_PROMISES = 80, 60, 6, 40
PAGE = 30
STATES = frozenset(state.value for state in State)
KIND_CHOICES = ("question", "request", "complaint", "suggestion", "praise", "unknown")


@dataclass(frozen=True)
class Counted:
    """Whole numbers of a community, as they stand now."""

    raised: int = 0
    closed_or_answered: int = 0
    merged: int = 0
    withdrawn: int = 0
    private: int = 0
    restricted: int = 0

    @property
    def apart(self) -> int:
        """Counted, but not shown."""
        return self.private + self.restricted


@dataclass(frozen=True)
class ArcRow:
    """So many matters raised at (or after, `is_between`) one meeting, with the same fate."""

    number_meeting: int
    is_between: bool
    state: str
    is_decision_unread: bool
    is_disputed: bool
    answered_meeting_id: UUID | None
    first_due_meeting_id: UUID | None
    due_meeting_id: UUID | None
    is_private: bool
    n: int
    place: int  # the lowest place among them: with n = 1 its number

    @property
    def is_open(self) -> bool:
        """Still owed: nothing was answered since it was raised or disputed."""
        return self.state in (*STILL_OPEN, State.SHELVED) or self.is_decision_unread


@dataclass(frozen=True)
class Board:
    """What the page of a community shows."""

    community: Community
    meetings: Sequence[Meeting]
    next_meeting: Meeting | None
    owed: Sequence[Matter]
    due_count: int
    due_private: int
    later: Sequence[Matter]
    latest: Sequence[Matter]
    arcs: Sequence[ArcRow]
    promises: Sequence[Matter]
    counted: Counted

    @property
    def last_held(self) -> Meeting | None:
        """The last meeting that took place and is over."""
        return next((m for m in reversed(self.meetings) if m.state in HELD), None)


def board(community: Community) -> Board:
    """The board of a community: nine queries, whatever the number of matters."""
    meetings = meetings_around(community)
    coming = next((m for m in meetings if m.state in (MeetingState.OPEN, MeetingState.CALLED)), None)
    held = [m for m in meetings if m.state in HELD]
    town_id, due = community.town_id, coming.id if coming else None
    counts = dict(_DUE_COUNTS(town_id=town_id, due=due)) if due else {}
    first = (held[0].number or 0) if held else 0
    return Board(
        community=community,
        meetings=meetings,
        next_meeting=coming,
        owed=_OWED(town_id=town_id, due=due) if due else [],
        due_count=sum(counts.values()),
        due_private=counts.get(True, 0),
        later=_LATER(town_id=town_id, community_id=community.id, due=due),
        latest=_LATEST(town_id=town_id, community_id=community.id, at=[m.id for m in held[-3:]]) if held else [],
        arcs=[ArcRow(*row) for row in _ARCS(town_id=town_id, community_id=community.id, first=first)],
        promises=_PROMISES(town_id=town_id, community_id=community.id, first=first),
        counted=_counted(community),
    )


def _due_counts(*, town_id: UUID, due: UUID) -> Any:
    rows = Matter.objects.filter(town_id=town_id, due_meeting_id=due).order_by()
    return rows.values("is_private").annotate(n=Count("id")).values_list("is_private", "n")


def _owed(*, town_id: UUID, due: UUID) -> QuerySet[Matter]:
    """Due at the next meeting, the longest owed first."""
    matters = with_said(readable(town_id)).filter(due_meeting_id=due)
    return matters.order_by("raised_at", "number_place")[:MOST_OWED]


def _later(*, town_id: UUID, community_id: UUID, due: UUID | None) -> QuerySet[Matter]:
    """Promised, shelved, or due at a later meeting."""
    matters = readable(town_id).filter(community_id=community_id, state__in=OWED)
    if due:
        matters = matters.exclude(due_meeting_id=due)
    return matters.order_by(F("promise_on").asc(nulls_last=True), "-raised_at")[:MOST_LATER]


def _latest(*, town_id: UUID, community_id: UUID, at: Sequence[UUID]) -> QuerySet[Matter]:
    """What was answered at the last three meetings, newest first."""
    matters = readable(town_id).filter(answered_meeting_id__in=at)
    matters = matters.filter(community_id=community_id, state__in=(State.ANSWERED, State.CLOSED))
    return matters.order_by("-last_answered_at")[:MOST_LATEST]


def _arcs(*, town_id: UUID, community_id: UUID, first: int) -> Any:
    """Every matter of the last year or so, grouped by where it began and where it ended."""
    names = (
        "number_meeting", "is_between", "state", "is_decision_unread", "is_disputed", "answered_meeting_id",
        "first_due_meeting_id", "due_meeting_id", "is_private",
    )  # fmt: skip
    return (
        Matter.objects.filter(town_id=town_id, community_id=community_id, is_restricted=False)
        .filter(number_meeting__gte=first)
        .exclude(state__in=GONE)
        .order_by()
        .values(*names)
        .annotate(n=Count("id"), place=Min("number_place"))
        .values_list(*names, "n", "place")
    )


def _promises(*, town_id: UUID, community_id: UUID, first: int) -> QuerySet[Matter]:
    """Dated promises of that time, open and kept."""
    matters = Matter.objects.filter(
        town_id=town_id, community_id=community_id, is_restricted=False, promise_on__isnull=False
    ).filter(number_meeting__gte=first)
    return (
        matters.exclude(state__in=GONE)
        .select_related("category", "due_meeting")
        .only(
            "id", "number_meeting", "number_place", "is_between", "is_private", "state", "promise_on", "done_on",
            "answered_at", "last_answered_at", "due_from", "category__name", "category__name_en",
            "due_meeting__scheduled_at", "due_meeting__number",
        )
        .order_by("-promise_on")[:MOST_PROMISES]
    )  # fmt: skip


def _count_rows(*, town_id: UUID, community_id: UUID) -> Any:
    names = ("state", "is_decision_unread", "is_private", "is_restricted")
    rows = Matter.objects.filter(town_id=town_id, community_id=community_id).order_by()
    return rows.values(*names).annotate(n=Count("id")).values_list(*names, "n")


def _counted(community: Community) -> Counted:
    raised = told = merged = withdrawn = private = restricted = 0
    for state, is_unread, is_private, is_restricted, n in _COUNTS(town_id=community.town_id, community_id=community.id):
        merged += n * (state == State.MERGED)
        withdrawn += n * (state == State.WITHDRAWN)
        if state in GONE:
            continue
        raised += n
        told += n * (state in (State.ANSWERED, State.PROMISED, State.CLOSED))
        told += n * (state == State.REFERRED and not is_unread)
        restricted += n * is_restricted
        private += n * (is_private and not is_restricted)
    return Counted(raised, told, merged, withdrawn, private, restricted)


_DUE_COUNTS, _OWED, _LATER, _LATEST = Composed(_due_counts), Composed(_owed), Composed(_later), Composed(_latest)
_ARCS, _PROMISES, _COUNTS = Composed(_arcs), Composed(_promises), Composed(_count_rows)


@dataclass(frozen=True)
class MatterPage:
    """One page of the list of all matters, newest first, with the cursors of the pages beside it."""

    matters: Sequence[Matter]
    older: str
    newer: str


def matter_page(
    community: Community,
    *,
    state: str = "",
    kind: str = "",
    meeting: str = "",
    before: str = "",
    after: str = "",
) -> MatterPage:
    """A page of a community's readable matters by number, newest first (one query).

    `before` and `after` are numbers (13-08) to go on from; what is no number is taken as not given.
    """
    matters = readable(community.town_id).filter(community_id=community.id)
    if state in STATES:
        matters = matters.filter(state=state)
    if kind in KIND_CHOICES:
        matters = matters.filter(kind=kind)
    if meeting.isascii() and meeting.isdigit() and len(meeting) < 7:
        matters = matters.filter(number_meeting=int(meeting))
    if after and parse_number(after):
        rows = list(
            _beyond(matters, after, newer=True).order_by("number_meeting", "is_between", "number_place")[: PAGE + 1]
        )
        shown = list(reversed(rows[:PAGE]))
        return _page(shown, has_older=bool(shown), has_newer=len(rows) > PAGE)
    has_newer = bool(before and parse_number(before))
    if has_newer:
        matters = _beyond(matters, before, newer=False)
    rows = list(matters.order_by("-number_meeting", "-is_between", "-number_place")[: PAGE + 1])
    return _page(rows[:PAGE], has_older=len(rows) > PAGE, has_newer=has_newer and bool(rows))


def _beyond(matters: QuerySet[Matter], number: str, *, newer: bool) -> QuerySet[Matter]:
    parsed = parse_number(number)
    assert parsed is not None
    meeting, is_between, place = parsed
    way = "gt" if newer else "lt"
    return matters.filter(
        Q(**{f"number_meeting__{way}": meeting})
        | Q(**{"number_meeting": meeting, f"is_between__{way}": is_between})
        | Q(**{"number_meeting": meeting, "is_between": is_between, f"number_place__{way}": place})
    )


def _page(matters: Sequence[Matter], *, has_older: bool, has_newer: bool) -> MatterPage:
    return MatterPage(
        matters,
        older=matters[-1].number if has_older and matters else "",
        newer=matters[0].number if has_newer and matters else "",
    )


def communities_in_order(communities: Iterable[Community]) -> list[Community]:
    """Neighbourhoods and villages by their 区划代码: no order of merit."""
    return sorted(communities, key=lambda c: (c.kind != Community.NEIGHBOURHOOD, c.code))
