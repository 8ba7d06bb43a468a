"""zhouzhouhui verify."""

from __future__ import annotations

import argparse
import json
import sys

from zhouzhouhui.commands._towns import add_town_argument, town_asked
from zhouzhouhui.commands.refusal import CommandRefused

NAME = "verify"
HELP = "核对公开链：有没有改动、缺失、调换；事项的状态是否都由记录得出 (check the ledger)"

SAID = ("what", "chain", "seq", "last", "about", "facts")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which town, against which printed heads."""
    add_town_argument(parser)
    parser.add_argument(
        "--head", action="append", default=[], metavar="CHAIN:SEQ:HASH",
        help="贴在墙上的纪要所印的链头，可写多次 (a head as printed on minutes; may be given several times)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="输出 JSON (as JSON)")


def run(asked: argparse.Namespace) -> int:
    """Check; 1 when anything is wrong."""
    from zhouzhouhui.queries.verify import verify
    from zhouzhouhui.rules.chain import printed_head
    from zhouzhouhui.wording.findings import say_finding

    try:
        heads = [printed_head(text) for text in asked.head]
    except ValueError as wrong:
        raise CommandRefused(f"链头写作 链名:序号:哈希（至少 12 位）。({wrong})", code=2) from None
    report = verify(town_id=town_asked(asked.town).id, heads=heads)
    if asked.json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False) + "\n")
        return 0 if report.ok else 1
    for finding in report.findings:
        sys.stdout.write(say_finding(**{name: getattr(finding, name) for name in SAID}) + "\n")
    sys.stdout.write(
        f"{report.chains} 条链，{report.lines} 行，{report.matters} 件事项，"
        f"核对原文 {report.kept} 处，已删除 {report.erased} 处：\n"
    )
    if report.ok:
        sys.stdout.write("完整，没有发现改动。(whole)\n" + "".join(f"  {head}\n" for head in report.heads))
        return 0
    sys.stdout.write(f"发现 {report.found} 处不符，见上。(wrong in {report.found} places, named above)\n")
    return 1
