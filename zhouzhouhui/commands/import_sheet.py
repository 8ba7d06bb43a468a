"""zhouzhouhui import."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from zhouzhouhui.commands._towns import add_town_argument, town_asked
from zhouzhouhui.commands.refusal import CommandRefused

NAME = "import"
HELP = "从表格导入：村居、单位、人员、分类、日历；有一处不对就一行也不写 (set up from a sheet, all or nothing)"
WHAT = ("communities", "departments", "people", "categories", "calendar")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is in the sheet, and where it is."""
    add_town_argument(parser)
    parser.add_argument("what", choices=WHAT, help="表格里是什么 (what the sheet holds)")
    parser.add_argument("file", nargs="?", type=Path, help=".xlsx、.xls、.ods 或 .csv (the sheet)")
    parser.add_argument(
        "--template", type=Path, metavar="FILE", help="写出一张空的模板，不导入 (write a template instead)"
    )
    parser.add_argument("--try", dest="only_try", action="store_true", help="只试一遍，不写入 (try only)")


def run(asked: argparse.Namespace) -> int:
    """Write every row or none; every fault is told with its row, column and reason."""
    from zhouzhouhui.papers.setup_sheets import import_sheet, template_sheet
    from zhouzhouhui.rules.powers import CLOCK
    from zhouzhouhui.wording.sheet_faults import fault_sentence

    if asked.template is not None:
        asked.template.write_bytes(template_sheet(asked.what))
        sys.stdout.write(f"模板写在 {asked.template} (template written)\n")
        return 0
    if asked.file is None:
        raise CommandRefused(
            "请写明表格文件，或用 --template 取一张模板。 (name a sheet, or ask for a template)", code=2
        )
    try:
        raw = asked.file.read_bytes()
    except OSError as error:
        raise CommandRefused(f"读不到 {asked.file}：{error.strerror} (cannot read the file)") from None
    town = town_asked(asked.town)
    done = import_sheet(
        asked.what, raw, asked.file.name, town=town, by=CLOCK, at=datetime.now(UTC), write=not asked.only_try
    )
    for fault in done.faults:
        where = f"第 {fault.row} 行，{fault.heading}" if fault.row else fault.heading
        sys.stderr.write(f"{where}：{fault_sentence(fault.code, fault.facts)}\n")
    if done.faults:
        raise CommandRefused(f"有 {len(done.faults)} 处不对，一行也没有写。 (nothing was written)")
    counts = f"新增 {done.count('added')}，修改 {done.count('changed')}，不变 {done.count('same')}"
    sys.stdout.write(f"{counts}{'' if done.written else '（只是试一遍，没有写入）'}\n")
    return 0
