"""zhouzhouhui demo."""

from __future__ import annotations

import argparse

from zhouzhouhui.demo.run import run_demo

NAME = "demo"
HELP = "建一个住了十三个月的演示镇并打开；再次启动时保留数据 (build the demo town and serve it)"
NEEDS_DJANGO = False  # the signing key must be there before the settings are read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of demo."""
    parser.add_argument("--port", type=int, default=8000, help="端口 (port)")
    parser.add_argument("--reset", action="store_true", help="丢掉现有的演示数据，重来一遍 (start over)")


def run(asked: argparse.Namespace) -> int:
    """Build what is not there yet, then serve until told to stop."""
    return run_demo(reset=asked.reset, port=asked.port)
