"""Counting the queries of a call: statements that read or write, not BEGIN, COMMIT and savepoints."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST = 12  # no page or call makes more, whatever the number of rows


class Counted(list[str]):
    """The statements, filled when the block ends."""


@contextmanager
def queries() -> Iterator[Counted]:
    counted = Counted()
    with CaptureQueriesContext(connection) as captured:
        yield counted
    statements = [query["sql"] for query in captured.captured_queries]
    counted.extend(sql for sql in statements if sql.lstrip().split(" ")[0].upper() in KINDS)


KINDS = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}
