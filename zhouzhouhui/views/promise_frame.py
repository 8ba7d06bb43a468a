"""Where things stand on a promise line: from stops and heights to points on the paper, lying or upright."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from unicodedata import east_asian_width


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The paper a promise line is drawn on. Lengths are SVG units (one is one CSS pixel at full width).

    `upright` turns the line by a quarter: time runs upwards, answers to the right, promises to the left.
    """

    stops: int
    width: float
    upright: bool = False
    step_max: float = 190
    arc_max: float = 176  # the tallest an arc may be
    first: float = 22  # from the edge to the first stop
    last: float = 22  # from the last stop to the edge
    rails: float = 54  # between the two rails: room for numbers and months
    top: float = 0.0  # from the edge to the upper rail

    @property
    def step(self) -> float:
        """The distance between two stops."""
        if self.upright:
            return 27.0
        return min(self.step_max, (self.width - self.first - self.last) / max(1, self.stops - 1))

    @property
    def length(self) -> float:
        """The length of the line of time, margins included (an upright frame is as high as that)."""
        return self.first + self.last + self.step * max(1, self.stops - 1)

    def along(self, stop: float) -> float:
        """The place of a stop on the line of time; fractions lie between two meetings."""
        return self.first + self.step * stop

    def point(self, along: float, away: float, *, below: bool) -> tuple[float, float]:
        """A point `away` from its rail: the rail of answers, or (below) the rail of promises."""
        if self.upright:
            rail = self.top if below else self.top + self.rails + 26
            return (rail - away if below else rail + away), self.length - along
        rail = self.top + self.rails if below else self.top
        return along, (rail + away if below else rail - away)

    def height_of(self, start: float, end: float) -> float:
        """How far the outermost arc between two stops reaches from its rail."""
        half = abs(self.along(end) - self.along(start)) / 2
        return min(self.arc_max, max(half * 0.92, 9.0))

    def arc(self, start: float, end: float, height: float, *, below: bool, until: float | None = None) -> str:
        """The path of half an ellipse from `start` to `end`; with `until`, only the part up to that stop."""
        x1 = self.along(start)
        x2 = self.along(end) if until is None else self.along(until)
        away = 0.0 if until is None else self._away(start, end, until, height)
        return self._segment((x1, 0.0), (x2, away), start, end, height, below=below)

    def arc_from(self, start: float, end: float, height: float, split: float, *, below: bool) -> str:
        """The rest of that half ellipse, from the stop `split` to its end."""
        x1, x2 = self.along(split), self.along(end)
        return self._segment((x1, self._away(start, end, split, height)), (x2, 0.0), start, end, height, below=below)

    def apex(self, start: float, end: float, height: float, *, below: bool) -> tuple[float, float]:
        """The point of an arc furthest from its rail."""
        return self.point((self.along(start) + self.along(end)) / 2, height, below=below)

    def _away(self, start: float, end: float, stop: float, height: float) -> float:
        half = (self.along(end) - self.along(start)) / 2
        offset = (self.along(stop) - self.along(start)) / half - 1 if half else 0.0
        return height * sqrt(max(0.0, 1 - offset * offset))

    def _segment(
        self,
        begin: tuple[float, float],
        finish: tuple[float, float],
        start: float,
        end: float,
        height: float,
        *,
        below: bool,
    ) -> str:
        half = (self.along(end) - self.along(start)) / 2
        radii = (height, half) if self.upright else (half, height)
        sweep = int(below) if self.upright else int(not below)
        x1, y1 = self.point(*begin, below=below)
        x2, y2 = self.point(*finish, below=below)
        radius = f"{short(radii[0])} {short(radii[1])}"
        return f"M{short(x1)} {short(y1)}A{radius} 0 0 {sweep} {short(x2)} {short(y2)}"


@dataclass
class Room:
    """Which places are already written on, so that two captions never lie on each other."""

    boxes: list[tuple[float, float, float, float]]

    def take(self, left: float, top: float, width: float, height: float) -> bool:
        """Take a place; False, and nothing taken, when something is there already."""
        right, bottom = left + width, top + height
        for x1, y1, x2, y2 in self.boxes:
            if left < x2 and x1 < right and top < y2 and y1 < bottom:
                return False
        self.boxes.append((left, top, right, bottom))
        return True


def short(value: float) -> str:
    """A coordinate in as few characters as one decimal needs."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def text_width(text: str, size: float) -> float:
    """About how wide a text is when set in `size`: Chinese characters are square, others half of that."""
    return sum(size if east_asian_width(c) in "WF" else size * 0.56 for c in text)


def break_text(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width`; a line never starts with a closing mark."""
    lines = [""]
    for character in text:
        too_wide = text_width(lines[-1] + character, size) > width
        if too_wide and character not in "，。：；、）" and lines[-1]:
            lines.append("")
        lines[-1] += character
    return lines
