"""One clock at a time, whichever machine it runs on."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ADVISORY_KEY = 0x7A7A68_636C6B  # "zzh" "clk"


@contextmanager
def the_only_clock() -> Iterator[bool]:
    """True inside when no other clock is at work on this database, else False.

    PostgreSQL holds an advisory lock for the session, SQLite (always one machine) a lock on a file; both
    end by themselves when a process is killed.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
            row = cursor.fetchone()
        taken = bool(row and row[0])
        try:
            yield taken
        finally:
            if taken and connection.connection is not None and not connection.connection.closed:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
        return
    path = Path(settings.VAR_DIR) / "clock.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
