"""What a sheet's columns are, and what is found of it: rows, and faults that name row, column and reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

Kind = Literal["text", "integer", "date", "time", "yes_no", "choice", "list"]
Value = str | int | bool | date | time | list[str] | None
EXAMPLE_MARK = "示例"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template. ``choices`` maps the word in the sheet to the value; ``pattern`` must match whole.

    An empty cell gives '' for text, [] for a list, None for every other kind.
    """

    key: str
    heading: str
    required: bool = False
    kind: Kind = "text"
    max_length: int = 200
    choices: Mapping[str, str] = field(default_factory=dict)
    pattern: str | None = None
    least: int | None = None
    most: int | None = None
    example: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A read row; ``number`` is its number as the spreadsheet program shows it."""

    number: int
    cells: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell (or, with row 0, the whole file) cannot be taken. ``code`` names the sentence in wording."""

    row: int
    heading: str
    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


class SheetRefused(ValueError):
    """The file as a whole cannot be read; ``code`` and ``facts`` as in a Fault of row 0."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
