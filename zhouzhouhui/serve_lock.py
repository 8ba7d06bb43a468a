"""Whether anything serves this installation: `serve` holds a lock on a file for as long as it runs."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


def _lock_file() -> IO[str]:
    path = Path(settings.VAR_DIR) / "serve.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a")


def hold_while_serving() -> IO[str]:
    """Held by the master and, by inheritance, its children; several `serve --only …` share it."""
    held = _lock_file()
    fcntl.flock(held, fcntl.LOCK_SH)
    return held


@contextmanager
def nobody_serves() -> Iterator[bool]:
    """True inside when nothing serves from this machine, and nothing can start to."""
    with _lock_file() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
