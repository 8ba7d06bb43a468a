"""The voice curve (声音曲线): what share of the words at each meeting were complaints, and what suggestions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zhouzhouhui.rules.figures import Figures

FEWEST_MEETINGS = 4
FEWEST_WORDS = 5  # a share of fewer says nothing; such meetings are in the table, not on the line
Place = Callable[[int, float], tuple[float, float]]


@dataclass(frozen=True)
class Point:
    """One meeting number: how many complaints and suggestions of how many words."""

    number: int
    complaints: int
    suggestions: int
    of: int


@dataclass(frozen=True)
class Curve:
    """The drawn curve: two SVGs, one sentence, and the points for the table."""

    points: Sequence[Point]
    sentence: str
    wide: SafeString
    tall: SafeString


def curve_of(figures: Figures) -> Curve | None:
    """The curve of these figures; None while there are too few meetings to draw a line."""
    points = [_point(number, kinds) for number, kinds in sorted(figures.curve.items()) if number > 0]
    points = [p for p in points if p.of]
    drawn = [p for p in points if p.of >= FEWEST_WORDS]
    if len(drawn) < FEWEST_MEETINGS:
        return None
    said = _sentence(points)
    return Curve(points, said, _draw(drawn, said, _WIDE), _draw(drawn, said, _TALL))


def _point(number: int, kinds: Mapping[str, int]) -> Point:
    return Point(number, kinds.get("complaint", 0), kinds.get("suggestion", 0), sum(kinds.values()))


def _sentence(points: Sequence[Point]) -> str:
    """The beginning and the end, each as n of N: the first third of the meetings against the last third."""
    third = max(1, len(points) // 3)
    first, last = points[:third], points[-third:]
    facts = {
        "first": third, "c1": sum(p.complaints for p in first), "s1": sum(p.suggestions for p in first),
        "n1": sum(p.of for p in first), "c2": sum(p.complaints for p in last),
        "s2": sum(p.suggestions for p in last), "n2": sum(p.of for p in last),
    }  # fmt: skip
    return (
        _(
            "头 %(first)s 次会：%(n1)s 条里投诉 %(c1)s 条、建议 %(s1)s 条；"
            "最近 %(first)s 次会：%(n2)s 条里投诉 %(c2)s 条、建议 %(s2)s 条。"
        )
        % facts
    )


@dataclass(frozen=True)
class _Paper:
    classes: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    every: int
    text: int


_WIDE = _Paper("vc vc--wide", 880, 400, 56, 96, 24, 72, 4, 15)
_TALL = _Paper("vc vc--tall", 350, 330, 44, 74, 16, 70, 8, 14)


def _draw(points: Sequence[Point], said: str, paper: _Paper) -> SafeString:
    shares = [(100 * p.complaints / p.of, 100 * p.suggestions / p.of) for p in points]
    ceiling = min(100, -(-max(max(pair) for pair in shares) // 20) * 20) or 20
    inner_w, inner_h = paper.width - paper.left - paper.right, paper.height - paper.top - paper.bottom

    def place(index: int, share: float) -> tuple[float, float]:
        x = paper.left + inner_w * index / max(1, len(points) - 1)
        return round(x, 1), round(paper.top + inner_h * (1 - share / ceiling), 1)

    parts = [
        *_grid(paper, int(ceiling)),
        *_numbers(paper, points),
        *_lines(shares, place),
        *_labels(shares, place, paper),
    ]
    box = f'viewBox="0 0 {paper.width} {paper.height}"'
    drawing = f'<svg class="{paper.classes}" {box} role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return mark_safe(drawing)  # noqa: S308  # numbers and our own words


def _grid(paper: _Paper, ceiling: int) -> list[str]:
    parts = []
    base = paper.height - paper.bottom
    for share in range(0, ceiling + 1, 20):
        y = round(base - (base - paper.top) * share / ceiling, 1)
        parts.append(f'<path class="vc-grid" d="M{paper.left} {y}H{paper.width - paper.right}"/>')
        parts.append(f'<text x="{paper.left - 10}" y="{y + 5}" text-anchor="end">{share} %</text>')
    return parts


def _numbers(paper: _Paper, points: Sequence[Point]) -> list[str]:
    base = paper.height - paper.bottom
    inner = paper.width - paper.left - paper.right
    parts = []
    for index, point in enumerate(points):
        is_last = index == len(points) - 1
        near_last = len(points) - 1 - index < paper.every / 2
        if index == 0 or is_last or (point.number % paper.every == 0 and not near_last):
            x = round(paper.left + inner * index / max(1, len(points) - 1), 1)
            parts.append(f'<path class="vc-tick" d="M{x} {base}v6"/>')
            parts.append(f'<text x="{x}" y="{base + 26}" text-anchor="middle">{point.number}</text>')
    parts.append(f'<text x="{paper.left}" y="{base + 54}">{_("第几次周周会")}</text>')
    return parts


def _lines(shares: Sequence[tuple[float, float]], place: Place) -> list[str]:
    ends = [(place(n, c), place(n, s)) for n, (c, s) in enumerate(shares)]
    complaints = " ".join(f"{x},{y}" for (x, y), _s in ends)
    suggestions = " ".join(f"{x},{y}" for _c, (x, y) in ends)
    dots = "".join(f'<circle class="vc-pa" cx="{x}" cy="{y}" r="3.4"/>' for (x, y), _s in ends)
    last_x, last_y = ends[-1][1]
    return [
        f'<polyline class="vc-a" points="{complaints}"/>{dots}',
        f'<polyline class="vc-b" points="{suggestions}"/>',
        f'<circle class="vc-pb" cx="{last_x}" cy="{last_y}" r="4.5"/>',
    ]


def _labels(shares: Sequence[tuple[float, float]], place: Place, paper: _Paper) -> list[str]:
    """The two names at the right end, moved apart when they would touch."""
    last = len(shares) - 1
    (x, y1), (_x, y2) = place(last, shares[-1][0]), place(last, shares[-1][1])
    if abs(y1 - y2) < 22:
        middle = (y1 + y2) / 2
        y1, y2 = (middle - 11, middle + 11) if y1 <= y2 else (middle + 11, middle - 11)
    return [
        f'<text class="vc-l" x="{x + 12}" y="{y1 + 6:.1f}">{_("投诉")}</text>',
        f'<text class="vc-l" x="{x + 12}" y="{y2 + 6:.1f}">{_("建议")}</text>',
    ]
