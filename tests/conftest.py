"""What holds for the whole suite."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.ledger_triggers import without_triggers


def pytest_configure() -> None:
    """Programs that a test starts run with the real settings, in the home of this test process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhouzhouhui.settings"


@pytest.fixture(scope="session", autouse=True)
def _flush_gets_past_the_ledger() -> Iterator[None]:
    operations = type(connection.ops)
    flush: Callable[..., Any] = operations.execute_sql_flush

    def flush_with_triggers_off(self: Any, statements: Any) -> None:
        with without_triggers(local=False):
            flush(self, statements)

    operations.execute_sql_flush = flush_with_triggers_off  # type: ignore[method-assign]
    yield
    operations.execute_sql_flush = flush  # type: ignore[method-assign]
