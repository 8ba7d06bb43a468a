"""The file a backup is: a tar with a manifest of digests, the database and the photographs; never a key."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zhouzhouhui.commands.refusal import CommandRefused

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive."""

    name: str
    size: int
    sha256: str


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    seen = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            seen.update(chunk)
    return seen.hexdigest()


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every plain file below `folder`, with its name in the archive."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield f"files/{path.relative_to(folder).as_posix()}", path


def write_archive(
    target: Path, *, database: Path, vendor: str, files: Path, made_at: datetime, about: dict[str, Any]
) -> list[Part]:
    """Write the archive whole or not at all: under another name first, then renamed.

    `about` (release, heads of the chains) goes into the manifest as it is.
    """
    sources = [(DATABASE_NAMES[vendor], database), *files_below(files)]
    parts = [Part(name, path.stat().st_size, digest(path)) for name, path in sources]
    manifest = {
        "format": FORMAT,
        "made_at": made_at.isoformat(),
        "database": vendor,
        **about,
        "parts": [{"name": p.name, "size": p.size, "sha256": p.sha256} for p in parts],
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    manifest_file = unfinished.with_name(unfinished.name + ".json")
    manifest_file.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as tar:
                tar.add(manifest_file, MANIFEST)
                for name, path in sources:
                    tar.add(path, name)
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.rename(target)
    finally:
        manifest_file.unlink(missing_ok=True)
        unfinished.unlink(missing_ok=True)
    return parts


def read_archive(source: Path, *, into: Path) -> dict[str, Any]:
    """Unpack `source` below `into` and check every digest; returns the manifest.

    Refuses what is not a backup, what was cut off and what was altered.
    """
    try:
        with tarfile.open(source, "r:gz") as tar:
            tar.extractall(into, filter="data")
        manifest: dict[str, Any] = json.loads((into / MANIFEST).read_text("utf-8"))
        parts = [Part(p["name"], p["size"], p["sha256"]) for p in manifest["parts"]]
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as fault:
        raise CommandRefused(
            f"{source} 不是完整的备份文件（{type(fault).__name__}）。请换一份备份。 (not a whole backup: use another)"
        ) from fault
    if manifest["format"] != FORMAT:
        raise CommandRefused(
            f"这份备份的格式是 {manifest['format']}，本程序只认 {FORMAT}。请用做备份时的版本恢复。"
            " (another format: restore with the release that made it)"
        )
    for part in parts:
        path = into / part.name
        if not path.is_file() or path.stat().st_size != part.size or digest(path) != part.sha256:
            raise CommandRefused(
                f"备份里的 {part.name} 与清单不符，备份已损坏或被改动。请换一份备份。"
                " (a part differs from the manifest: use another backup)"
            )
    return manifest
