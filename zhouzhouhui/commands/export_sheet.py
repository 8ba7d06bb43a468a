"""zhouzhouhui export."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from zhouzhouhui.commands._towns import add_town_argument, town_asked
from zhouzhouhui.commands.import_sheet import WHAT
from zhouzhouhui.commands.refusal import CommandRefused

NAME = "export"
HELP = "把村居、单位、人员、分类、日历导出成表格，改好可以再导入 (take the set-up away as a sheet)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to take away, and where to."""
    add_town_argument(parser)
    parser.add_argument("what", choices=WHAT, help="导出什么 (what to take away)")
    parser.add_argument("file", type=Path, help="写到哪个 .xlsx 文件 (where to)")


def run(asked: argparse.Namespace) -> int:
    """Write the sheet; telephones and passwords are never in it."""
    from zhouzhouhui.papers.setup_sheets import export_sheet

    raw = export_sheet(asked.what, town=town_asked(asked.town))
    try:
        asked.file.write_bytes(raw)
    except OSError as error:
        raise CommandRefused(f"写不到 {asked.file}：{error.strerror} (cannot write the file)") from None
    sys.stdout.write(f"写在 {asked.file} (written)\n")
    return 0
