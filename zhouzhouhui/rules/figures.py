"""What is counted, and how (design §5): one definition for the page, the command, the API and the ledger.

A matter's *standing* is where its lines have brought it (:class:`Standing`; recount.py builds it line by
line, queries/figures.py reads it from the rows). :data:`DEFINITIONS` say which standings count for what.
:class:`Tally` adds them up and can be added to others, communities to a town; :class:`Figures` is what is
published. Answered, promised, solved and confirmed are different things and are never added up into one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

FACTS = (
    "kind", "category", "is_restricted", "is_private", "outcome", "promise_on", "done_on", "review_on",
    "is_decision_unread", "first_due_meeting", "first_due_lost", "answered_meeting", "answered_at",
    "answer_count", "first_answer_on_time", "on_the_spot", "carried_count", "is_disputed", "dispute_count",
    "merged_into", "split_from", "solved", "manner", "result", "word_from", "number_meeting", "is_between",
    "raised_meeting", "raised_at",
)  # fmt: skip
"""What a line says of its matter beside ``from``, ``to``, ``due`` and ``due_from``: every one of these that
the step set, under the field's own name; nulls included, and absent when unchanged."""

HIDDEN_WHEN_RESTRICTED = frozenset({"kind", "category"})

LEFT_OUT = frozenset({"merged", "withdrawn", "voided"})
GIVEN = frozenset({"answered", "closed"})
RATINGS = ("satisfied", "basically", "not", "unrated")
KINDS = ("question", "request", "complaint", "report", "suggestion", "praise", "unknown", "restricted")
OVER = frozenset({"adjourned", "broken_off", "published"})
"""States of a meeting that took place and is over."""

Days = Counter[int]


@dataclass(slots=True)
class Standing:
    """Where one matter stands, as far as figures need it; days and moments as the ledger writes them."""

    state: str = "raised"
    kind: str | None = None
    is_restricted: bool = False
    is_private: bool = False
    outcome: str = ""
    done_on: str | None = None
    is_decision_unread: bool = False
    first_due_is_over: bool = False
    """The meeting it was first due at took place and has ended."""
    first_due_lost: bool = False
    answered_at: str | None = None
    first_answer_on_time: bool | None = None
    on_the_spot: bool = False
    is_carried_over: bool = False
    is_disputed: bool = False
    solved: str = ""
    manner: str = ""
    result: str = ""
    word_from: str = ""
    number_meeting: int = 0
    raised_at: str = ""


def _in_total(matter: Standing) -> bool:
    return matter.state not in LEFT_OUT


def _has_been_due(matter: Standing) -> bool:
    elsewhere = matter.is_restricted or matter.on_the_spot or not _in_total(matter)
    return not elsewhere and (matter.first_due_lost or matter.first_due_is_over)


def _is_confirmed(matter: Standing) -> bool:
    return matter.state == "closed" and matter.outcome == "A1" and matter.solved == "solved"


def _is_state(state: str) -> Callable[[Standing], bool]:
    return lambda m: m.state == state


def _given(outcome: str) -> Callable[[Standing], bool]:
    return lambda m: m.state in GIVEN and m.outcome == outcome


DEFINITIONS: Mapping[str, Callable[[Standing], bool]] = {
    "raised": _in_total,
    "closed_or_answered": lambda m: (
        m.state in GIVEN or m.state == "promised" or (m.state == "referred" and not m.is_decision_unread)
    ),
    "open": lambda m: m.state in ("raised", "assigned"),
    "answered": _is_state("answered"),
    "promised": _is_state("promised"),
    "closed": _is_state("closed"),
    "referred": _is_state("referred"),
    "referred_unread": lambda m: m.state == "referred" and m.is_decision_unread,
    "declined": _is_state("declined"),
    "shelved": _is_state("shelved"),
    "merged": _is_state("merged"),
    "withdrawn": _is_state("withdrawn"),
    "voided": _is_state("voided"),
    "restricted": lambda m: m.is_restricted and _in_total(m),
    "private": lambda m: m.is_private and _in_total(m),
    "disputed": lambda m: m.is_disputed and _in_total(m),
    "solved": _given("A1"),
    "partly": _given("A2"),
    "adopted": _given("A3"),
    "confirmed_by_raiser": lambda m: _is_confirmed(m) and m.word_from == "raiser",
    "confirmed_by_staff": lambda m: _is_confirmed(m) and m.word_from == "staff",
    "lapsed": lambda m: m.state == "closed" and not m.word_from,
    "on_time": lambda m: _has_been_due(m) and bool(m.first_answer_on_time) and not m.first_due_lost,
    "have_been_due": _has_been_due,
    "on_the_spot": lambda m: m.on_the_spot and not m.is_restricted and _in_total(m),
    "carried_over": lambda m: m.is_carried_over and _in_total(m),
}
"""Every whole number published, in the order of the page. The words of each are in wording/figures.py."""

COUNTS = tuple(DEFINITIONS)


@dataclass(slots=True)
class Tally:
    """Sums that can be added: of one community, of a town, of a year."""

    counts: Counter[str] = field(default_factory=Counter)
    manner: Counter[str] = field(default_factory=Counter)
    result: Counter[str] = field(default_factory=Counter)
    to_answer: Days = field(default_factory=Counter)
    to_done: Days = field(default_factory=Counter)
    curve: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Add another tally into this one."""
        for mine, theirs in (
            (self.counts, other.counts),
            (self.manner, other.manner),
            (self.result, other.result),
        ):
            mine.update(theirs)
        self.to_answer.update(other.to_answer)
        self.to_done.update(other.to_done)
        for number, kinds in other.curve.items():
            self.curve.setdefault(number, Counter()).update(kinds)


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and quartiles in days in China, whole or half."""

    n: int
    median: float | None
    q1: float | None
    q3: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Published figures. ``counts`` holds every whole number by its key in the JSON."""

    counts: Mapping[str, int]
    manner: Mapping[str, int]
    result: Mapping[str, int]
    to_answer: Spread
    to_done: Spread
    curve: Mapping[int, Mapping[str, int]]

    @property
    def rate(self) -> float | None:
        """Closed or answered, of all raised; ``None`` when nothing was raised. To four places."""
        return share(self.counts["closed_or_answered"], self.counts["raised"])

    def as_counts(self) -> dict[str, int]:
        """Whole numbers only, as a ledger line may hold them (frozen at adjournment)."""
        return {key: self.counts[key] for key in COUNTS}

    def as_json(self) -> dict[str, Any]:
        """The contract of §5 and §8, keys in a fixed order."""
        counts = {key: self.counts[key] for key in COUNTS if key not in ("on_time", "have_been_due")}
        first = {key: counts.pop(key) for key in ("raised", "closed_or_answered")}
        return {
            **first,
            "rate": self.rate,
            **counts,
            "on_time": {"n": self.counts["on_time"], "of": self.counts["have_been_due"]},
            "satisfaction": {"result": _rated(self.result), "manner": _rated(self.manner)},
            "days": {"to_answer": _spread_json(self.to_answer), "to_done": _spread_json(self.to_done)},
            "voice_curve": [
                {"meeting": number, **{kind: self.curve[number].get(kind, 0) for kind in KINDS}}
                for number in sorted(self.curve)
            ],
        }


def count_matter(tally: Tally, matter: Standing) -> None:
    """Add one matter to a tally: its counts, its words, its days, its place on the voice curve."""
    count_standing(tally, matter)
    if not _in_total(matter):
        return
    raised = _day(matter.raised_at)
    if matter.answered_at:
        tally.to_answer[days_between(raised, _day(matter.answered_at))] += 1
    if matter.done_on and DEFINITIONS["solved"](matter):
        tally.to_done[days_between(raised, _day(matter.done_on))] += 1
    kind = "restricted" if matter.is_restricted else matter.kind or "unknown"
    tally.curve.setdefault(matter.number_meeting, Counter())[kind] += 1


def count_standing(tally: Tally, matter: Standing, times: int = 1) -> None:
    """Add ``times`` matters that stand alike, without their days and their place on the voice curve."""
    for key, holds in DEFINITIONS.items():
        if holds(matter):
            tally.counts[key] += times
    if matter.state == "closed":
        tally.manner[matter.manner or "unrated"] += times
        tally.result[matter.result or "unrated"] += times
    elif matter.is_disputed and _in_total(matter):
        tally.manner[matter.manner or "unrated"] += times
        tally.result["not"] += times  # a dispute says so, whatever was ticked before


def figures_of(tally: Tally) -> Figures:
    """What is published of a tally."""
    return Figures(
        counts={key: tally.counts[key] for key in COUNTS},
        manner={key: tally.manner[key] for key in RATINGS},
        result={key: tally.result[key] for key in RATINGS},
        to_answer=spread(tally.to_answer),
        to_done=spread(tally.to_done),
        curve={number: dict(kinds) for number, kinds in sorted(tally.curve.items())},
    )


def share(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` to four places; ``None`` of nothing."""
    return round(part / whole, 4) if whole else None


def spread(days: Mapping[int, int]) -> Spread:
    """Median and quartiles (the value at each quarter of the ordered list).

    Between two middle values it is their mean, so that half of the matters took at most that long.
    """
    ordered = sorted(days.items())
    n = sum(count for _, count in ordered)
    if not n:
        return Spread(0, None, None, None)
    return Spread(n, _at(ordered, n, 2), _at(ordered, n, 1), _at(ordered, n, 3))


def _at(ordered: Iterable[tuple[int, int]], n: int, quarters: int) -> float:
    """The value below which ``quarters`` quarters lie; the mean of two neighbours when it falls between."""
    place, between = divmod(n * quarters, 4)
    low: int | None = None
    seen = 0
    for value, count in ordered:
        seen += count
        if low is not None:
            return (low + value) / 2
        if seen > place:
            return float(value)
        if seen == place and not between:
            low = value
    raise AssertionError("the counts add up to n")  # pragma: no cover


def _rated(ratings: Mapping[str, int]) -> dict[str, Any]:
    rated = sum(ratings[key] for key in RATINGS[:3])
    return {**{key: ratings[key] for key in RATINGS}, "rate": share(rated - ratings["not"], rated)}


def _spread_json(found: Spread) -> dict[str, Any]:
    return {"n": found.n, "median": found.median, "q1": found.q1, "q3": found.q3}


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def days_between(start: date, end: date) -> int:
    """Days from ``start`` to ``end``; never below zero, even when a clock went back."""
    return max(0, (end - start).days)
