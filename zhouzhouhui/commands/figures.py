"""zhouzhouhui figures."""

from __future__ import annotations

import argparse
import json
import sys

from zhouzhouhui.commands._towns import add_town_argument, community_asked, town_asked

NAME = "figures"
HELP = "办理数字：提出、办结或答复、解决、按期 (the figures of a town or a community)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of what, and in which form."""
    add_town_argument(parser)
    parser.add_argument("--community", metavar="CODE", help="只看一个村居：12 位代码或简码 (only one community)")
    parser.add_argument("--json", action="store_true", help="输出 JSON (as JSON)")
    parser.add_argument(
        "--recount", action="store_true", help="只凭公开链重新数一遍 (count again from the ledger alone)"
    )


def run(asked: argparse.Namespace) -> int:
    """Print the figures."""
    from zhouzhouhui.queries.figures import figures, recount_from_ledger

    town = town_asked(asked.town)
    community = community_asked(town, asked.community) if asked.community else None
    count = recount_from_ledger if asked.recount else figures
    counted = count(town_id=town.id, community_id=community.id if community else None).as_json()
    if asked.json:
        sys.stdout.write(json.dumps(counted, ensure_ascii=False) + "\n")
        return 0
    rate = counted["rate"]
    sys.stdout.write(
        f"{community or town}\n"
        f"  提出 {counted['raised']}（另有并案 {counted['merged']}、撤回 {counted['withdrawn']}）\n"
        f"  办结或答复 {counted['closed_or_answered']}/{counted['raised']}"
        f"{f' = {rate:.1%}' if rate is not None else ''}\n"
        f"  实际解决 {counted['solved']}\n"
        f"  按期答复 {counted['on_time']['n']}/{counted['on_time']['of']}\n"
    )
    return 0
