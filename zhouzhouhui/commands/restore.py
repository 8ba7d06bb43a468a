"""zhouzhouhui restore."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from zhouzhouhui.commands.refusal import CommandRefused

NAME = "restore"
HELP = "从备份恢复；先停掉 serve (bring a backup back; stop serve first)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup, and whether to replace what is there."""
    parser.add_argument("backup", type=Path, help="备份文件 (the backup file)")
    parser.add_argument("--replace", action="store_true", help="这里已有数据也换掉 (replace what is here)")


def run(asked: argparse.Namespace) -> int:
    """Restore, erase again what was erased since, check the chains."""
    report = restore_backup(asked.backup, replace=asked.replace)
    sys.stdout.write(
        f"已恢复 {report['made_at']} 的备份：{report['files']} 个文件，"
        f"按删除记录又删除 {report['erased']} 处，公开链 {report['chains']} 条。\n"
        "请再运行 zhouzhouhui verify；手里有贴在墙上的纪要，就用 verify --head 核对链头。\n"
        f"(restored; {report['erased']} erasures replayed; now run `zhouzhouhui verify`)\n"
    )
    return 0


def restore_backup(source: Path, *, replace: bool) -> dict[str, Any]:
    """Bring `source` back into this installation; counts of what was done."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from zhouzhouhui.commands import _archive, _database_copy
    from zhouzhouhui.serve_lock import nobody_serves

    if not source.is_file():
        raise CommandRefused(f"没有这个文件：{source} (no such file)")
    _refuse_without_keys()
    with nobody_serves() as free:
        if not free:
            raise CommandRefused("serve 还在运行。请先停掉它再恢复。 (serve is running: stop it first)")
        if not replace and not _database_copy.is_empty():
            raise CommandRefused(
                "这里已有数据，没有动它。确实要用备份换掉，请加 --replace。"
                " (there are records here; add --replace to replace them)"
            )
        work_in = Path(settings.VAR_DIR)
        work_in.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=work_in, prefix=".restore-") as work:
            manifest = _archive.read_archive(source, into=Path(work))
            if manifest["database"] != connection.vendor:
                raise CommandRefused(
                    f"这份备份来自 {manifest['database']}，这里用的是 {connection.vendor}。请先改 DATABASE_URL。"
                    " (the backup is of another kind of database: change DATABASE_URL)"
                )
            _database_copy.copy_in(Path(work) / _archive.DATABASE_NAMES[connection.vendor])
            files = _files_in(Path(work) / "files", Path(settings.FILES_ROOT))
        call_command("migrate", interactive=False, verbosity=0)
        erased = _erase_again()
    return {
        "made_at": manifest["made_at"],
        "files": files,
        "erased": erased,
        "chains": len(manifest["heads"]),
    }


def _refuse_without_keys() -> None:
    from django.conf import settings

    if settings.SECRET_KEY_IS_THROWAWAY or not Path(settings.KEYRING_PATH).is_file():
        raise CommandRefused(
            f"缺密钥。请先把当初另外保存的密钥放回 {settings.KEYS_DIR}，再恢复。"
            " (no keys here: put the keys you kept apart back first)"
        )


def _erase_again() -> int:
    """Erase what was erased after the backup was made; how many matters."""
    from django.conf import settings

    from zhouzhouhui.actions.repeat_erasure import repeat_erasure
    from zhouzhouhui.outside.erasure_log import erasures

    now = datetime.now(UTC)
    return sum(
        repeat_erasure(
            town_code=noted["town"],
            matter_id=UUID(noted["matter"]),
            noted_at=datetime.fromisoformat(noted["at"]),
            at=now,
        )
        for noted in list(erasures(Path(settings.ERASURE_LOG)))
    )


def _files_in(source: Path, target: Path) -> int:
    """Put the photographs back, in place of those that are there; how many."""
    if target.is_dir():
        shutil.rmtree(target)
    if not source.is_dir():
        return 0
    shutil.copytree(source, target)
    return sum(1 for path in target.rglob("*") if path.is_file())
