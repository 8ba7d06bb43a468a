"""The promise line: arcs from the meeting a matter was raised at to the one it was answered at, as SVG.

Above (upright: right) the rail of question and answer, below (left) the rail of promise and keeping.
A pure function of plain values: same line, same picture. Ink as long as an arc is within its meeting;
from the meeting it was due at on it is vermilion. Every colour has a second sign: thickness, dashes,
ring or dot, and the sentence under the picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from .promise_arcs import Arc, Look, Mark, PromiseLine, Stop
from .promise_frame import Frame, Room, break_text, short, text_width

NEST = 8  # so many arcs of one pair of meetings are told apart by the eye; more look the same
NOTES = 5  # name three to five arcs in words, never all
NOTE_SIZE, LABEL_SIZE = 14, 13


def draw_wide(line: PromiseLine) -> str:
    """Lying, 1188 units wide: a community's year."""
    return _draw(line, Frame(stops=len(line.stops), width=1188), "pl pl--wide")


def draw_tall(line: PromiseLine) -> str:
    """Upright, 350 units wide, newest on top: for phones and elder mode."""
    frame = Frame(stops=len(line.stops), width=350, upright=True, arc_max=90, first=20, last=36)
    return _draw(line, frame, "pl pl--tall")


def draw_one_wide(line: PromiseLine) -> str:
    """One matter's line, lying, 1188 units wide."""
    return _draw(line, Frame(stops=len(line.stops), width=1188, arc_max=92, first=40, last=60), "pl pl--wide")


def draw_one_narrow(line: PromiseLine) -> str:
    """One matter's line, lying, 350 units wide."""
    frame = Frame(stops=len(line.stops), width=350, arc_max=72, first=16, last=26)
    return _draw(line, frame, "pl pl--tall")


def _draw(line: PromiseLine, frame: Frame, classes: str) -> str:
    if not line.stops:
        return ""
    reach_up = max((_reach(frame, a) for a in line.arcs if not a.look.below), default=0.0)
    reach_down = max((_reach(frame, a) for a in line.arcs if a.look.below), default=0.0)
    has_promises = reach_down > 0 or bool(line.marks)
    if frame.upright:
        frame = replace(frame, top=max(18.0, reach_down + 14))
        height = frame.length
    else:
        frame = replace(frame, top=reach_up + 36)
        height = frame.top + (frame.rails + max(reach_down, 14) + 34 if has_promises else frame.rails)
    parts = [
        *_arcs(frame, line.arcs),
        *_rails(frame, line.stops, has_promises),
        *_stops(frame, line.stops),
        *_ends(frame, line.arcs),
        *_marks(frame, line.marks),
        *_notes(frame, line.arcs),
    ]
    return (
        f'<svg class="{classes}" viewBox="0 0 {short(frame.width)} {short(height)}" role="img" '
        f'aria-label="{escape(line.label)}">{"".join(parts)}</svg>'
    )


def _reach(frame: Frame, arc: Arc) -> float:
    return frame.height_of(arc.start, arc.end)


def _arcs(frame: Frame, arcs: Iterable[Arc]) -> Iterable[str]:
    """All quiet arcs in one path; the late, the open and the promised each with its own title and link."""
    quiet: list[str] = []
    loud: list[str] = []
    for pair in _nested(arcs):
        for arc, share in pair:
            height = frame.height_of(arc.start, arc.end) * share
            if arc.look is Look.ANSWERED and not arc.is_late:
                quiet.append(frame.arc(arc.start, arc.end, height, below=False))
            else:
                loud.append(_linked(arc, _loud(frame, arc, height)))
    if quiet:
        yield f'<path class="pl-arc" d="{"".join(quiet)}"/>'
    yield from loud


def _nested(arcs: Iterable[Arc]) -> Iterable[list[tuple[Arc, float]]]:
    """Arcs of the same pair, one inside the other: each with its share of the full height."""
    pairs: dict[tuple[float, float, bool], list[Arc]] = defaultdict(list)
    for arc in arcs:
        pairs[arc.start, arc.end, arc.look.below].extend([arc] * min(arc.count, NEST))
    for members in pairs.values():
        drawn = members[:NEST]
        yield [(arc, 1 - 0.66 * place / len(drawn)) for place, arc in enumerate(drawn)]


def _loud(frame: Frame, arc: Arc, height: float) -> str:
    below = arc.look.below
    whole = frame.arc(arc.start, arc.end, height, below=below)
    if arc.look is Look.KEPT:
        return f'<path class="pl-arc pl-arc--kept" d="{whole}"/>'
    if arc.look is Look.PROMISE:
        return f'<path class="pl-arc pl-arc--promise" d="{whole}"/>'
    dashed = " pl-arc--open" if arc.look is Look.OPEN else ""
    if not arc.is_late:
        return f'<path class="pl-arc{dashed}" d="{whole}"/>'
    split = arc.due if arc.due is not None else arc.start
    if split <= arc.start:
        return f'<path class="pl-arc pl-arc--over{dashed}" d="{whole}"/>'
    before = frame.arc(arc.start, arc.end, height, below=below, until=split)
    after = frame.arc_from(arc.start, arc.end, height, split, below=below)
    lead = f'<path class="pl-arc pl-arc--lead{dashed}" d="{before}"/>'
    return f'{lead}<path class="pl-arc pl-arc--over{dashed}" d="{after}"/>'


def _linked(arc: Arc, drawing: str) -> str:
    title = f"<title>{escape(arc.title)}</title>" if arc.title else ""
    if arc.href:
        return f'<a href="{escape(arc.href)}">{title}{drawing}</a>'
    return f"<g>{title}{drawing}</g>" if title else drawing


def _rails(frame: Frame, stops: tuple[Stop, ...], has_promises: bool) -> Iterable[str]:
    held = max((place for place, stop in enumerate(stops) if stop.is_held), default=-1)
    for below in (False, True) if has_promises else (False,):
        for start, end, ahead in ((0, max(held, 0), ""), (max(held, 0), len(stops) - 1, "--ahead")):
            if end > start:
                x1, y1 = frame.point(frame.along(start), 0, below=below)
                x2, y2 = frame.point(frame.along(end), 0, below=below)
                yield f'<path class="pl-axis{ahead}" d="M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}"/>'


def _stops(frame: Frame, stops: tuple[Stop, ...]) -> Iterable[str]:
    every = 1 if frame.upright or frame.step >= 22 else 2
    under_until = -1e9
    for place, stop in enumerate(stops):
        x, y = frame.point(frame.along(place), 0, below=False)
        yield _stop(stop, x, y)
        is_due = stop.due is not None
        if place % every == 0 or is_due or place == len(stops) - 1:
            yield _number(frame, stop, x, y)
        if stop.under:
            text, under_until = _under(frame, stop, x, y, under_until)
            yield text


def _stop(stop: Stop, x: float, y: float) -> str:
    at = f'cx="{short(x)}" cy="{short(y)}"'
    if stop.due:
        number = f'<text class="pl-now" x="{short(x)}" y="{short(y + 4.8)}" text-anchor="middle">{stop.due}</text>'
        return f'<circle class="pl-stop--next" {at} r="11"/>{number}'
    if stop.due == 0:
        return f'<circle class="pl-stop--calm" {at} r="6"/>'
    if stop.is_held:
        return f'<circle class="pl-stop" {at} r="3.6"/>'
    return f'<circle class="pl-stop--ahead" {at} r="3.6"/>'


def _number(frame: Frame, stop: Stop, x: float, y: float) -> str:
    tone = ' class="pl-now"' if stop.due else ' class="pl-calm"' if stop.due == 0 else ""
    if frame.upright:
        place = f'x="{short(x - 14)}" y="{short(y + 5)}" text-anchor="end"'
    else:
        place = f'x="{short(x)}" y="{short(y + 24)}" text-anchor="middle"'
    return f"<text{tone} {place}>{escape(stop.label)}</text>"


def _under(frame: Frame, stop: Stop, x: float, y: float, until: float) -> tuple[str, float]:
    """The month under a number, unless it would lie on the month before it."""
    if frame.upright:
        rail = frame.point(0, 0, below=True)[0]
        return (
            f'<text x="{short(rail + 8)}" y="{short(y + 5)}">{escape(stop.under_short or stop.under)}</text>',
            until,
        )
    width = text_width(stop.under, LABEL_SIZE)
    left = min(max(x - width / 2, 0), frame.width - width)
    if left < until:
        return "", until
    text = f'<text x="{short(left)}" y="{short(y + 43)}">{escape(stop.under)}</text>'
    return text, left + width + 8


def _ends(frame: Frame, arcs: Iterable[Arc]) -> Iterable[str]:
    """A ring where a promise is due, a filled dot where one was kept."""
    done = set()
    for arc in arcs:
        if arc.look.below and (arc.end, arc.look) not in done:
            done.add((arc.end, arc.look))
            x, y = frame.point(frame.along(arc.end), 0, below=True)
            look = "pl-kept" if arc.look is Look.KEPT else "pl-ring"
            yield f'<circle class="{look}" cx="{short(x)}" cy="{short(y)}" r="5"/>'


def _marks(frame: Frame, marks: Iterable[Mark]) -> Iterable[str]:
    for mark in marks:
        x, y = frame.point(frame.along(mark.at), 0, below=True)
        width = text_width(mark.text, LABEL_SIZE)
        fits = x + 8 + width <= frame.width
        place = f'x="{short(x + 8)}"' if fits else f'x="{short(x - 8)}" text-anchor="end"'
        yield f'<path class="pl-mark" d="M{short(x)} {short(y)}v18"/>'
        yield f'<text class="pl-now" {place} y="{short(y + 22)}">{escape(mark.text)}</text>'


def _notes(frame: Frame, arcs: Iterable[Arc]) -> Iterable[str]:
    """Up to five arcs in words, in the order given, each only where nothing is written yet."""
    room, written = Room([]), 0
    for arc in arcs:
        if not arc.note or written == NOTES:
            continue
        height = frame.height_of(arc.start, arc.end)
        x, y = frame.apex(arc.start, arc.end, height, below=arc.look.below)
        drawn = _upright_note(frame, arc, x, y, room) if frame.upright else _lying_note(frame, arc, x, y, room)
        written += bool(drawn)
        yield drawn


def _lying_note(frame: Frame, arc: Arc, x: float, y: float, room: Room) -> str:
    width = text_width(arc.note, NOTE_SIZE)
    left = min(max(x - width / 2, 2), frame.width - width - 2)
    base = y + 22 if arc.look.below else y - 9
    if left < 0 or not room.take(left - 6, base - NOTE_SIZE, width + 12, NOTE_SIZE + 5):
        return ""
    middle = short(left + width / 2)
    return f'<text class="pl-note" x="{middle}" y="{short(base)}" text-anchor="middle">{escape(arc.note)}</text>'


def _upright_note(frame: Frame, arc: Arc, x: float, y: float, room: Room) -> str:
    if arc.look.below:  # no room to the left of the rail of promises
        return ""
    wide = frame.width - x - 8
    lines = break_text(arc.note, NOTE_SIZE + 2, wide)  # measured as in elder mode
    top = y - 10 * len(lines)
    if len(lines) > 6 or not room.take(x, top, wide, 20.0 * len(lines)):
        return ""
    spans = "".join(
        f'<tspan x="{short(x + 8)}" y="{short(top + 15 + 20 * n)}">{escape(words)}</tspan>'
        for n, words in enumerate(lines)
    )
    return f'<text class="pl-note">{spans}</text>'
