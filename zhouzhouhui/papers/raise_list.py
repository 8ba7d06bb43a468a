"""A list of matters out of a file: plain text, CSV or a workbook, with headings or one thing a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhouzhouhui.text.list_split import split_list

from .sheet_bytes import decoded, read_grid
from .sheet_cells import as_text
from .sheet_columns import Column, SheetRefused
from .sheets_in import read_rows

KINDS = {
    "咨询": "question", "求助": "request", "投诉": "complaint", "举报": "report", "建议": "suggestion",
    "表扬": "praise", "未明": "unknown",
}  # fmt: skip
COLUMNS = (
    Column("words", "原话", required=True, max_length=5000, example="路灯坏了三盏，晚上看不见路。"),
    Column("kind", "性质", kind="choice", choices=KINDS, example="求助"),
    Column("category", "分类代码", max_length=20, example="4.1"),
    Column("is_private", "个人事项", kind="yes_no", example="否"),
)
SHEET_MARKS = (b"PK", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class ListedLine:
    """One line of the file."""

    words: str
    kind: str = ""
    category: str = ""
    is_private: bool = False


class ListRefused(ValueError):
    """The file cannot be read; ``code`` and ``facts`` name the sentence in wording/sheet_faults.py."""

    def __init__(self, code: str, facts: Mapping[str, Any]) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def lines_of_file(raw: bytes, name: str) -> list[ListedLine]:
    """The lines of a file in order. Raises ListRefused with the first fault, row and column named."""
    try:
        if not raw.startswith(SHEET_MARKS) and not name.lower().endswith(".csv"):
            return [ListedLine(words) for words in split_list(decoded(raw))]
        rows, faults = read_rows(raw, name, COLUMNS)
    except SheetRefused as refused:
        if refused.code != "no_heading_row":
            raise ListRefused(refused.code, refused.facts) from refused
        return _without_headings(raw)
    if faults and faults[0].code == "no_heading_row":
        return _without_headings(raw)
    if faults:
        first = faults[0]
        raise ListRefused(first.code, {"row": first.row, "heading": first.heading, **first.facts})
    return [
        ListedLine(
            str(row.cells["words"] or ""), str(row.cells.get("kind") or ""), str(row.cells.get("category") or ""),
            bool(row.cells.get("is_private")),
        )
        for row in rows
    ]  # fmt: skip


def _without_headings(raw: bytes) -> list[ListedLine]:
    """One thing a row: the longest text of each row is what was said."""
    lines = []
    for row in read_grid(raw).cells:
        texts = [as_text(cell).strip() for cell in row if cell is not None]
        longest = max(texts, key=len, default="")
        if longest:
            lines.append(ListedLine(longest))
    return lines
