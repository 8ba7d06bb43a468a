"""The commands of `zhouzhouhui`, one file each: NAME, HELP, add_arguments(parser), run(asked) -> exit code."""

from __future__ import annotations

from types import ModuleType

from zhouzhouhui.commands import (
    backup,
    checks,
    demo,
    export_sheet,
    figures,
    import_sheet,
    init,
    manage,
    restore,
    rotate_keys,
    serve,
    token,
    verify,
)

COMMANDS: tuple[ModuleType, ...] = (
    init, demo, import_sheet, export_sheet, serve, checks, figures, verify, token, rotate_keys, backup, restore, manage,
)  # fmt: skip
