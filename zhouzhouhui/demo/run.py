"""`zhouzhouhui demo`: build the demo town where there is none, say who can sign in, serve it.

Nothing of Django is loaded before the signing key lies there.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..commands.refusal import CommandRefused
from .progress import Bar

if TYPE_CHECKING:
    from .settlement import Account

BUILT = "demo.json"  # in var/: written when the town is whole
HOST = "127.0.0.1"  # the passwords are printed for everybody, so nobody else may come in


def run_demo(reset: bool, port: int) -> int:
    """Build once, keep what is there, serve until told to stop; with ``reset`` start over. Returns the exit code."""
    from .. import serve
    from ..cli import set_up_django
    from ..commands.init import make_secret_key, prepare_installation

    options = serve.ServeOptions(host=HOST, port=port)
    try:
        make_secret_key()
        serve.check_options(options)
        serve.prepare_environment(options)
        set_up_django()
        prepare_installation()
        note = prepare_town(reset=reset)
        announce(note, port=port)
        return serve.run(options)
    except serve.ServeRefused as refused:
        raise CommandRefused(str(refused)) from None


def prepare_town(*, reset: bool) -> dict[str, Any]:
    """The note of the demo town: built now, or kept. A real town in this installation is never touched."""
    from django.utils import timezone

    from ..models import Town
    from ..serve_lock import nobody_serves
    from .build import build_demo_town
    from .settlement import TOWN_CODE

    towns = list(Town.objects.all())
    others = [town.name for town in towns if town.code != TOWN_CODE]
    if others:
        raise CommandRefused(
            f"这个安装里有真的镇：{'、'.join(others)}。演示不往里面写；请换一个空目录，用 ZHOUZHOUHUI_HOME 指过去。"
            " (a real town lives here: point ZHOUZHOUHUI_HOME to an empty directory)"
        )
    note = _note()
    if note is not None and towns and note["town"] == str(towns[0].id) and not reset:
        return note
    with nobody_serves() as alone:
        if not alone:
            raise CommandRefused("演示正开着，先停掉它再重来。 (the demo is running: stop it first)")
        if towns:  # half-built, or to be started over
            _clear()
        bar = Bar("建一个住了十三个月的镇 (living thirteen months)")
        town, accounts = build_demo_town(now=timezone.now(), told=bar.told)
        bar.end()
    return _keep_note(str(town.id), timezone.localdate().isoformat(), accounts)


def _clear() -> None:
    """Take everything out of the demo's own database: the ledger gives way to nothing less than its tables going."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    _note_file().unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
    else:
        for app in sorted({app for app, _ in MigrationRecorder(connection).applied_migrations()}):
            call_command("migrate", app, "zero", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)


def _note_file() -> Path:
    from django.conf import settings

    return Path(settings.VAR_DIR) / BUILT


def _note() -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(_note_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


def _keep_note(town: str, built_on: str, accounts: list[Account]) -> dict[str, Any]:
    note = {"town": town, "built_on": built_on, "accounts": [asdict(account) for account in accounts]}
    path = _note_file()
    path.touch(mode=0o600)
    path.write_text(json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8")
    return note


def announce(note: dict[str, Any], *, port: int) -> None:
    """Say who can sign in, and how old the town is."""
    from ..wording.acts import ROLES

    lines = ["", f"演示账号，密码都是 {note['accounts'][0]['password']} (accounts, all with this password)"]
    for account in note["accounts"]:
        role = ROLES.get(account["role"], account["role"])
        lines.append(f"  {account['login']:<12}{role}　{account['name']}　{account['scope']}")
    lines += [
        f"登录 (sign in): http://{HOST}:{port}/sign-in/",
        f"这个镇建于 {note['built_on']}；重来一遍用 make demo RESET=1 (built that day; RESET=1 starts over)",
        "",
    ]
    sys.stdout.write(os.linesep.join(lines) + os.linesep)
    sys.stdout.flush()
