"""Querysets whose SQL is composed once and then run with new values.

Composing the SELECT of a wide row with its neighbours takes the ORM longer than the database needs to answer
it, and a public page asks nine such questions. Here the question is written as an ordinary queryset, composed
at its first use with marks in the place of values, and from then on only run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import (  # type: ignore[attr-defined]
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

Row = TypeVar("Row")
DATABASE = "default"
_A_DAY = date(2999, 1, 1)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A composed question: its SQL, its parameters, and which of them stand for a value to be given."""

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, tuple[str, int]], ...]  # parameter -> (name of the value, which of several)
    read: Callable[[list[Any]], list[Any]]


class Composed(Generic[Row]):
    """A question to the database: ``Composed(build)(town_id=…, community_id=…)`` gives the rows.

    ``build`` takes keyword arguments only and returns a queryset of rows or of ``values_list`` tuples. It must
    use each value it is given, as it is, and decide nothing by it but whether it is None: it is called once for
    each combination of types, lengths of lists and Nones.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._known: dict[Hashable, _Statement] = {}
        self._lock = threading.Lock()

    def __call__(self, **given: Any) -> list[Row]:
        """The rows, read at once."""
        connection = connections[DATABASE]
        given = {name: _padded(value) for name, value in given.items()}
        shape = (connection.vendor, tuple((name, _shape(value)) for name, value in given.items()))
        statement = self._known.get(shape)
        if statement is None:
            with self._lock:
                statement = self._known[shape] = _compose(self._build, given)
        parameters = list(statement.parameters)
        ready: dict[tuple[str, int], Any] = {}
        for name, value in given.items():
            for n, one in enumerate(value if isinstance(value, list) else (value,)):
                ready[name, n] = _for_database(one, connection)
        for place, mark in statement.places:
            parameters[place] = ready[mark]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            rows = cursor.fetchall()
        return statement.read(rows)

    def first(self, **given: Any) -> Row | None:
        """The first row, or None; the queryset itself should be limited."""
        rows = self(**given)
        return rows[0] if rows else None


def _shape(value: Any) -> Hashable:
    if isinstance(value, list):
        return (type(value[0]).__name__, len(value))
    return type(value).__name__


def _padded(value: Any) -> Any:
    """A list brought to a length of 1, 2, 4, 8 … by repeating its last: fewer statements to compose."""
    if not isinstance(value, (list, tuple)):
        return value
    if not value:
        raise ValueError("an empty list matches nothing: do not ask")
    length = 1 << (len(value) - 1).bit_length()
    return [*value, *[value[-1]] * (length - len(value))]


def _compose(build: Callable[..., QuerySet[Any, Any]], given: dict[str, Any]) -> _Statement:
    marks: dict[Any, tuple[str, int]] = {}
    marked: dict[str, Any] = {}
    connection = connections[DATABASE]
    for name, value in given.items():
        if isinstance(value, list):
            marked[name] = [_mark(one, len(marks) + n) for n, one in enumerate(value)]
            marks |= {_for_database(m, connection): (name, n) for n, m in enumerate(marked[name])}
        elif value is None:
            marked[name] = None
        else:
            marked[name] = _mark(value, len(marks))
            marks[_for_database(marked[name], connection)] = (name, 0)
    queryset = build(**marked)
    compiler = queryset.query.get_compiler(using=DATABASE)
    sql, parameters = compiler.as_sql()
    places = tuple((n, marks[p]) for n, p in enumerate(parameters) if _hashable(p) and p in marks)
    unused = {name for name, _ in marks.values()} - {name for _, (name, _n) in places}
    if unused:
        raise ValueError(f"the question does not ask about {sorted(unused)}")
    return _Statement(sql, tuple(parameters), places, _reader(queryset, compiler))


def _mark(value: Any, n: int) -> Any:
    """A value of the same type that stands out among the parameters."""
    if isinstance(value, UUID):
        return UUID(int=(0xFEED << 112) + n)
    if isinstance(value, bool):
        raise TypeError("a truth value is part of the question: write two questions")
    if isinstance(value, int):
        return 2_100_000_000 + n
    if isinstance(value, datetime):
        return datetime(2999, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
    if isinstance(value, date):
        return _A_DAY + timedelta(days=n)
    if isinstance(value, str):
        return f"\x01mark {n}"
    raise TypeError(f"no mark for a {type(value).__name__}")


def _for_database(value: Any, connection: Any) -> Any:
    """A value as the database stores it; the same conversion for marks and for what takes their place."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return str(value) if isinstance(value, str) else value


def _hashable(value: Any) -> bool:
    return value.__hash__ is not None


def _reader(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], list[Any]]:
    """How the rows of this kind of queryset are made, as its own iterable class makes them."""
    kind = queryset._iterable_class
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])

    def converted(rows: list[Any]) -> Iterable[Any]:
        return compiler.apply_converters(rows, converters) if converters else rows

    if kind is ModelIterable:
        return _reader_of_models(compiler, converted)
    if kind is FlatValuesListIterable:
        return lambda rows: [row[0] for row in converted(rows)]
    if kind is ValuesListIterable:
        return lambda rows: [tuple(row) for row in converted(rows)]
    raise TypeError(f"not a queryset of rows or tuples: {kind.__name__}")


def _reader_of_models(
    compiler: Any, converted: Callable[[list[Any]], Iterable[Any]]
) -> Callable[[list[Any]], list[Any]]:
    klass = compiler.klass_info
    model, start, end = klass["model"], klass["select_fields"][0], klass["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    populators = get_related_populators(klass, compiler.select, DATABASE)
    annotations = tuple(compiler.annotation_col_map.items())

    def read(rows: list[Any]) -> list[Any]:
        made = []
        for row in converted(rows):
            instance = model.from_db(DATABASE, names, row[start:end])
            for populator in populators:
                populator.populate(row, instance)
            for name, place in annotations:
                setattr(instance, name, row[place])
            made.append(instance)
        return made

    return read
