"""Cells copied out of a spreadsheet: tabs between columns, quotes around a cell that holds a line break."""

import re

from zhouzhouhui.text.list_marks import mark_of

_SERIAL = re.compile(r"\s*[（(]?\d{1,4}[）).、．]?\s*")
_SERIAL_HEADING = re.compile(r"\s*(?:序号|编号|序|号|No\.?|#)\s*", re.IGNORECASE)
# the sign that stands for a line break inside one cell until the lines are joined again
BREAK_IN_CELL = "\u2424"


def _unquoted(text: str) -> str:
    """Return the text with line breaks inside quoted cells as ``BREAK_IN_CELL``; stray quotes stay as they are."""
    if '"' not in text:
        return text
    parts: list[str] = []
    at = 0
    for start in re.finditer(r'(?:^|(?<=[\n\t]))"', text):
        if start.start() < at:
            continue
        end = _closing_quote(text, start.end())
        inner = text[start.end() : end] if end is not None else ""
        if end is not None and "\n" in inner:
            parts += (text[at : start.start()], inner.replace('""', '"').replace("\n", BREAK_IN_CELL))
            at = end + 1
    return "".join((*parts, text[at:]))


def _closing_quote(text: str, at: int) -> int | None:
    """Return where the cell's closing quote stands; None when the quote was only a sign in a sentence."""
    while (at := text.find('"', at)) != -1:
        if text[at + 1 : at + 2] == '"':
            at += 2
            continue
        return at if text[at + 1 : at + 2] in ("", "\n", "\t") else None
    return None


def _without_serial(cells: list[str]) -> list[str]:
    """Drop a leading serial number: it is the sheet's, not the speaker's."""
    if len(cells) > 1 and (_SERIAL.fullmatch(cells[0]) or not cells[0].strip()):
        return cells[1:]
    return cells


def cells_to_lines(text: str) -> list[str]:
    """Return the lines of a paste; a row of several cells is one line, its serial number and heading row left out."""
    lines = _unquoted(text).split("\n")
    if not any("\t" in line for line in lines):
        return lines
    rows = [line.split("\t") for line in lines]
    serial_rows = sum(len(row) > 1 and bool(_SERIAL.fullmatch(row[0])) for row in rows)
    if rows and _SERIAL_HEADING.fullmatch(rows[0][0]) and serial_rows:
        rows = rows[1:]
    whole_column = serial_rows >= 2 or (serial_rows == 1 and len([row for row in rows if any(row)]) == 1)
    out: list[str] = []
    for row in rows:
        cells = _without_serial(row) if whole_column or not mark_of(row[0]) else row
        out.append(" ".join(cell.strip() for cell in cells if cell.strip()))
    return out
