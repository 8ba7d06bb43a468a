"""Copying a whole database out and in: SQLite by VACUUM INTO, PostgreSQL by its own tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection

from zhouzhouhui.commands.refusal import CommandRefused

MISSING_TOOL = (
    "这台机器上没有 {tool}。请安装 PostgreSQL 的客户端程序（Debian：apt install postgresql-client）再试。"
    " ({tool} is not installed here: install the PostgreSQL client programs)"
)


def copy_out(target: Path) -> None:
    """A consistent copy of the database, taken while people go on working."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target), _name())


def copy_in(source: Path) -> None:
    """Put a copy in the place of the database; what was there is gone."""
    name = str(settings.DATABASES["default"]["NAME"])
    connection.close()
    if connection.vendor == "sqlite":
        place = Path(name)
        fresh = place.with_name(place.name + ".restored")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, fresh)
        for suffix in ("-wal", "-shm"):
            place.with_name(place.name + suffix).unlink(missing_ok=True)
        fresh.replace(place)
        return
    _run(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
        "--exit-on-error", "--dbname", _name(), str(source),
    )  # fmt: skip


def is_empty() -> bool:
    """Whether the database holds no town yet."""
    if "zhouzhouhui_town" not in connection.introspection.table_names():
        return True
    from zhouzhouhui.models import Town

    return not Town.objects.exists()


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _run(tool: str, *arguments: str) -> None:
    """Run a program of PostgreSQL against this installation's database; the password goes by environment."""
    program = shutil.which(tool)
    if program is None:
        raise CommandRefused(MISSING_TOOL.format(tool=tool))
    database = settings.DATABASES["default"]
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environ = {**os.environ, **{k: str(database[v]) for k, v in given.items() if database.get(v)}}
    done = subprocess.run([program, *arguments], env=environ, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CommandRefused(f"{tool} 没有成功：{done.stderr.strip()[-600:]} ({tool} failed)")
