"""Writing rows on the hot path: the same INSERT that the ORM would make, put together once per model.

Composing that statement anew costs the ORM more than the database needs to run it; raising a matter writes
four tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

MOST_PARAMETERS = 20_000  # of one statement: two hundred matters; SQLite takes 32,766, PostgreSQL 65,535


@contextmanager
def sent_together() -> Iterator[None]:
    """Statements inside go to PostgreSQL in one packet, without waiting for each; what fails, fails at the end.

    Only for writes of a transaction that read nothing in between. SQLite has nobody to wait for.
    """
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        with connection.wrap_database_errors, connection.connection.pipeline():
            yield
    else:
        yield


@lru_cache(maxsize=64)
def _columns(model: type[models.Model]) -> tuple[str, str, tuple[models.Field[Any, Any], ...]]:
    """INSERT … VALUES without its rows, one row of placeholders, and the fields in order."""
    fields = tuple(model._meta.concrete_fields)
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    start = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608 - names of our own models
    return start, "(" + ", ".join(["%s"] * len(fields)) + ")", fields


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model; like ``bulk_create``, it calls no ``save``."""
    start, row_of_places, fields = _columns(type(rows[0]))
    at_once = max(1, MOST_PARAMETERS // len(fields))
    target = connections[DEFAULT_DB_ALIAS]  # the proxy `connection` looks it up anew for every value
    with target.cursor() as cursor:
        for begin in range(0, len(rows), at_once):
            part = rows[begin : begin + at_once]
            values = [f.get_db_prep_save(getattr(row, f.attname), target) for row in part for f in fields]
            cursor.execute(start + ", ".join([row_of_places] * len(part)), values)
    for row in rows:
        row._state.adding = False
        row._state.db = target.alias


@lru_cache(maxsize=64)
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    fields = tuple(f for f in model._meta.concrete_fields if f.name in names)
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(f.column)} = %s" for f in fields)
    table = quote(model._meta.db_table)
    return f"UPDATE {table} SET {sets} WHERE id = %s", fields  # noqa: S608 - names of our own models


def save_row(row: models.Model, names: tuple[str, ...]) -> None:
    """Write these fields of a row that is held already."""
    statement, fields = _update(type(row), names)
    key = row._meta.pk
    values = [f.get_db_prep_save(getattr(row, f.attname), connection) for f in (*fields, key)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
