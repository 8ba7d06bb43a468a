"""The commands of `zhouzhouhui`, one file each: NAME, HELP, add_arguments(parser), run(asked) -> exit code."""

from __future__ import annotations

from types import ModuleType

from zhouzhouhui.commands import manage, serve

COMMANDS: tuple[ModuleType, ...] = (serve, manage)
