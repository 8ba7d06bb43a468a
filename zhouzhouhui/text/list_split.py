"""A pasted list of questions becomes its items, words kept exactly: 23 in, 23 out.

Read in this order: cells of a spreadsheet, marks at line beginnings, marks inside one line, blank lines, lines,
and lines that were only broken by a narrow window. What stands before the first item (各位领导，我有以下问题：)
is kept apart as ``lead``, never dropped silently.
"""

import re
from dataclasses import dataclass

from zhouzhouhui.text.list_cells import cells_to_lines
from zhouzhouhui.text.list_runs import Piece, inline_pieces, marked_pieces
from zhouzhouhui.text.list_wrap import join_lines, unwrap

_LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_NOT_WORDS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ufeff\ufffe\uffff\u200b\u2060]|[\ud800-\udfff]")
_BLANK = " \t\u3000\u00a0"


@dataclass(frozen=True, slots=True)
class SplitList:
    """``lead`` is what introduced the list ('' if nothing did); ``items`` are the items in order."""

    lead: str
    items: list[str]


def _lines(text: str) -> list[str]:
    # breaks become \n first, so that a control sign that breaks lines is not taken for rubbish
    return cells_to_lines(_NOT_WORDS.sub("", _LINE_ENDS.sub("\n", text)))


def _from_marks(pieces: list[Piece]) -> SplitList:
    lead: list[str] = []
    items: list[str] = []
    heading = ""
    for piece in pieces:
        body = join_lines(piece.lines)
        if not body:
            continue
        if piece.role == "lead":
            lead.append(body)
        elif piece.role == "heading":
            heading = body
        else:
            items.append(f"{heading}\n{body}" if piece.role == "child" and heading else body)
            if piece.role == "item":
                heading = ""
    return SplitList("\n".join(lead), items)


def _from_plain_lines(lines: list[str]) -> list[str]:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip(_BLANK):
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [item for paragraph in paragraphs for item in unwrap(paragraph)]


def split_with_lead(text: str) -> SplitList:
    """Return the items of a pasted list and the words that introduced it. An empty text has no items."""
    lines = _lines(text)
    filled = [line for line in lines if line.strip(_BLANK)]
    if not filled:
        return SplitList("", [])
    pieces = marked_pieces(lines)
    if pieces is not None or len(filled) <= 3:
        inline = inline_pieces(filled)
        # several numbers in one line: the finer reading wins, it holds every mark of the coarser one
        if inline is not None and (pieces is None or len(inline) > len(pieces)):
            pieces = inline
    if pieces is not None:
        return _from_marks(pieces)
    return SplitList("", _from_plain_lines(lines))


def split_list(text: str) -> list[str]:
    """Return the items of a pasted list in order, without their numbers, all other words as they stood.

    Lines that a narrow window broke are joined; one paragraph stays one item; byte order marks, NULs and
    Windows line ends are no words.
    """
    return split_with_lead(text).items
