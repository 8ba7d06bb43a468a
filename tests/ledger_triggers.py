"""The ledger without its guards: for tests of tampering, and for emptying the tables after a transactional test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def without_triggers(*, local: bool = True) -> Iterator[None]:
    """Take the triggers away and bring them back; ``local`` (PostgreSQL) within the running transaction only."""
    scope = "LOCAL " if local else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET {scope}session_replication_role = replica")
            yield
            cursor.execute(f"SET {scope}session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)
