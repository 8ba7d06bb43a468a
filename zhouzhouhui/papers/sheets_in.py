"""Sheets that people fill in: every row is read, and every fault is named with its row, column and reason."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from zhouzhouhui.papers.sheet_bytes import Grid, read_grid
from zhouzhouhui.papers.sheet_cells import BadCell, Raw, as_text, read_cell
from zhouzhouhui.papers.sheet_columns import EXAMPLE_MARK, Column, Fault, Row, SheetRefused, Value

__all__ = ["Column", "Fault", "Row", "read_rows"]

_HEADING_WITHIN = 10
_MAX_FAULTS = 500
_SERIAL = frozenset({"序号", "编号", "#", "no", "no."})


def _plain_heading(raw: Raw) -> str:
    """Return a heading without blanks, marks for required, and remarks in brackets."""
    try:
        text = unicodedata.normalize("NFKC", as_text(raw))
    except BadCell:
        return ""
    return re.sub(r"\(.*?\)|[\s*:]", "", text).casefold()


def _is_empty(row: Sequence[Raw]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\u00a0\x00")) for cell in row)


def _heading_row(grid: Grid, columns: Sequence[Column]) -> int:
    """Return which row holds the headings: the one of the first ten that names most columns."""
    wanted = {_plain_heading(column.heading) for column in columns}
    best, most = -1, 0
    for index, row in enumerate(grid.cells[:_HEADING_WITHIN]):
        named = len(wanted & {_plain_heading(cell) for cell in row})
        if named > most:
            best, most = index, named
    if best < 0 or (most < 2 and len(columns) > 1):
        raise SheetRefused("no_heading_row", headings="、".join(column.heading for column in columns[:6]))
    return best


def _placed(grid: Grid, at: int, columns: Sequence[Column]) -> tuple[dict[str, int], list[Fault]]:
    """Return where each column stands, and what is wrong with the headings."""
    by_heading = {_plain_heading(column.heading): column for column in columns}
    places: dict[str, int] = {}
    faults: list[Fault] = []
    body = [row for row in grid.cells[at + 1 :] if not _is_empty(row)]
    for place, cell in enumerate(grid.cells[at]):
        name = _plain_heading(cell)
        column = by_heading.get(name)
        if column is None:
            has_cells = any(place < len(row) and not _is_empty([row[place]]) for row in body)
            if name not in _SERIAL and has_cells:
                faults.append(Fault(at + 1, as_text(cell)[:40] or _letters(place), "unknown_column"))
        elif column.key in places:
            faults.append(Fault(at + 1, column.heading, "repeated_column"))
        else:
            places[column.key] = place
    faults.extend(
        Fault(at + 1, column.heading, "missing_column")
        for column in columns
        if column.required and column.key not in places
    )
    return places, faults


def _letters(place: int) -> str:
    """Return a column's letters as the spreadsheet program shows them."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_row(
    grid: Grid, index: int, columns: Sequence[Column], places: dict[str, int]
) -> tuple[dict[str, Value], list[Fault]]:
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    row = grid.cells[index]
    for column in columns:
        place = places.get(column.key)
        raw = row[place] if place is not None and place < len(row) else None
        try:
            if place is not None and (index, place) in grid.formulas:
                raise BadCell("formula")
            if place is not None and (index, place) in grid.merged:
                raise BadCell("merged")
            values[column.key] = read_cell(column, raw)
        except BadCell as bad:
            faults.append(Fault(index + 1, column.heading, bad.code, bad.facts))
    return values, faults


def _is_example(row: Sequence[Raw]) -> bool:
    first = next((cell for cell in row if not _is_empty([cell])), None)
    return isinstance(first, str) and first.strip().startswith(EXAMPLE_MARK)


def _body(grid: Grid, at: int) -> Iterator[int]:
    for index in range(at + 1, len(grid.cells)):
        formulas = any((index, place) in grid.formulas for place in range(len(grid.cells[index])))
        if (not _is_empty(grid.cells[index]) or formulas) and not _is_example(grid.cells[index]):
            yield index


def read_rows(raw: bytes, filename: str, columns: Sequence[Column]) -> tuple[list[Row], list[Fault]]:
    """Return the rows of an .xlsx, .xls, .ods or .csv file and all that is wrong with it.

    Only without faults are the rows to be used: all or nothing is the caller's promise to the writer. A fault of
    row 0 concerns the file itself. ``filename`` is only told back; the content says what the file is.
    """
    try:
        grid = read_grid(raw)
        at = _heading_row(grid, columns)
    except SheetRefused as refused:
        return [], [Fault(0, filename[:80], refused.code, refused.facts)]
    places, faults = _placed(grid, at, columns)
    if faults:
        return [], faults
    rows: list[Row] = []
    for index in _body(grid, at):
        values, bad = _read_row(grid, index, columns, places)
        faults += bad
        rows.append(Row(index + 1, values))
        if len(faults) >= _MAX_FAULTS:
            return rows, faults[:_MAX_FAULTS]
    if not rows and not faults:
        faults.append(Fault(0, filename[:80], "no_rows"))
    return rows, faults
