"""The database part of the settings: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

BUSY_SECONDS = 20
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"  # a word that was answered with "saved" outlives a power cut
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-4000;"  # KiB for each connection; the rest is left to the system
)

POSTGRESQL_OPTIONS: dict[str, Any] = {
    "connect_timeout": 5,
    "application_name": "zhouzhouhui",
    # Statements are prepared on their third use: a third less work for the server (measured with benchmarks/).
    "server_side_binding": True,
    "prepare_threshold": 3,
}


def database_settings(address: str, *, default_file: Path) -> dict[str, Any]:
    """The DATABASES entry for `address`; an empty address means SQLite in `default_file`.

    SQLite writers take the write lock at the start (IMMEDIATE), so that two of them queue instead of
    failing half-way; readers go on meanwhile (WAL).
    """
    settings: dict[str, Any] = dict(dj_database_url.parse(address or f"sqlite:///{default_file}"))
    settings["ATOMIC_REQUESTS"] = False
    settings["CONN_MAX_AGE"] = None
    if "sqlite3" in settings["ENGINE"]:
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": SQLITE_PRAGMAS,
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
        settings["OPTIONS"] = {**POSTGRESQL_OPTIONS, **settings.get("OPTIONS", {})}  # the address has the last word
    return settings
