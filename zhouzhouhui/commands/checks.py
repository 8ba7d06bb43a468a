"""zhouzhouhui checks."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from zhouzhouhui.commands._towns import add_town_argument, town_asked

NAME = "checks"
HELP = "问一问：现在这套安装，能不能说到做到？(can this installation keep its promise?)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """All towns, or one."""
    add_town_argument(parser)


def run(asked: argparse.Namespace) -> int:
    """Ask every question; 1 when any answer is no."""
    from zhouzhouhui.checks import ask_installation, ask_town
    from zhouzhouhui.models import Town

    at = datetime.now(UTC)
    towns = [town_asked(asked.town)] if asked.town else list(Town.objects.order_by("code"))
    answers = [("", answer) for answer in ask_installation(at=at)]
    for town in towns:
        answers += [(town.name, answer) for answer in ask_town(town, at=at)]
    if not towns:
        sys.stdout.write("还没有镇：请运行 zhouzhouhui init。(no town yet: run init)\n")
    for name, answer in answers:
        where = f"{name}：" if name else ""
        sys.stdout.write(f"{'是' if answer.ok else '否'}  {where}{answer.question}\n")
        if not answer.ok:
            sys.stdout.write("".join(f"      {line}\n" for line in (answer.found, answer.remedy) if line))
    return 0 if towns and all(answer.ok for _, answer in answers) else 1
