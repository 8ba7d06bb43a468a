"""The drill: a town works, is backed up, works on, is lost, and comes back with what was erased still erased."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from zhouzhouhui.commands import _archive
from zhouzhouhui.commands.refusal import CommandRefused

ROOT = Path(__file__).resolve().parents[2]

# Runs in a process of its own, in the installation that is drilled.
LIVE = """
import sys
sys.path.insert(0, {root!r})
import django
django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from tests.cast import build_cast
from zhouzhouhui.models import Matter
{body}
"""
BUILD = """
cast = build_cast()
meeting = cast.open()
first = cast.raise_at(meeting, "门口一下雨就积水。")
second = cast.raise_at(meeting, "楼道灯不亮。")
from zhouzhouhui.outside import files
files.store(b"picture", town=cast.town.code, suffix=".jpg")
print(first.id, second.id)
"""
ERASE = """
from datetime import datetime, UTC
from uuid import UUID
from zhouzhouhui.actions.erase_words import erase_words
from zhouzhouhui.models import Person, Town
from zhouzhouhui.queries.actors import actor_of
town = Town.objects.get()
erase_words(reason="本人要求删除", town_id=town.id, matter_id=UUID(sys.argv[1]),
            by=actor_of(Person.objects.get(login="office")), at=datetime.now(UTC))
"""
SHOW = """
import json
print(json.dumps({str(m.id): m.words for m in Matter.objects.all()}))
"""


class Installation:
    """An installation in a folder of its own, worked on by programs only."""

    def __init__(self, home: Path, **environ: str) -> None:
        self.home = home
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("ZHOUZHOUHUI_", "DATABASE_URL"))}
        self.environ = {
            **clean, "ZHOUZHOUHUI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "zhouzhouhui.settings", **environ,
        }  # fmt: skip

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("-m", "zhouzhouhui.cli", *arguments)

    def python(self, body: str, *arguments: str) -> str:
        done = self._run("-c", LIVE.format(root=str(ROOT), body=body), *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def words(self) -> dict[str, str]:
        return dict(json.loads(self.python(SHOW)))

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], env=self.environ, cwd=ROOT, capture_output=True, text=True, check=False
        )


@pytest.fixture
def town(tmp_path: Path) -> Installation:
    """Keys and tables, without a town yet: the cast founds its own."""
    from zhouzhouhui.outside import keyring

    home = tmp_path / "town"
    for folder in ("keys", "files", "backups", "erasures"):
        (home / "var" / folder).mkdir(parents=True)
    (home / "var" / "keys" / "secret_key").write_text("k" * 50)
    keyring.init_keyring(home / "var" / "keys" / "keyring.json")
    made = Installation(home)
    assert made.command("manage", "migrate", "-v0").returncode == 0
    return made


def test_a_lost_town_comes_back_and_what_was_erased_stays_erased(town: Installation, tmp_path: Path) -> None:
    first, second = town.python(BUILD).split()
    backed_up = town.command("backup")
    assert backed_up.returncode == 0, backed_up.stderr
    backup = Path(backed_up.stdout.strip())
    assert "密钥没有放进备份" in backed_up.stderr
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    assert not [name for name in names if "key" in name]
    town.python(ERASE, first)

    # Another machine: only the backup, the keys and the erasure log, each kept apart, have survived.
    new = Installation(tmp_path / "new")
    for kept in ("keys", "erasures"):
        shutil.copytree(town.home / "var" / kept, new.home / "var" / kept)
    restored = new.command("restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert "又删除 1 处" in restored.stdout
    assert new.words() == {first: "", second: "楼道灯不亮。"}
    assert [p.read_bytes() for p in (new.home / "var" / "files").rglob("*.jpg")] == [b"picture"]
    verified = new.command("verify")
    assert verified.returncode == 0, verified.stdout
    again = new.command("restore", str(backup), "--replace")
    assert again.returncode == 0, again.stderr
    assert new.words()[first] == ""


@contextmanager
def databases(*names: str) -> Iterator[list[str]]:
    """Empty PostgreSQL databases beside the one the suite runs on; their addresses."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield [server.rpartition("/")[0] + "/" + name for name in names]
        finally:
            for name in names:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.skipif(not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="PostgreSQL's own drill")
def test_the_drill_on_postgresql(town: Installation, tmp_path: Path) -> None:
    with databases("drill_old", "drill_new") as (old_address, new_address):
        old = Installation(town.home, DATABASE_URL=old_address)
        assert old.command("manage", "migrate", "-v0").returncode == 0
        first, second = old.python(BUILD).split()
        backed_up = old.command("backup")
        assert backed_up.returncode == 0, backed_up.stderr
        old.python(ERASE, first)
        new = Installation(tmp_path / "new", DATABASE_URL=new_address)
        for kept in ("keys", "erasures"):
            shutil.copytree(town.home / "var" / kept, new.home / "var" / kept)
        for replace in ([], ["--replace"]):
            restored = new.command("restore", backed_up.stdout.strip(), *replace)
            assert restored.returncode == 0, restored.stderr
            assert new.words() == {first: "", second: "楼道灯不亮。"}
        verified = new.command("verify")
        assert verified.returncode == 0, verified.stdout
        elsewhere = Installation(new.home).command("restore", backed_up.stdout.strip())
        assert elsewhere.returncode == 1
        assert "DATABASE_URL" in elsewhere.stderr


def test_restoring_is_refused_where_it_would_harm(town: Installation, tmp_path: Path) -> None:
    town.python(BUILD)
    backup = town.command("backup").stdout.strip()
    occupied = town.command("restore", backup)
    assert occupied.returncode == 1
    assert "--replace" in occupied.stderr
    (tmp_path / "bare").mkdir()
    without_keys = Installation(tmp_path / "bare").command("restore", backup)
    assert without_keys.returncode == 1
    assert "密钥" in without_keys.stderr
    assert town.command("restore", str(tmp_path / "nothing.tar.gz")).returncode == 1


def test_a_printed_head_shows_that_later_records_are_gone(town: Installation) -> None:
    first, _second = town.python(BUILD).split()
    backup = town.command("backup").stdout.strip()
    town.python(ERASE, first)
    heads = json.loads(town.command("verify", "--json").stdout)["heads"]
    later = [f"--head={head}" for head in heads]
    assert town.command("verify", *later).returncode == 0
    shutil.rmtree(town.home / "var" / "erasures")
    assert town.command("restore", backup, "--replace").returncode == 0
    assert town.command("verify").returncode == 0
    assert town.command("verify", *later).returncode == 1


def test_restoring_waits_until_nobody_serves(town: Installation) -> None:
    town.python(BUILD)
    backup = town.command("backup").stdout.strip()
    with subprocess.Popen(
        [sys.executable, "-m", "zhouzhouhui.cli", "serve", "--only", "clock"], env=town.environ, cwd=ROOT,
        stdout=subprocess.PIPE, text=True,
    ) as clock:  # fmt: skip
        assert clock.stdout is not None
        clock.stdout.readline()
        refused = town.command("restore", backup, "--replace")
        alive = town.home / "var" / "clock.alive"
        for _ in range(100):
            if alive.exists():
                break
            time.sleep(0.1)
        clock.terminate()
        assert clock.wait(20) == 0
    assert refused.returncode == 1
    assert "serve" in refused.stderr
    assert alive.exists()


def made_archive(folder: Path) -> Path:
    database = folder / "db"
    database.write_bytes(b"x" * 5000)
    (folder / "files").mkdir()
    (folder / "files" / "a.jpg").write_bytes(b"picture")
    from datetime import UTC, datetime

    target = folder / "backup.tar.gz"
    _archive.write_archive(
        target, database=database, vendor="sqlite", files=folder / "files", made_at=datetime(2026, 11, 23, tzinfo=UTC),
        about={"release": "1", "heads": []},
    )  # fmt: skip
    return target


def test_an_archive_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    manifest = _archive.read_archive(made_archive(tmp_path), into=tmp_path / "out")
    assert [part["name"] for part in manifest["parts"]] == ["database.sqlite3", "files/a.jpg"]
    assert (tmp_path / "out" / "files" / "a.jpg").read_bytes() == b"picture"
    assert sorted(p.name for p in tmp_path.glob("backup*")) == ["backup.tar.gz"]


@pytest.mark.parametrize("harm", ["cut off", "altered", "another format", "not a backup"])
def test_a_harmed_archive_is_refused(tmp_path: Path, harm: str) -> None:
    backup = made_archive(tmp_path)
    if harm == "cut off":
        backup.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    elif harm == "not a backup":
        backup.write_bytes(b"something else")
    else:
        repacked = tmp_path / "repacked"
        with tarfile.open(backup) as tar:
            tar.extractall(repacked, filter="data")
        if harm == "altered":
            (repacked / "files" / "a.jpg").write_bytes(b"picturE")
        else:
            manifest: dict[str, Any] = json.loads((repacked / "manifest.json").read_text())
            (repacked / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
        with tarfile.open(backup, "w:gz") as tar:
            for path in sorted(repacked.rglob("*")):
                if path.is_file():
                    tar.add(path, path.relative_to(repacked).as_posix())
    with pytest.raises(CommandRefused):
        _archive.read_archive(backup, into=tmp_path / "out")
