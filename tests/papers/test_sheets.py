"""Sheets as people send them: every fault named with row, column and reason; nothing taken that may be wrong."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from zhouzhouhui.papers.sheet_columns import Column
from zhouzhouhui.papers.sheets_in import read_rows
from zhouzhouhui.papers.sheets_out import harmless, template, write_csv, write_sheet

COLUMNS = (
    Column("name", "名称", required=True, max_length=10, example="东河村"),
    Column("code", "区划代码", required=True, pattern=r"\d{12}", note="12 位数字", example="310112006201"),
    Column("kind", "类别", kind="choice", choices={"村": "village", "居民区": "neighbourhood"}, example="村"),
    Column("joins_on", "加入日期", kind="date", example="2026-01-15"),
    Column("meets_at", "几点开会", kind="time", example="19:00"),
    Column("pilot", "试点", kind="yes_no", example="是"),
    Column("weekday", "星期", kind="integer", least=1, most=7, example="3"),
    Column("former", "原村", kind="list", example="西村、南村"),
)
HEADINGS = [column.heading for column in COLUMNS]
GOOD = ["东河村", "310112006201", "村", "2026-01-15", "19:00", "是", "3", "西村、南村"]
READ = {
    "name": "东河村", "code": "310112006201", "kind": "village", "joins_on": date(2026, 1, 15), "meets_at": time(19),
    "pilot": True, "weekday": 3, "former": ["西村", "南村"],
}  # fmt: skip


def _xlsx(rows: list[list[Any]], merge: str = "") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(at, place, cell)
    if merge:
        sheet.merge_range(merge, "并")
    book.close()
    return out.getvalue()


def _csv(rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def _faults(raw: bytes) -> list[tuple[int, str, str]]:
    return [(one.row, one.heading, one.code) for one in read_rows(raw, "a.xlsx", COLUMNS)[1]]


def test_a_filled_in_sheet_is_read_with_the_row_numbers_of_the_program() -> None:
    rows, faults = read_rows(_xlsx([HEADINGS, GOOD, [], GOOD]), "a.xlsx", COLUMNS)
    assert faults == []
    assert [(row.number, row.cells) for row in rows] == [(2, READ), (4, READ)]


def test_cells_the_program_turned_into_numbers_dates_and_times_are_read() -> None:
    row = ["东河村", 310112006201, "村", datetime(2026, 1, 15), time(19), True, 3.0, "西村,南村"]
    rows, faults = read_rows(_xlsx([HEADINGS, row]), "a.xlsx", COLUMNS)
    assert faults == []
    assert rows[0].cells == READ


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_are_read_in_every_usual_encoding(encoding: str, delimiter: str) -> None:
    rows, faults = read_rows(_csv([HEADINGS, GOOD], encoding, delimiter), "a.csv", COLUMNS)
    assert faults == []
    assert rows[0].cells == READ


def test_titles_above_marks_beside_and_the_order_of_columns_do_not_matter() -> None:
    turned = [["2026 年村居表"], ["序号", *[f"{heading} *（必填）" for heading in reversed(HEADINGS)]]]
    rows, faults = read_rows(_xlsx([*turned, ["1", *reversed(GOOD)]]), "a.xlsx", COLUMNS)
    assert faults == []
    assert rows[0].cells == READ


def test_the_template_comes_back_empty_and_its_example_is_not_taken() -> None:
    raw = template(COLUMNS, title="村居")
    assert _faults(raw) == [(0, "a.xlsx", "no_rows")]
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    assert book.sheet_names == ["村居", "说明"]
    written = book.get_sheet_by_index(0).to_python()
    assert written[0][:3] == ["名称*", "区划代码*", "类别"]
    assert written[1][:2] == ["示例：东河村", "310112006201"]
    rows, faults = read_rows(_xlsx([*written, GOOD]), "a.xlsx", COLUMNS)
    assert faults == []
    assert [row.cells for row in rows] == [READ]


@pytest.mark.parametrize(
    ("place", "cell", "code"),
    [
        (0, "", "required"),
        (0, "很长很长很长很长很长很长", "too_long"),
        (1, "31011200620", "bad_pattern"),
        (1, 3.1e17, "number_too_long"),
        (2, "镇", "not_choice"),
        (3, "明天", "not_date"),
        (3, "2026-02-30", "not_date"),
        (4, "晚饭后", "not_time"),
        (4, "25:00", "not_time"),
        (5, "也许", "not_yes_no"),
        (6, "三", "not_integer"),
        (6, "3.5", "not_integer"),
        (6, "8", "out_of_range"),
        (6, "=1+2", "formula"),
        (7, "短、很长很长很长很长很长很长很长很长", "too_long"),
        (0, "#REF!", "error_value"),
    ],
)
def test_a_bad_cell_is_named_with_its_row_its_column_and_the_reason(place: int, cell: Any, code: str) -> None:
    columns = [Column(**{**_as_dict(one), "max_length": 10}) if one.key == "former" else one for one in COLUMNS]
    bad = [*GOOD[:place], cell, *GOOD[place + 1 :]]
    _, faults = read_rows(_xlsx([HEADINGS, GOOD, bad]), "a.xlsx", columns)
    assert [(one.row, one.heading, one.code) for one in faults] == [(3, HEADINGS[place], code)]


def _as_dict(column: Column) -> dict[str, Any]:
    return {name: getattr(column, name) for name in Column.__dataclass_fields__}


def test_every_fault_of_a_sheet_is_told_at_once() -> None:
    rows = [HEADINGS, ["", *GOOD[1:]], [*GOOD[:1], "1", *GOOD[2:6], "9", ""]]
    assert _faults(_xlsx(rows)) == [
        (2, "名称", "required"),
        (3, "区划代码", "bad_pattern"),
        (3, "星期", "out_of_range"),
    ]


def test_merged_cells_are_refused_and_a_merged_title_is_not() -> None:
    assert (4, "名称", "merged") in _faults(_xlsx([HEADINGS, GOOD, GOOD, GOOD], merge="A3:A4"))
    assert _faults(_xlsx([["标题"], HEADINGS, GOOD], merge="A1:H1")) == []


@pytest.mark.parametrize(
    ("headings", "fault"),
    [
        ([*HEADINGS[:1], *HEADINGS[2:]], (1, "区划代码", "missing_column")),
        ([*HEADINGS, "电话"], (1, "电话", "unknown_column")),
        ([*HEADINGS, "名称"], (1, "名称", "repeated_column")),
    ],
)
def test_a_wrong_heading_is_named(headings: list[str], fault: tuple[int, str, str]) -> None:
    assert _faults(_xlsx([headings, ["x"] * len(headings)])) == [fault]


def test_a_column_without_heading_is_named_by_its_letter() -> None:
    assert _faults(_xlsx([[*HEADINGS, ""], [*GOOD, "漏了"]])) == [(1, "I", "unknown_column")]


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 130_000_000)
    return out.getvalue()


def _far_cell() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write(1_000_000, 16_000, "far")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x00\x00\r\n", "empty_file"),
        (b"PK\x03\x04 no zip", "not_a_sheet"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "not_a_sheet"),
        (b"%PDF-1.7\nx,y", "not_a_sheet"),
        (b"<html><table></table></html>", "not_a_sheet"),
        (bytes(range(1, 256)) * 20, "bad_encoding"),
        ("路灯不亮".encode(), "no_heading_row"),
        (_csv([HEADINGS]), "no_rows"),
        (b"a" * (10 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(raw: bytes, code: str) -> None:
    assert _faults(raw) == [(0, "a.xlsx", code)]


def test_a_zip_that_unpacks_without_end_is_refused() -> None:
    assert _faults(_bomb()) == [(0, "a.xlsx", "too_large")]


def test_a_cell_at_the_end_of_the_world_does_not_fill_the_memory() -> None:
    assert _faults(_far_cell()) == [(0, "a.xlsx", "too_many_rows")]


def test_a_damaged_sheet_inside_a_good_zip_is_refused() -> None:
    good = zipfile.ZipFile(io.BytesIO(_xlsx([HEADINGS, GOOD])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in good.namelist():
            content = good.read(name)
            packed.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    assert [one[2] for one in _faults(out.getvalue())] in (["not_a_sheet"], ["no_heading_row"])


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+86", "-1", "@SUM(A1)"])
def test_what_is_taken_away_is_never_run_and_reads_back_the_same(words: str) -> None:
    columns = (Column("a", "甲"), Column("b", "乙"))
    assert str(harmless(words)).startswith("'")
    for raw in (
        write_sheet(["甲", "乙"], [[words, "x"]], title="表"),
        write_csv(["甲", "乙"], [[words, "x"]]),
    ):
        rows, faults = read_rows(raw, "a", columns)
        assert faults == []
        assert rows[0].cells["a"] == words


def test_numbers_dates_and_marks_are_written_as_people_read_them() -> None:
    row = [1, True, date(2026, 1, 15), datetime(2026, 1, 15, 19, 30), time(19), None]
    raw = write_csv(list("甲乙丙丁戊己"), [row]).decode("utf-8-sig")
    assert raw.splitlines()[1] == "1,是,2026-01-15,2026-01-15 19:30,19:00,"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(write_sheet(list("甲乙丙丁戊己"), [row], title="表")))
    assert sheet.get_sheet_by_index(0).to_python()[1][:3] == [1, "是", "2026-01-15"]
