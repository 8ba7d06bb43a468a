"""The log of erasures, kept apart from the database: restoring a backup replays what was erased since."""

import json
import os
from collections.abc import Iterator
from pathlib import Path


def note(path: Path, **what: str) -> None:
    """Append one erasure and see it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as log:
        log.write(json.dumps(what, ensure_ascii=False) + "\n")
        log.flush()
        os.fsync(log.fileno())


def erasures(path: Path) -> Iterator[dict[str, str]]:
    """All erasures noted so far, oldest first."""
    if path.exists():
        with path.open(encoding="utf-8") as log:
            for line in log:
                if line.strip():
                    yield json.loads(line)
