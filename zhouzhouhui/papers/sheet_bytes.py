"""The bytes of an uploaded sheet become a grid of cells; what could hide a wrong value is pointed at.

Formulas are refused, because the value beside them may be stale or missing; merged cells are refused, because only
their first cell has a value. The type is told by the content, never by the name.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from zhouzhouhui.papers.sheet_cells import Raw
from zhouzhouhui.papers.sheet_columns import SheetRefused

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
_MAX_UNPACKED = 120 * 1024 * 1024

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>(\s*<(?:\w+:)?f[\s/>])?')


@dataclass(slots=True)
class Grid:
    """Cells by row and column from 0; ``formulas`` and ``merged`` hold (row, column) of cells to refuse."""

    cells: list[list[Raw]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: set[tuple[int, int]] = field(default_factory=set)


def read_grid(raw: bytes) -> Grid:
    """Return the first sheet's cells. Raises SheetRefused."""
    if not raw.strip(b"\x00 \r\n\t"):
        raise SheetRefused("empty_file")
    if len(raw) > MAX_BYTES:
        raise SheetRefused("too_large", most=MAX_BYTES // 1024 // 1024)
    if raw.startswith(b"PK"):
        return _workbook(raw, is_zip=True)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(raw, is_zip=False)
    return _comma_separated(decoded(raw))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _first_sheet_xml(raw: bytes) -> bytes:
    """Return the XML of an .xlsx file's first sheet, b'' for other zipped formats."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(member.file_size for member in packed.infolist()) > _MAX_UNPACKED:
                raise SheetRefused("too_large", most=MAX_BYTES // 1024 // 1024)
            names = set(packed.namelist())
            if "xl/workbook.xml" not in names:
                return b""
            first = re.search(rb'<(?:\w+:)?sheet\s[^>]*?\b\w+:id="([^"]+)"', packed.read("xl/workbook.xml"))
            relations = packed.read("xl/_rels/workbook.xml.rels")
            for relation in re.findall(rb"<Relationship\s[^>]*>", relations):
                target = re.search(rb'Target="/?(?:xl/)?([^"]+)"', relation)
                if first and target and b'Id="' + first[1] + b'"' in relation:
                    name = "xl/" + target[1].decode()
                    return packed.read(name) if name in names else b""
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        if isinstance(error, SheetRefused):
            raise
        raise SheetRefused("not_a_sheet") from error
    return b""


def _marked_formulas(xml: bytes) -> set[tuple[int, int]]:
    """Return where formulas stand; refuse a sheet so spread out that opening it would fill the memory."""
    formulas = set()
    for found in _CELL.finditer(xml):
        if found[3]:
            continue  # formatted, without a value
        row, column = int(found[2]) - 1, _column_number(found[1])
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise SheetRefused("too_many_rows", most=MAX_ROWS, columns=MAX_COLUMNS)
        if found[4]:
            formulas.add((row, column))
    return formulas


def _workbook(raw: bytes, *, is_zip: bool) -> Grid:
    formulas = _marked_formulas(_first_sheet_xml(raw)) if is_zip else set()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
            raise SheetRefused("too_many_rows", most=MAX_ROWS, columns=MAX_COLUMNS)
        cells: list[list[Raw]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
        ranges = sheet.merged_cell_ranges or []
    except PasswordError as error:
        raise SheetRefused("has_password") from error
    except (CalamineError, OSError, IndexError) as error:
        raise SheetRefused("not_a_sheet") from error
    except BaseException as error:  # a panic inside the reader's own language is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise SheetRefused("not_a_sheet") from error
    merged = {
        (row, column)
        for (top, left), (bottom, right) in ranges
        for row in range(top, min(bottom, len(cells)) + 1)
        for column in range(left, min(right, MAX_COLUMNS) + 1)
    }
    return Grid(cells, formulas, merged)


def decoded(raw: bytes) -> str:
    """Return a text file's words: UTF-8, UTF-16 or GB 18030 (of which GBK is a part). Raises SheetRefused."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in raw[:4000]:
        even, odd = raw[0:4000:2].count(0), raw[1:4000:2].count(0)
        encodings = ["utf-16-le" if odd > even else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        # binary rubbish decodes now and then, but no sheet is full of control signs
        if sum(sign < " " and sign not in "\t\r\n" for sign in text[:4000]) > 4:
            break
        return text
    raise SheetRefused("bad_encoding")


def _comma_separated(text: str) -> Grid:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max("\t,;，", key=heading.count)
    if heading.startswith(("<", "{", "%PDF")):
        raise SheetRefused("not_a_sheet")
    cells: list[list[Raw]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(cells) >= MAX_ROWS or len(row) > MAX_COLUMNS:
                raise SheetRefused("too_many_rows", most=MAX_ROWS, columns=MAX_COLUMNS)
            cells.append(list(row))
    except csv.Error as error:
        raise SheetRefused("not_a_sheet") from error
    return Grid(cells)
