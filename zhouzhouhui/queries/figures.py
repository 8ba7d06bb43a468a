"""The figures of design §5 out of the rows: of a community, or of a town as the sum of its communities.

What counts for what is said once, in rules/figures.py. Here the rows are grouped by everything that the
definitions ask for. A community's sums change only with its chain, so they are kept under its head and only
communities that have moved on are counted again: five queries at most, however many communities.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

from zhouzhouhui.models import ChainHead, LedgerLine, Matter, Meeting
from zhouzhouhui.rules.figures import (
    GIVEN,
    LEFT_OUT,
    OVER,
    Figures,
    Standing,
    Tally,
    count_standing,
    figures_of,
)
from zhouzhouhui.rules.recount import Replay

_KEEP_SECONDS = 24 * 3600
_STANDING = (
    "state", "is_restricted", "is_private", "outcome", "is_decision_unread", "over", "first_due_lost",
    "first_answer_on_time", "on_the_spot", "carried", "is_disputed", "solved", "manner", "result", "word_from",
)  # fmt: skip


def figures(*, town_id: UUID, community_id: UUID | None = None) -> Figures:
    """The figures of one community, or of the whole town. At most 5 queries; 1 when nothing has changed."""
    heads = ChainHead.objects.filter(town_id=town_id, community__isnull=False)
    if community_id is not None:
        heads = heads.filter(community_id=community_id)
    total = Tally()
    for tally in _tallies(town_id, dict(heads.values_list("community_id", "hash"))).values():
        total.add(tally)
    return figures_of(total)


def figures_by_community(*, town_id: UUID) -> dict[UUID, Figures]:
    """Every community's figures by its id, in no order of merit. The same few queries as :func:`figures`."""
    heads = ChainHead.objects.filter(town_id=town_id, community__isnull=False)
    found = _tallies(town_id, dict(heads.values_list("community_id", "hash")))
    return {community_id: figures_of(tally) for community_id, tally in found.items()}


def voice_curve(*, town_id: UUID, community_id: UUID | None = None) -> list[dict[str, int]]:
    """Kinds per meeting number, in the order of meetings (声音曲线); restricted matters without their kind."""
    curve: list[dict[str, int]] = figures(town_id=town_id, community_id=community_id).as_json()["voice_curve"]
    return curve


def frozen_at_adjournment(*, meeting: Meeting) -> dict[str, int]:
    """The figures a meeting freezes into the ledger: whole numbers only, of its community up to now.

    ``here_…`` are the meeting's own: raised, answered, carried over and decisions read at it. Counted from
    the rows as they stand in the running transaction; this meeting counts as over.
    """
    tally = _count(meeting.town_id, [meeting.community_id], ending=meeting.id).get(meeting.community_id, Tally())
    here = dict.fromkeys(_HERE.values(), 0) | _spoken_here(meeting)
    return {**figures_of(tally).as_counts(), **here}


def _spoken_here(meeting: Meeting) -> dict[str, int]:
    """How many matters each verb was taken with at this meeting, voided entries left out (one query)."""
    lines = LedgerLine.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id, verb__in=[*_HERE, "void_entry"])
    bare = Case(When(verb="void_entry", then=F("body")), default=Value(""), output_field=TextField())
    rows = list(lines.values_list("id", "verb", "matter_id", bare))
    voided = {_voids(body) for _, _, _, body in rows if body}
    spoken: dict[str, set[UUID]] = {}
    for line_id, verb, matter_id, body in rows:
        if not body and str(line_id) not in voided:
            spoken.setdefault(_HERE[verb], set()).add(matter_id)
    return {name: len(matters) for name, matters in spoken.items()}


def recount_from_ledger(*, town_id: UUID, community_id: UUID | None = None) -> Figures:
    """The same figures from the bodies of ledger lines alone, one chain in memory at a time."""
    heads = ChainHead.objects.filter(town_id=town_id, community__isnull=False)
    if community_id is not None:
        heads = heads.filter(community_id=community_id)
    total = Tally()
    for chain_id in heads.values_list("id", flat=True):
        replay = Replay()
        lines = LedgerLine.objects.filter(town_id=town_id, chain_id=chain_id).order_by("seq")
        for body in lines.values_list("body", flat=True).iterator(chunk_size=2000):
            for _ in replay.take(json.loads(body)):
                pass  # what is wrong is named by verify; counting goes on
        total.add(replay.tally())
    return figures_of(total)


_HERE = {
    "raise_matter": "here_raised",
    "give_answer": "here_answered",
    "carry_over": "here_carried_over",
    "read_decision": "here_read",
}


def _voids(body: str) -> str | None:
    found: str | None = json.loads(body).get("voids")
    return found


def _tallies(town_id: UUID, heads: dict[UUID, str]) -> dict[UUID, Tally]:
    """A tally per community, counted where the one kept does not belong to its present head."""
    keys = {f"figures:{community_id}": community_id for community_id in heads}
    kept = {keys[key]: entry for key, entry in cache.get_many(keys).items()}
    tallies = {community_id: tally for community_id, (head, tally) in kept.items() if head == heads[community_id]}
    missing = [community_id for community_id in heads if community_id not in tallies]
    if missing:
        counted = _count(town_id, missing)
        fresh = {community_id: counted.get(community_id, Tally()) for community_id in missing}
        cache.set_many({f"figures:{one}": (heads[one], tally) for one, tally in fresh.items()}, timeout=_KEEP_SECONDS)
        tallies |= fresh
    return tallies


def _count(town_id: UUID, communities: Collection[UUID], *, ending: UUID | None = None) -> dict[UUID, Tally]:
    """Count the matters of these communities: four grouped queries."""
    matters = Matter.objects.filter(town_id=town_id)
    if len(communities) <= 200:  # more than that and naming them costs more than counting all
        matters = matters.filter(community_id__in=communities)
    tallies: dict[UUID, Tally] = {}
    for community_id, times, *values in _standings(matters, ending):
        facts = dict(zip(_STANDING, values, strict=True))
        standing = Standing(
            first_due_is_over=bool(facts.pop("over")), is_carried_over=bool(facts.pop("carried")), **facts
        )
        count_standing(tallies.setdefault(community_id, Tally()), standing, times)
    in_total = matters.exclude(state__in=LEFT_OUT)
    _add_days(tallies, in_total, in_total.filter(state__in=GIVEN, outcome="A1"))
    _add_curve(tallies, in_total)
    return tallies


def _standings(matters: QuerySet[Matter], ending: UUID | None) -> Iterable[tuple[Any, ...]]:
    held = Q(first_due_meeting__state__in=sorted(OVER))
    if ending is not None:
        held |= Q(first_due_meeting_id=ending)
    over = Case(When(held, then=Value(True)), default=Value(False), output_field=BooleanField())
    carried = Case(When(carried_count__gt=0, then=Value(True)), default=Value(False), output_field=BooleanField())
    grouped = matters.annotate(over=over, carried=carried).order_by().values("community_id", *_STANDING)
    return grouped.annotate(times=Count("id")).values_list("community_id", "times", *_STANDING)


def _add_days(tallies: dict[UUID, Tally], answered: QuerySet[Matter], done: QuerySet[Matter]) -> None:
    answered = answered.filter(answered_at__isnull=False).annotate(days=_DaysFrom("raised_at", "answered_at"))
    done = done.filter(done_on__isnull=False).annotate(days=_DaysFrom("raised_at", "done_on"))
    counted = [
        rows.order_by()
        .values("community_id", "days")
        .annotate(times=Count("id"), name=Value(name, CharField()))
        .values_list("name", "community_id", "days", "times")
        for rows, name in ((answered, "to_answer"), (done, "to_done"))
    ]
    for name, community_id, days, times in counted[0].union(counted[1], all=True):
        getattr(tallies[community_id], name)[max(0, days)] += times


def _add_curve(tallies: dict[UUID, Tally], matters: QuerySet[Matter]) -> None:
    shown = Case(When(is_restricted=True, then=Value("restricted")), default=F("kind"))
    rows = matters.annotate(shown=shown).order_by().values("community_id", "number_meeting", "shown")
    for community_id, number, kind, times in rows.annotate(times=Count("id")).values_list(
        "community_id", "number_meeting", "shown", "times"
    ):
        tallies[community_id].curve.setdefault(number, Counter())[kind or "unknown"] += times


class _DaysFrom(Func):
    """Whole days in China from a moment to a moment or a date, counted in the database's own code.

    China has kept one offset, +08:00, since summer time ended in 1991, so adding it is exact.
    """

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Days apart as SQLite counts them."""
        start, end = ("julianday(date({}{}))".format("{}", self._shift(n, ", '+8 hours'")) for n in (0, 1))
        return self._sql(compiler, f"CAST({end} - {start} AS INTEGER)")

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Days apart as PostgreSQL counts them."""
        start, end = ("({}{})::date".format("{}", self._shift(n, " AT TIME ZONE 'Asia/Shanghai'")) for n in (0, 1))
        return self._sql(compiler, f"({end} - {start})")

    def _shift(self, place: int, shift: str) -> str:
        return shift if isinstance(self.get_source_expressions()[place].output_field, DateTimeField) else ""

    def _sql(self, compiler: Any, template: str) -> Any:
        start, end = (compiler.compile(one) for one in self.get_source_expressions())
        return template.format(end[0], start[0]), [*end[1], *start[1]]
