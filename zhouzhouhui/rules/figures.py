"""What is counted, and how (design §5). One definition for the page, the command, the API and the ledger.

A matter's *standing* is where its lines have brought it: :class:`Standing`, built by merging line after
line. :class:`Tally` adds standings up and can be added to other tallies (communities to a town);
:class:`Figures` is what is published. No two of answered, promised, solved and confirmed are ever added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Body = Mapping[str, Any]

FACTS = (
    "kind", "category", "is_restricted", "is_private", "outcome", "promise_on", "done_on", "review_on",
    "is_decision_unread", "first_due_meeting", "first_due_lost", "answered_meeting", "answered_at",
    "answer_count", "first_answer_on_time", "on_the_spot", "carried_count", "is_disputed", "dispute_count",
    "merged_into", "split_from", "solved", "manner", "result", "word_from", "number_meeting", "is_between",
    "raised_meeting", "raised_at",
)  # fmt: skip
"""What a line says of its matter beside ``from``, ``to``, ``due`` and ``due_from``: every one of these that
the step set, under the field's own name."""

HIDDEN_WHEN_RESTRICTED = frozenset({"kind", "category"})

LEFT_OUT = frozenset({"merged", "withdrawn", "voided"})
STATES = (
    "raised", "assigned", "answered", "promised", "shelved", "closed", "referred", "declined",
    "merged", "withdrawn", "voided",
)  # fmt: skip
GIVEN = frozenset({"answered", "closed"})
RATINGS = ("satisfied", "basically", "not", "unrated")
KINDS = ("question", "request", "complaint", "report", "suggestion", "praise", "unknown", "restricted")
OVER = frozenset({"adjourned", "broken_off", "published"})
"""States of a meeting that took place and is over."""

Days = Counter[int]


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


COUNTS = (
    "raised", "closed_or_answered", "open", "answered", "promised", "closed", "referred", "referred_unread",
    "declined", "shelved", "merged", "withdrawn", "voided", "restricted", "private", "disputed",
    "solved", "partly", "adopted", "confirmed_by_raiser", "confirmed_by_staff", "lapsed",
    "on_time", "have_been_due", "on_the_spot", "carried_over",
)  # fmt: skip
"""Every whole number published, in the order of the page; each has its definition in wording/."""


@dataclass(slots=True)
class Standing:
    """Where one matter stands after its lines so far; named as in :data:`FACTS`, with ``to`` as the state."""

    state: str = "raised"
    kind: str | None = None
    is_restricted: bool = False
    is_private: bool = False
    outcome: str = ""
    done_on: str | None = None
    is_decision_unread: bool = False
    first_due_meeting: str | None = None
    first_due_lost: bool = False
    answered_at: str | None = None
    first_answer_on_time: bool | None = None
    on_the_spot: bool = False
    carried_count: int = 0
    is_disputed: bool = False
    solved: str = ""
    manner: str = ""
    result: str = ""
    word_from: str = ""
    number_meeting: int = 0
    raised_at: str = ""

    def merge(self, body: Body) -> None:
        """Take over what a line says changed."""
        self.state = body.get("to") or self.state
        for name in _STANDING:
            if name in body:
                setattr(self, name, body[name])


_STANDING = tuple(name for name in FACTS if name in Standing.__slots__)


def count_matter(tally: Tally, matter: Standing, *, first_due_is_over: bool) -> None:
    """Add one matter; ``first_due_is_over``: the meeting it was first due at was held and has ended."""
    counts, state = tally.counts, matter.state
    if state in LEFT_OUT:
        counts[state] += 1
        return
    counts["raised"] += 1
    counts["open" if state in ("raised", "assigned") else state] += 1
    unread = state == "referred" and matter.is_decision_unread
    counts["referred_unread"] += unread
    counts["closed_or_answered"] += (
        state in GIVEN or state == "promised" or (state == "referred" and not unread)
    )
    counts["restricted"] += matter.is_restricted
    counts["private"] += matter.is_private
    counts["disputed"] += matter.is_disputed
    counts["carried_over"] += matter.carried_count > 0
    _count_outcome(counts, matter)
    _count_on_time(counts, matter, first_due_is_over)
    _count_word(tally, matter)
    _count_days(tally, matter)
    kind = "restricted" if matter.is_restricted else matter.kind or "unknown"
    tally.curve.setdefault(matter.number_meeting, Counter())[kind] += 1


def _count_outcome(counts: Counter[str], matter: Standing) -> None:
    if matter.state not in GIVEN:
        return
    counts["solved"] += matter.outcome == "A1"
    counts["partly"] += matter.outcome == "A2"
    counts["adopted"] += matter.outcome == "A3"
    if matter.state == "closed":
        confirmed = matter.outcome == "A1" and matter.solved == "solved"
        counts["confirmed_by_raiser"] += confirmed and matter.word_from == "raiser"
        counts["confirmed_by_staff"] += confirmed and matter.word_from == "staff"
        counts["lapsed"] += not matter.word_from


def _count_on_time(counts: Counter[str], matter: Standing, first_due_is_over: bool) -> None:
    if matter.is_restricted:
        return  # answered at the restricted desk on its own clock
    if matter.on_the_spot:
        counts["on_the_spot"] += 1
    elif matter.first_due_lost or first_due_is_over:
        counts["have_been_due"] += 1
        counts["on_time"] += bool(matter.first_answer_on_time) and not matter.first_due_lost


def _count_word(tally: Tally, matter: Standing) -> None:
    if matter.state == "closed":
        tally.manner[matter.manner or "unrated"] += 1
        tally.result[matter.result or "unrated"] += 1
    elif matter.is_disputed:
        tally.manner[matter.manner or "unrated"] += 1
        tally.result["not"] += 1  # a dispute says so, whatever was ticked before


def _count_days(tally: Tally, matter: Standing) -> None:
    raised = _day(matter.raised_at)
    if matter.answered_at:
        tally.to_answer[_days(raised, _day(matter.answered_at))] += 1
    if matter.done_on and matter.state in GIVEN and matter.outcome == "A1":
        tally.to_done[_days(raised, _day(matter.done_on))] += 1


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


def _days(start: date, end: date) -> int:
    return max(0, (end - start).days)
