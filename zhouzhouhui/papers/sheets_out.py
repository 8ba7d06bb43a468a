"""Sheets to take away: templates to fill in, and tables of what is there. No cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import xlsxwriter
from django.utils.translation import gettext as _

from zhouzhouhui.papers.sheet_columns import EXAMPLE_MARK, Column

Cell = str | int | float | bool | date | datetime | time | None
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_WRITTEN_ROWS = 5000  # how far down a template's formats and drop-down lists reach


def harmless(value: Cell) -> Cell:
    """Return the cell so that no spreadsheet program runs it; reading a sheet takes the mark off again."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value


def _shown(value: Cell) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case str():
            return str(harmless(value))
        case _:
            return value


def _width(words: str) -> int:
    return min(48, max(8, sum(2 if sign > "\u2e7f" else 1 for sign in words) + 2))


def _workbook(out: io.BytesIO) -> xlsxwriter.Workbook:
    return xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )


def _expected(column: Column) -> str:
    match column.kind:
        case "date":
            return _("日期，如 2026-01-15")
        case "time":
            return _("时间，如 19:00")
        case "yes_no":
            return _("是 或 否")
        case "choice":
            return _("从下列中选一个：{choices}").format(choices="、".join(column.choices))
        case "list":
            return _("可填多个，用顿号隔开")
        case "integer":
            return _("整数")
        case _:
            return _("文字，不超过 {most} 个字").format(most=column.max_length)


def _notes_sheet(book: xlsxwriter.Workbook, columns: Sequence[Column], notes: Sequence[str]) -> None:
    sheet = book.add_worksheet(_("说明"))
    strong = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    lines = [
        *notes,
        _("第一张表里，标 * 的列必须填。示例一行不会导入，可以留着。"),
        _("不要合并单元格，不要用公式；有公式的，请复制后“选择性粘贴”为数值。"),
        _("有一处不对，整张表都不会导入，每一处都会告诉您在第几行、哪一列、为什么。"),
    ]
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line)
    top = len(lines) + 1
    for place, heading in enumerate((_("列"), _("必填"), _("怎么填"), _("备注"))):
        sheet.write_string(top, place, heading, strong)
    for at, column in enumerate(columns, top + 1):
        for place, words in enumerate(
            (column.heading, _("是") if column.required else "", _expected(column), column.note)
        ):
            sheet.write_string(at, place, words, wrapped)
    sheet.set_column(0, 0, 16)
    sheet.set_column(2, 3, 44)


def template(columns: Sequence[Column], *, title: str, notes: Sequence[str] = ()) -> bytes:
    """Return an .xlsx to fill in: headings, one marked example row, drop-down lists, and a sheet that explains."""
    out = io.BytesIO()
    book = _workbook(out)
    sheet = book.add_worksheet(title[:31])
    heading = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
    example = book.add_format({"italic": True, "font_color": "#5C574F", "num_format": "@"})
    written = book.add_format({"num_format": "@"})
    for place, column in enumerate(columns):
        words = f"{column.heading}*" if column.required else column.heading
        sheet.write_string(0, place, words, heading)
        shown = f"{EXAMPLE_MARK}：{column.example}" if place == 0 else column.example
        sheet.write_string(1, place, shown, example)
        # text cells keep the zeros and all twelve digits of a code
        sheet.set_column(place, place, max(_width(words), _width(shown)), written)
        choices = ["是", "否"] if column.kind == "yes_no" else list(column.choices)
        if choices and sum(map(len, choices)) + len(choices) < 250:
            sheet.data_validation(2, place, _WRITTEN_ROWS, place, {"validate": "list", "source": choices})
    sheet.freeze_panes(1, 0)
    _notes_sheet(book, columns, notes)
    book.close()
    return out.getvalue()


def write_sheet(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """Return an .xlsx of a table."""
    out = io.BytesIO()
    book = _workbook(out)
    sheet = book.add_worksheet(title[:31])
    heading = book.add_format({"bold": True, "bottom": 2})
    written = book.add_format({"num_format": "@"})
    widths = [_width(words) for words in headings]
    for place, words in enumerate(headings):
        sheet.write_string(0, place, words, heading)
    for at, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            shown = _shown(value)
            if isinstance(shown, str):
                sheet.write_string(at, place, shown, written)
                widths[place] = max(widths[place], _width(shown))
            else:
                sheet.write_number(at, place, shown)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, which spreadsheet programs need to show Chinese."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_shown(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
