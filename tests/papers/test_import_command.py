"""`zhouzhouhui import` and `export`: exit code 0 done, 1 refused with every fault, 2 not understood."""

from pathlib import Path

import pytest

from tests.cast import build_cast
from zhouzhouhui.cli import main
from zhouzhouhui.models import Department

pytestmark = pytest.mark.django_db


def _sheet(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("代码,名称,层级", *rows)), encoding="gb18030")
    return path


def test_a_sheet_is_tried_then_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_cast()
    sheet = _sheet(tmp_path / "a.csv", "LH,绿化所,镇")
    assert main(["import", "departments", str(sheet), "--try"]) == 0
    assert not Department.objects.filter(code="LH").exists()
    assert main(["import", "departments", str(sheet)]) == 0
    assert Department.objects.get(code="LH").name == "绿化所"
    assert "新增 1，修改 0，不变 0" in capsys.readouterr().out


def test_faults_are_named_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_cast()
    sheet = _sheet(tmp_path / "a.csv", "LH,绿化所,镇", "SL,,省")
    assert main(["import", "departments", str(sheet)]) == 1
    told = capsys.readouterr().err
    assert "第 3 行，名称：" in told
    assert "第 3 行，层级：" in told
    assert not Department.objects.filter(code="LH").exists()


def test_a_missing_file_and_a_missing_name_are_told(tmp_path: Path) -> None:
    build_cast()
    assert main(["import", "people", str(tmp_path / "none.xlsx")]) == 1
    assert main(["import", "people"]) == 2
    assert main(["export", "people", str(tmp_path / "no" / "folder.xlsx")]) == 1


def test_template_and_export_are_written(tmp_path: Path) -> None:
    build_cast()
    assert main(["import", "people", "--template", str(tmp_path / "t.xlsx")]) == 0
    assert main(["export", "departments", str(tmp_path / "e.xlsx")]) == 0
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")
    assert main(["import", "departments", str(tmp_path / "e.xlsx")]) == 0
