"""The rows as the ledger should have left them: every fact of a matter or meeting, told and standing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.rules.figures import FACTS, HIDDEN_WHEN_RESTRICTED
from zhouzhouhui.rules.recount import Gathering, Life

_COLUMNS = {
    **{name: name for name in FACTS},
    "category": "category__code",
    **{
        name: f"{name}_id"
        for name in ("first_due_meeting", "answered_meeting", "raised_meeting", "merged_into", "split_from")
    },
}
_BESIDE = ("id", "number_place", "state", "due_meeting_id", "due_from", "words", "answer_words")
_MEETING = ("id", "state", "number", "scheduled_at", "frozen")


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that the lines and the row tell differently. Words are never repeated here."""

    fact: str
    told: Any
    stands: Any


def matter_rows(*, town_id: UUID, community_id: UUID) -> Iterator[dict[str, Any]]:
    """The matters of one community with everything that is compared, a few at a time."""
    rows = Matter.objects.filter(town_id=town_id, community_id=community_id)
    yield from rows.values(*_BESIDE, *_COLUMNS.values()).iterator(chunk_size=1000)


def meeting_rows(*, town_id: UUID, community_id: UUID) -> Iterator[dict[str, Any]]:
    """The meetings of one community with everything that is compared."""
    yield from Meeting.objects.filter(town_id=town_id, community_id=community_id).values(*_MEETING).iterator()


def compare_matter(life: Life, row: Mapping[str, Any], words: str | None, answer: str | None) -> Iterator[Difference]:
    """What differs between a matter's lines and its row; ``words`` and ``answer`` are the last ones sealed."""
    told: dict[str, Any] = {"state": life.state, "due": life.due, "due_from": life.due_from}
    stands = {
        "state": row["state"],
        "due": _plain(row["due_meeting_id"]),
        "due_from": _plain(row["due_from"]),
    }
    hidden = HIDDEN_WHEN_RESTRICTED if row["is_restricted"] else frozenset[str]()
    for name in FACTS:
        if name not in hidden:
            told[name] = life.facts.get(name)
            stands[name] = _plain(row[_COLUMNS[name]])
    for name, value in told.items():
        if (value or None) != (stands[name] or None):
            yield Difference(name, value, stands[name])
    mark = "+" if row["is_between"] else "-"
    number = f"{row['number_meeting']}{mark}{row['number_place']:02d}"
    if number != life.number:
        yield Difference("number", life.number, number)
    for name, sealed in (("words", words), ("answer_words", answer)):
        if (sealed or "") != row[name]:
            yield Difference(name, None, None)


def compare_meeting(meeting: Gathering, row: Mapping[str, Any]) -> Iterator[Difference]:
    """What differs between a meeting's lines and its row."""
    told = {
        "state": meeting.state,
        "number": meeting.number,
        "scheduled_at": meeting.scheduled_at,
        "frozen": meeting.frozen,
    }
    for name, value in told.items():
        stands = _plain(row[name])
        if (value or None) != (stands or None):
            yield Difference(name, value, stands)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
