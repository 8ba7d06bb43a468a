"""Many acts as one: all of them or none. Every row is tried, so that every refusal is told at once."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from ..rules.refusals import Refused
from ._ledger import in_one_transaction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row: ``word`` is what its act returned (added, changed, same), or ``refused`` says why not."""

    word: str = ""
    refused: Refused | None = None


class _NotWritten(Exception):
    """Takes everything back: a trial, or a row that was refused."""


def import_rows(*, rows: Sequence[T], act: Callable[[T], str], write: bool) -> list[RowResult]:
    """Let every row act, in order, and keep all of it only if ``write`` and no row was refused."""
    results: list[RowResult] = []

    @in_one_transaction
    def run() -> None:
        results.clear()  # begun again when the database was busy
        with transaction.atomic():
            results.extend(_one(row, act) for row in rows)
            if not write or any(result.refused for result in results):
                raise _NotWritten

    with suppress(_NotWritten):
        run()
    return results


def _one(row: T, act: Callable[[T], str]) -> RowResult:
    try:
        with transaction.atomic():
            return RowResult(act(row))
    except Refused as refused:
        return RowResult(refused=refused)
