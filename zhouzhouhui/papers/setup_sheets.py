"""Sheets a town is set up with: templates to fill in, all-or-nothing import with a trial first, and export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhouzhouhui.actions.import_rows import import_rows
from zhouzhouhui.models import Town
from zhouzhouhui.papers import setup_columns as columns
from zhouzhouhui.papers import setup_exports as exports
from zhouzhouhui.papers import setup_rows as rows_of
from zhouzhouhui.papers.sheet_columns import Column, Fault, Row
from zhouzhouhui.papers.sheets_in import read_rows
from zhouzhouhui.papers.sheets_out import Cell, template, write_sheet
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.refusals import Refused


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of sheet; ``blame``: the column of a refusal that names none; ``order``: which rows act first."""

    title: str | Promise
    columns: tuple[Column, ...]
    act: rows_of.Act
    export: Callable[[Town], list[list[Cell]]]
    blame: Mapping[str, str]
    order: Callable[[Row], int] = lambda _row: 0


_WHO = {
    "no_such_community": "community",
    "no_such_department_named": "department",
    "term_backwards": "ends_on",
    "not_allowed": "role",
}
SHEETS: Mapping[str, Sheet] = {
    "communities": Sheet(
        _("村居"), columns.COMMUNITIES, rows_of.community_row, exports.communities,
        {"code_taken": "short_code", "short_code_stays": "short_code", "joined_already": "joins_on"},
    ),
    "departments": Sheet(
        _("承办单位"), columns.DEPARTMENTS, rows_of.department_row, exports.departments, {"not_found": "code"},
    ),
    "people": Sheet(
        _("人员"), columns.PEOPLE, rows_of.person_row, exports.people,
        _WHO | {"login_taken": "login", "login_is_somebody_else": "name", "password_too_weak": "password"},
    ),
    "categories": Sheet(
        _("分类"), columns.CATEGORIES, rows_of.category_row, exports.categories,
        {"no_such_category": "parent", "no_such_department_named": "owner"},
        order=lambda row: 1 if row.cells["parent"] else 0,
    ),
    "calendar": Sheet(_("日历"), columns.CALENDAR, rows_of.day_row, exports.calendar, {}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or in a trial would do. With faults nothing was written."""

    faults: list[Fault] = field(default_factory=list)
    rows: list[tuple[Row, str]] = field(default_factory=list)  # each row with added, changed or same
    written: bool = False

    def count(self, word: str) -> int:
        """Return how many rows were added, changed or the same."""
        return sum(result == word for _row, result in self.rows)


def import_sheet(what: str, raw: bytes, filename: str, *, town: Town, by: Actor, at: datetime, write: bool) -> Imported:
    """Try the rows of a sheet (``write`` False), or write all of them. One fault, and nothing is written.

    ``what`` is a key of ``SHEETS`` (KeyError for another one).
    """
    sheet = SHEETS[what]
    rows, faults = read_rows(raw, filename, sheet.columns)
    faults += _repeated(rows, sheet) if not faults else []
    if faults:
        return Imported(faults=faults)
    ordered = sorted(rows, key=sheet.order)
    writer = rows_of.Writer(town, by, at, write)
    results = import_rows(rows=ordered, act=lambda row: sheet.act(writer, row.cells), write=write)
    faults = [
        _fault(row, sheet, result.refused) for row, result in zip(ordered, results, strict=True) if result.refused
    ]
    if faults:
        return Imported(faults=sorted(faults, key=lambda fault: fault.row))
    done = [(row, result.word) for row, result in zip(ordered, results, strict=True)]
    return Imported(rows=sorted(done, key=lambda pair: pair[0].number), written=write)


def _repeated(rows: Sequence[Row], sheet: Sheet) -> list[Fault]:
    """The same thing twice in one sheet is a slip; only people may stand in several rows, one for each mandate."""
    keys = [column.key for column in sheet.columns if column.key in ("code", "day", "short_code")]
    faults = []
    for key in keys:
        seen: dict[object, int] = {}
        heading = next(column.heading for column in sheet.columns if column.key == key)
        for row in rows:
            value = row.cells[key]
            value = value.upper() if isinstance(value, str) else value
            if value in seen:
                faults.append(Fault(row.number, heading, "repeated_row", {"first": seen[value]}))
            seen.setdefault(value, row.number)
    return faults


def _fault(row: Row, sheet: Sheet, refused: Refused) -> Fault:
    """A refusal of the institution as a fault of the row, at the column it speaks of."""
    keys = {column.key: column.heading for column in sheet.columns}
    blamed = str(refused.facts.get("what", "")) or sheet.blame.get(refused.code, "")
    if blamed not in keys:
        blamed = sheet.blame.get(refused.code, "code" if "code" in keys else sheet.columns[0].key)
    return Fault(row.number, keys[blamed], refused.code, dict(refused.facts))


def template_sheet(what: str) -> bytes:
    """Return the template of a sheet as .xlsx."""
    sheet = SHEETS[what]
    return template(sheet.columns, title=str(sheet.title))


def export_sheet(what: str, *, town: Town) -> bytes:
    """Return what the town has as .xlsx, in the columns of the template: to be changed and imported again."""
    sheet = SHEETS[what]
    return write_sheet([column.heading for column in sheet.columns], sheet.export(town), title=str(sheet.title))
