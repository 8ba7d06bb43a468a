"""The piles on each desk: what waits for whom. One table; the counts come from one query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from zhouzhouhui.models import AnswerDraft, Assisting, Matter, Meeting
from zhouzhouhui.rules.matter_flow import OWED, State
from zhouzhouhui.rules.meeting_flow import HELD, MeetingState
from zhouzhouhui.rules.powers import Mandated
from zhouzhouhui.rules.rhythm import CHINA, day_in_china

from .desk_scope import Scope

STANDING = ("prepared", "signed", "sent_back")
REVIEW_AHEAD = timedelta(days=14)
OFFICE, LEADER, CADRE, OFFICER = Mandated.OFFICE, Mandated.LEADER, Mandated.CADRE, Mandated.OFFICER
OPEN = Q(is_restricted=False)
PAST_ITS_MEETING = (
    OPEN
    & Q(state__in=[State.RAISED, State.ASSIGNED], answer_count=0)
    & (Q(first_due_lost=True) | Q(first_due_meeting__state__in=sorted(HELD)))
)


@dataclass(frozen=True)
class Pile:
    """One pile: who has it on the desk, and which matters lie in it. ``is_owed`` marks what is due from them."""

    code: str
    roles: frozenset[Mandated]
    of: Callable[[Scope, date], Q]
    is_owed: bool = False


def _pile(code: str, roles: set[Mandated], of: Callable[[Scope, date], Q], *, owed: bool = False) -> tuple[str, Pile]:
    return code, Pile(code, frozenset(roles), of, owed)


DELEGATE, RECORDER = Mandated.DELEGATE, Mandated.RECORDER
WATCHING = {OFFICE, LEADER, CADRE, DELEGATE}
UNSETTLED = Q(state__in=OWED) | Q(is_decision_unread=True)
PILES: Mapping[str, Pile] = dict([
    # decide
    _pile("to_sign", {LEADER}, lambda s, d: Q(draft_state="prepared", state__in=OWED), owed=True),
    _pile("to_review", {LEADER, OFFICE}, lambda s, d: Q(state=State.SHELVED, review_on__lte=d + REVIEW_AHEAD)),
    _pile("unassigned", {OFFICE, CADRE}, lambda s, d: OPEN & Q(state=State.RAISED) & _whose(s), owed=True),
    _pile("returns", {OFFICE}, lambda s, d: Q(state=State.ASSIGNED, return_asked_at__isnull=False), owed=True),
    _pile("asked", {OFFICE, CADRE}, lambda s, d: ~Q(asked_route="") & Q(state__in=OWED) & _whose(s)),
    _pile("restricted", {OFFICE, LEADER}, lambda s, d: Q(is_restricted=True) & UNSETTLED),
    _pile("untyped", {OFFICE, CADRE, RECORDER}, lambda s, d: Q(awaits_typing=True) & _whose(s)),
    # answer
    _pile("to_take", {OFFICER, CADRE}, lambda s, d: s.owes & Q(state=State.ASSIGNED, taken_at=None), owed=True),
    _pile("to_contact", {OFFICER, CADRE}, lambda s, d: s.owes & Q(state=State.ASSIGNED, contacted_at=None)),
    _pile("to_answer", {OFFICER, CADRE}, lambda s, d: s.owes & Q(state=State.ASSIGNED) & _unsigned(), owed=True),
    _pile("sent_back", {OFFICER, CADRE}, lambda s, d: _mine(s) & Q(draft_state="sent_back", state__in=OWED), owed=True),
    _pile("opinions", {OFFICER}, lambda s, d: Q(state=State.ASSIGNED) & Q(needs_opinion=True), owed=True),
    _pile("promises", {OFFICER, CADRE}, lambda s, d: s.owns & Q(state=State.PROMISED, done_on=None), owed=True),
    _pile("ready", {OFFICER, CADRE}, lambda s, d: _mine(s) & Q(draft_state="signed", state__in=OWED)),
    # watch
    _pile("unread", {OFFICE, CADRE}, lambda s, d: OPEN & Q(is_decision_unread=True) & _whose(s)),
    _pile("late", WATCHING, lambda s, d: PAST_ITS_MEETING & _whose(s), owed=True),
    _pile("disputed", WATCHING, lambda s, d: OPEN & Q(is_disputed=True, state__in=OWED) & _whose(s)),
    _pile("wordless", {CADRE, RECORDER}, lambda s, d: OPEN & Q(state=State.ANSWERED) & _whose(s)),
    _pile("due_soon", {DELEGATE}, lambda s, d: OPEN & Q(due_meeting__scheduled_at__lt=_until(d)) & _whose(s)),
])  # fmt: skip


def _mine(scope: Scope) -> Q:
    return scope.owes | scope.owns


def _whose(scope: Scope) -> Q:
    return Q() if scope.everywhere else Q(community_id__in=scope.communities)


def _unsigned() -> Q:
    return Q(draft_state=None) | Q(draft_state="superseded")


def _until(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(days=15)


def for_piles(matters: QuerySet[Matter], scope: Scope) -> QuerySet[Matter]:
    """Adds what piles ask for: `draft_state` (prepared, signed, sent_back or None) and `needs_opinion` of this desk."""
    mine = {"town_id": OuterRef("town_id"), "matter_id": OuterRef("id")}
    standing = AnswerDraft.objects.filter(state__in=STANDING, **mine).order_by("-prepared_at", "-id")
    asked = Assisting.objects.filter(department_id__in=scope.departments, opinion_at=None, **mine)
    return matters.annotate(
        draft_state=Subquery(standing.values("state")[:1]),
        needs_opinion=Exists(asked) if scope.departments else Value(False, output_field=BooleanField()),
    )


def with_number_ahead(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Adds `last_number` of its community and `meetings_ahead` up to its due meeting: the number that one will have."""
    called = (
        Meeting.objects.filter(
            town_id=OuterRef("town_id"), community_id=OuterRef("due_meeting__community_id"), state=MeetingState.CALLED,
            scheduled_at__lte=OuterRef("due_meeting__scheduled_at"),
        )
        .order_by()
        .values("community_id")
        .annotate(n=Count("id"))
        .values("n")
    )  # fmt: skip
    return matters.annotate(last_number=F("due_meeting__community__head__last_number"), meetings_ahead=Subquery(called))


def piles_of(scope: Scope) -> list[Pile]:
    """The piles on this person's desk, in the order of the table."""
    return [pile for pile in PILES.values() if pile.roles & scope.roles]


def pile_of(scope: Scope, code: str) -> Pile | None:
    """One pile by its code, where it is on this person's desk."""
    pile = PILES.get(code)
    return pile if pile is not None and pile.roles & scope.roles else None


def in_hand(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Without what is over and done with: no pile holds it, and there is most of it."""
    live = Q(state__in=[*OWED, State.SHELVED, State.ANSWERED]) | Q(is_decision_unread=True) | Q(awaits_typing=True)
    return matters.filter(live)


def count_piles(matters: QuerySet[Matter], scope: Scope, *, at: datetime) -> dict[str, int]:
    """How many lie in each pile (one query)."""
    day = day_in_china(at)
    wanted = {pile.code: Count("id", filter=pile.of(scope, day)) for pile in piles_of(scope)}
    if not wanted:
        return {}
    counted: dict[str, Any] = for_piles(in_hand(matters), scope).order_by().aggregate(**wanted)
    return {code: int(n or 0) for code, n in counted.items()}


def owed_here(scope: Scope) -> Q:
    """What this person's desk shows by due meeting: what they lead, keep or help with; else all they watch.

    Asked of matters that went through :func:`for_piles`.
    """
    if scope.departments:
        return (scope.owes | scope.owns | Q(needs_opinion=True)) & Q(state__in=OWED)
    unread = Q(is_decision_unread=True)
    return (Q(state__in=OWED) | unread) & _whose(scope)
