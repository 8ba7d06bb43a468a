"""zhouzhouhui backup."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

NAME = "backup"
HELP = "备份数据库和照片，不停机 (copy the database and photographs while people go on working)"

KEYS_SENTENCE = (
    "密钥没有放进备份：请另外抄存 {keys}（打印或另一个保险处）；没有它，恢复后的电话和姓名读不出来。\n"
    "删除记录也单独保存：{erasures}，恢复时会照它再删一次。\n"
    "(The keys are not in the backup: keep {keys} somewhere else; the erasure log {erasures} is kept apart too.)"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--to", type=Path, help="放到哪个目录，默认 var/backups (folder to write into)")


def run(asked: argparse.Namespace) -> int:
    """Make one backup and say where it is."""
    from django.conf import settings

    target = make_backup(folder=asked.to or settings.BACKUP_DIR, at=datetime.now(UTC))
    sys.stdout.write(f"{target}\n")
    sys.stderr.write(KEYS_SENTENCE.format(keys=settings.KEYS_DIR, erasures=settings.ERASURE_LOG) + "\n")
    return 0


def make_backup(*, folder: Path, at: datetime) -> Path:
    """Write a backup into `folder`; its path. `at` names it and stands in its manifest."""
    from django.conf import settings
    from django.db import connection

    from zhouzhouhui.commands import _archive, _database_copy
    from zhouzhouhui.models import ChainHead

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"zhouzhouhui-{at:%Y%m%dT%H%M%SZ}.tar.gz"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as work:
        database = Path(work) / "database"
        _database_copy.copy_out(database)
        heads = [
            {"town": town, "chain": chain, "seq": seq, "hash": hashed}
            for town, chain, seq, hashed in ChainHead.objects.order_by("town__code", "name").values_list(
                "town__code", "name", "seq", "hash"
            )
        ]
        _archive.write_archive(
            target,
            database=database,
            vendor=connection.vendor,
            files=Path(settings.FILES_ROOT),
            made_at=at,
            about={"release": settings.RELEASE, "heads": heads},
        )
    return target
