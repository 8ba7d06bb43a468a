"""The command `zhouzhouhui`. Exit codes: 0 done, 1 refused (with a sentence), 2 not understood."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from zhouzhouhui import __version__
from zhouzhouhui.commands import COMMANDS
from zhouzhouhui.commands.refusal import CommandRefused


class ChineseFirst(argparse.ArgumentParser):
    """argparse, which ends with 2 and points to --help when it does not understand."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Say what was not understood."""
        self.print_usage(sys.stderr)
        self.exit(2, f"没有看懂这条命令：{message}\n用 {self.prog} --help 看用法 (see --help)\n")


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands; no Django is loaded for it."""
    parser = ChineseFirst(prog="zhouzhouhui", description="周周会：提出的每一句话，下一次会上都有着落。")
    parser.add_argument("--version", action="version", version=f"zhouzhouhui {__version__}")
    verbs = parser.add_subparsers(dest="command", metavar="命令/command", required=True)
    for command in COMMANDS:
        sub = verbs.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(sub)
        sub.set_defaults(run=command.run, needs_django=getattr(command, "NEEDS_DJANGO", True))
    return parser


def set_up_django() -> None:
    """Read the settings and load the models; an odd setting ends the program with its sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhouzhouhui.settings")
    from zhouzhouhui.options import OptionRefused

    try:
        import django

        django.setup()
    except OptionRefused as wrong:
        raise CommandRefused(str(wrong), code=2) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    asked = make_parser().parse_args(arguments)
    try:
        if asked.needs_django:
            set_up_django()
        return int(asked.run(asked) or 0)
    except CommandRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return refused.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
