"""What a promise line is made of: stops, arcs and marks, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    ANSWERED = "answered"  # thin ink; vermilion from the meeting it was due at
    OPEN = "open"  # dashed: still owed
    PROMISE = "promise"  # dotted to a ring: promised, not yet kept
    KEPT = "kept"  # to a filled dot

    @property
    def below(self) -> bool:
        """Promises have the lower rail."""
        return self in (Look.PROMISE, Look.KEPT)


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A meeting on the line. `under` is printed below its number (a month, a date), shorter when upright."""

    label: str
    under: str = ""
    under_short: str = ""
    is_held: bool = True
    due: int | None = None  # the next meeting only: how many matters are due at it


@dataclass(frozen=True, kw_only=True)
class Arc:
    """`count` matters between the same two stops, counted from 0; fractions lie between meetings."""

    start: float
    end: float
    look: Look
    due: float | None = None  # the stop it was due at; reaching beyond it is being late
    count: int = 1
    title: str = ""
    href: str = ""
    note: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it overshot its meeting."""
        return self.due is not None and self.end > self.due


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A promised date, as a tick on the lower rail."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """What is drawn. `label` says the whole picture in one sentence, for those who do not see it."""

    stops: tuple[Stop, ...]
    arcs: tuple[Arc, ...]
    label: str
    marks: tuple[Mark, ...] = ()
