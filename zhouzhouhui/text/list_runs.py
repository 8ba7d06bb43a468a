"""Which marks are a list: numbers that follow each other, styles that nest, marks inside one line."""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from zhouzhouhui.text.list_marks import BULLET, Mark, bare_mark_of, mark_of

Role = Literal["lead", "heading", "item", "child"]
_SENTENCE_END = re.compile(r"[。！？!?；;…][”」）)]?\s*$")
_LEAD_MAX = 40


@dataclass(slots=True)
class Piece:
    """Lines that belong together, without their mark; a later line that kept its own mark begins with NUL."""

    role: Role
    lines: list[str] = field(default_factory=list)


def _confirmed(marks: list[Mark | None]) -> list[Mark | None]:
    """Return the marks with unsure ones taken out unless a neighbour's number agrees and no sure one is doubled."""
    numbered = [(index, mark) for index, mark in enumerate(marks) if mark is not None and mark.value is not None]
    out = list(marks)
    previous: Mark | None = None
    for place, (index, mark) in enumerate(numbered):
        if mark.sure:
            previous = mark
            continue
        value = mark.value or 0
        rest = numbered[place + 1 : place + 6]
        follows = previous is not None and previous.value == value - 1
        leads = any(later.style == mark.style and later.value == value + 1 for _, later in rest)
        taken = any(later.sure and later.value == value for _, later in rest)
        fits = (follows and (previous is None or previous.style == mark.style or previous.sure)) or (
            leads and (previous is None or value == 1)
        )
        if fits and not taken:
            previous = mark
        else:
            out[index] = None
    return out


def _bare(lines: list[str]) -> list[Mark | None] | None:
    """Return marks for a list whose every line begins with the next number and nothing between (1路灯 2垃圾 3电梯)."""
    filled = [line for line in lines if line.strip()]
    found = [bare_mark_of(line) for line in filled]
    if len(filled) < 3 or [mark and mark.value for mark in found] != list(range(1, len(filled) + 1)):
        return None
    return [bare_mark_of(line) if line.strip() else None for line in lines]


def _children(marks: list[Mark | None]) -> list[bool]:
    """Tell for each mark whether it is nested under the one before: another style that begins again at 1."""
    nested = [False] * len(marks)
    outer: Mark | None = None
    inner: str | None = None
    for index, mark in enumerate(marks):
        if mark is None:
            continue
        if (
            inner is not None
            and mark.style == inner
            and (mark.value is None or mark.value != 1 or mark.style == BULLET)
        ):
            nested[index] = True
        elif outer is not None and mark.style != outer.style and _restarts(mark, outer):
            nested[index] = True
            inner = mark.style
        else:
            outer, inner = mark, None
    return nested


def _restarts(mark: Mark, outer: Mark) -> bool:
    if outer.style == BULLET or outer.value is None:
        return False
    return mark.style == BULLET or mark.value == 1


def _is_heading(lines: list[str]) -> bool:
    """A short line without a full stop above nested items is their heading, not a matter of its own."""
    return len(lines) == 1 and len(lines[0]) <= 16 and not _SENTENCE_END.search(lines[0])


def _is_lead(lines: list[str]) -> bool:
    whole = "".join(lines).strip()
    return whole.endswith((":", "：")) or (len(whole) <= _LEAD_MAX and not _SENTENCE_END.search(whole))


def _assembled(lines: list[str], marks: list[Mark | None], nested: list[bool]) -> list[Piece]:
    pieces: list[Piece] = [Piece("lead")]
    for line, mark, is_child in zip(lines, marks, nested, strict=True):
        if mark is not None:
            pieces.append(Piece("child" if is_child else "item", [line[mark.length :]]))
        elif line.strip():
            pieces[-1].lines.append(line)
    return pieces


def _settled(pieces: list[Piece], raw: dict[int, str]) -> list[Piece]:
    """Decide what the words above nested items are: a heading of each, or the item the nested lines belong to."""
    out: list[Piece] = []
    keep_inside = False
    for index, piece in enumerate(pieces):
        following = pieces[index + 1].role if index + 1 < len(pieces) else None
        if piece.role == "item":
            keep_inside = False
            if following == "child":
                if _is_heading(piece.lines):
                    piece = replace(piece, role="heading")
                else:
                    keep_inside = True
            out.append(piece)
        elif piece.role == "child" and keep_inside:
            out[-1].lines.append("\x00" + raw[index].strip())
            out[-1].lines.extend(piece.lines[1:])
        else:
            out.append(piece)
    return out


def _fill_gaps(lines: list[str], marks: list[Mark | None]) -> list[Mark | None]:
    """Where 1 and 3 are marked and exactly one line stands between as 2 should, that line lost its number."""
    out = list(marks)
    last: tuple[int, int] | None = None
    for index, mark in enumerate(marks):
        if mark is None or mark.value is None:
            continue
        if last is not None and mark.value - last[1] > 1:
            between = [at for at in range(last[0] + 1, index) if lines[at].strip()]
            if len(between) == mark.value - last[1] - 1 and all(marks[at] is None for at in between):
                for step, at in enumerate(between, 1):
                    out[at] = Mark(mark.style, last[1] + step, 0, True)
        last = (index, mark.value)
    return out


def marked_pieces(lines: list[str]) -> list[Piece] | None:
    """Return the pieces of a list marked at line beginnings; None when the lines carry no list."""
    marks = _bare(lines) or _fill_gaps(lines, _confirmed([mark_of(line) for line in lines]))
    count = sum(mark is not None for mark in marks)
    filled = sum(bool(line.strip()) for line in lines)
    if count == 0 or (count == 1 and filled > 1 and not _single_mark_counts(lines, marks)):
        return None
    nested = _children(marks)
    pieces = _assembled(lines, marks, nested)
    starts = [line for line, mark in zip(lines, marks, strict=True) if mark is not None]
    raw = dict(enumerate(starts, 1))
    lead = pieces[0]
    if not lead.lines:
        return _settled(pieces, raw)[1:]
    return [replace(lead, role="lead" if _is_lead(lead.lines) else "item"), *_settled(pieces, raw)[1:]]


def _single_mark_counts(lines: list[str], marks: list[Mark | None]) -> bool:
    """One mark among several lines is a list of one only when it stands first and says 1."""
    first = next(mark for line, mark in zip(lines, marks, strict=True) if line.strip())
    return first is not None and first.value == 1


_INLINE = re.compile(
    r"(?:^|(?<=[\s。；;，,！？!?：:、.）)\"”]))"
    r"(?=(?:[(（]?\d{1,3}[)）.．、](?!\d)|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十]{1,3}[，,、：:]|[①-⑳]))|(?=[①-⑳])"
)


def inline_pieces(lines: list[str]) -> list[Piece] | None:
    """Return the pieces of a list written in one line (1、路灯不亮；2、垃圾没人收); None when there is none.

    The numbers must begin at 1, follow each other, and be of one style.
    """
    text = "\n".join(line.strip() for line in lines)
    run: list[tuple[int, Mark]] = []
    for place in _INLINE.finditer(text):
        mark = mark_of(text[place.start() : place.start() + 24])
        if mark is None or mark.value is None or not mark.sure:
            continue
        if (not run and mark.value == 1) or (run and mark.style == run[0][1].style and mark.value == len(run) + 1):
            run.append((place.start(), mark))
    if len(run) < 2:
        return None
    ends = [start for start, _ in run[1:]] + [len(text)]
    pieces = [
        Piece("item", text[start + mark.length : end].split("\n")) for (start, mark), end in zip(run, ends, strict=True)
    ]
    before = text[: run[0][0]].strip()
    if not before:
        return pieces
    return [Piece("lead" if _is_lead([before]) else "item", [before]), *pieces]
