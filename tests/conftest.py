"""What holds for the whole suite."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection


def pytest_configure() -> None:
    """Programs that a test starts run with the real settings, in the home of this test process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhouzhouhui.settings"


@contextmanager
def _triggers_off() -> Iterator[None]:
    """Emptying the tables after a transactional test is the one time when the ledger gives way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.fixture(scope="session", autouse=True)
def _flush_gets_past_the_ledger() -> Iterator[None]:
    operations = type(connection.ops)
    flush: Callable[..., Any] = operations.execute_sql_flush

    def flush_with_triggers_off(self: Any, statements: Any) -> None:
        with _triggers_off():
            flush(self, statements)

    operations.execute_sql_flush = flush_with_triggers_off  # type: ignore[method-assign]
    yield
    operations.execute_sql_flush = flush  # type: ignore[method-assign]
