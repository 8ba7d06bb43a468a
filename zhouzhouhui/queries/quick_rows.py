"""Reading whole rows on the hot path, with the SELECT put together once per question.

The rows are the same model instances that the ORM gives; composing its SELECT anew for a row of forty
columns costs more than the database needs to find it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Converter = Callable[[Any, Any, Any], Any]


@lru_cache(maxsize=128)
def _select(
    model: type[models.Model], where: str
) -> tuple[str, tuple[str, ...], tuple[tuple[int, tuple[Converter, ...], Any], ...]]:
    """The statement, the attributes in order, and which columns the database gives in another shape."""
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    changed = []
    for place, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)  # of a key the type it refers to, so that a UUID comes out
        converters = (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
        if converters:
            changed.append((place, converters, column))
    statement = f"SELECT {names} FROM {quote(model._meta.db_table)} WHERE {where}"  # noqa: S608 - our own names
    return statement, tuple(field.attname for field in fields), tuple(changed)


def rows_where(model: type[Row], where: str, given: Sequence[Any] = ()) -> list[Row]:
    """The rows of `model` for which the SQL condition holds; `where` may end with ORDER BY, LIMIT or FOR UPDATE.

    `where` is written in our code, never put together from input; what is asked for goes into `given`.
    """
    statement, names, changed = _select(model, where)
    with connection.cursor() as cursor:
        cursor.execute(statement, prepared(given))
        found = cursor.fetchall()
    rows = []
    for values in found:
        row = list(values)
        for place, converters, column in changed:
            for convert in converters:
                row[place] = convert(row[place], column, connection)
        rows.append(model.from_db(connection.alias, names, row))
    return rows


def row_where(model: type[Row], where: str, given: Sequence[Any] = ()) -> Row | None:
    """The first such row, or None."""
    rows = rows_where(model, where, given)
    return rows[0] if rows else None


def prepared(given: Sequence[Any]) -> list[Any]:
    """Values in the shape that this database stores: keys as UUID or as 32 hex digits, moments in UTC."""
    native = connection.features.has_native_uuid_field
    adapt = connection.ops.adapt_datetimefield_value
    return [
        (value if native else value.hex) if isinstance(value, UUID)
        else adapt(value) if hasattr(value, "tzinfo")
        else value
        for value in given
    ]  # fmt: skip


def for_update() -> str:
    """The clause that holds a row until commit; SQLite's writers already stand alone."""
    return " FOR UPDATE" if connection.features.has_select_for_update else ""
