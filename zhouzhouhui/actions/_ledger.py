"""Appending to the ledger: the head is held, lines are chained onto it, words are sealed beside them."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from time import sleep
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from ..models import ChainHead, Community, LedgerLine, Matter, Sealed, uuid7
from ..outside.write_turn import write_turn
from ..queries.quick_rows import for_update, row_where
from ..rules import chain as chain_rules
from ..rules.powers import Actor
from ._rows import insert, save_row

P = ParamSpec("P")
T = TypeVar("T")
TRIES = 6
HEAD_FIELDS = ("seq", "hash", "recorded_at", "last_number", "place", "place_between")


class Overtaken(Exception):
    """What an act had read was changed by somebody else before it held the chain: it begins again."""


@dataclass
class Entry:
    """One line to be. ``facts`` are classes and dates only, never free text; ``sealed`` maps a name to
    (words, masked words): the line commits to the words by a salted hash."""

    verb: str
    by: Actor
    role: str
    at: datetime
    matter: Matter | None = None
    meeting: UUID | None = None
    subject: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    sealed: dict[str, tuple[str, str]] = field(default_factory=dict)
    act_id: UUID = field(default_factory=uuid7)
    digest: str = ""
    recorded_at: datetime | None = None  # when it reached the town, if later than it happened


def in_one_transaction(act: Callable[P, T]) -> Callable[P, T]:
    """Run the act in one transaction, again when the database was busy or two acts could not be ordered.

    Two that met at one unique key (the same thing sent twice at once) look again too: the second finds the
    first one's row then and says what it has to say about it.
    """

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            with transaction.atomic(), _heads_held():  # a part of a greater act: refused, it leaves nothing behind
                return act(*args, **kwargs)
        for attempt in range(TRIES):
            try:
                with _turn(), transaction.atomic(), _heads_held():
                    return act(*args, **kwargs)
            except (OperationalError, Overtaken, IntegrityError) as error:
                if attempt == (1 if isinstance(error, IntegrityError) else TRIES - 1):
                    raise
                sleep(0.02 * 2**attempt)
        raise AssertionError("unreachable")

    return run


class _Held(threading.local):
    """The heads that the running act holds. Every part of it appends to the same object, which is always the latest."""

    heads: dict[tuple[UUID, UUID | None], ChainHead] | None = None


_held = _Held()


@contextmanager
def _heads_held() -> Iterator[None]:
    """For the length of an act with all its parts; a part that fails makes the heads be read again."""
    outermost = _held.heads is None
    heads = _held.heads = {} if _held.heads is None else _held.heads
    try:
        yield
    except BaseException:
        heads.clear()
        raise
    finally:
        if outermost:
            _held.heads = None


def _turn() -> AbstractContextManager[None]:
    """SQLite's writers queue fairly; PostgreSQL orders its writers itself."""
    is_file = connection.vendor == "sqlite"
    return write_turn(str(connection.settings_dict["NAME"])) if is_file else nullcontext()


def chain_of(community: Community) -> UUID:
    """Where acts on its matters are written: its own chain, or its successor's once it is dissolved."""
    return community.successor_id or community.id


def hold_head(*, community_id: UUID | None, town_id: UUID) -> ChainHead:
    """The head of a chain, held until commit: from here on nobody else appends to it. Held once, read once."""
    known = _held.heads.get((town_id, community_id)) if _held.heads is not None else None
    if known is not None:
        return known
    if community_id is None:
        return _hold("town_id = %s AND community_id IS NULL", [town_id])
    return _hold("town_id = %s AND community_id = %s", [town_id, community_id])


def hold_head_of_meeting(*, meeting_id: UUID, town_id: UUID) -> ChainHead | None:
    """The head of the chain that acts on this meeting are written to; None when the town has no such meeting."""
    try:
        return _hold(_CHAIN_OF_MEETING, [town_id, town_id, meeting_id])
    except ChainHead.DoesNotExist:
        return None


_CHAIN_OF_MEETING = """town_id = %s AND community_id = (
    SELECT COALESCE(c.successor_id, c.id) FROM zhouzhouhui_meeting m
    JOIN zhouzhouhui_community c ON c.id = m.community_id WHERE m.town_id = %s AND m.id = %s)"""


def _hold(where: str, given: Sequence[Any]) -> ChainHead:
    head = row_where(ChainHead, where + for_update(), given)
    if head is None:
        raise ChainHead.DoesNotExist
    held = _held.heads if _held.heads is not None else {}  # outside an act there is nobody to share with
    return held.setdefault((head.town_id, head.community_id), head)


def append(head: ChainHead, entries: Sequence[Entry], *, algorithm: str = "sha256") -> list[LedgerLine]:
    """Chain the entries onto a held head (three queries, however many). The recorded time never goes back."""
    lines, sealed = [], []
    for entry in entries:
        recorded = max(entry.recorded_at or entry.at, head.recorded_at or entry.at)
        line, rows = _line(head, entry, recorded, algorithm)
        head.seq, head.hash, head.recorded_at = line.seq, line.hash, recorded
        lines.append(line)
        sealed += rows
    insert(lines)
    insert(sealed)
    save_row(head, HEAD_FIELDS)
    return lines


def _line(head: ChainHead, entry: Entry, recorded: datetime, algorithm: str) -> tuple[LedgerLine, list[Sealed]]:
    sealed, commitments = [], {}
    for name, (words, public) in {"by": (entry.by.key, ""), **entry.sealed}.items():
        salt = os.urandom(chain_rules.SALT_BYTES)
        commitments[name] = chain_rules.commitment(words, salt, algorithm)  # type: ignore[arg-type]
        sealed.append(
            Sealed(
                town_id=head.town_id, line_id=entry.act_id, name=name, text=words, public_text=public, salt=salt,
                digest=entry.digest if name == "by" else "",
            )
        )  # fmt: skip
    body: dict[str, Any] = {
        "v": 1, "chain": head.name, "seq": head.seq + 1, "prev": head.hash, "id": str(entry.act_id),
        "verb": entry.verb, "subject": entry.subject, "role": entry.role,
        "meeting": str(entry.meeting) if entry.meeting else None,
        "happened_at": moment(entry.at), "recorded_at": moment(recorded), "sealed": commitments, **entry.facts,
    }  # fmt: skip
    if entry.matter is not None:
        body |= {"subject": f"matter:{entry.matter.id}", "number": entry.matter.number}
    if algorithm != "sha256":
        body["alg"] = algorithm
    line = LedgerLine(
        id=entry.act_id, town_id=head.town_id, chain_id=head.id, seq=head.seq + 1, verb=entry.verb,
        matter_id=entry.matter.id if entry.matter else None, meeting_id=entry.meeting,
        happened_at=entry.at, recorded_at=recorded,
        body=chain_rules.canonical(body).decode(), hash=chain_rules.line_hash(body, algorithm),  # type: ignore[arg-type]
    )  # fmt: skip
    return line, sealed


def moment(at: datetime) -> str:
    """A moment as the ledger writes it: China time, to the millisecond."""
    return timezone.localtime(at).isoformat(timespec="milliseconds")


def day(on: date | None) -> str | None:
    return on.isoformat() if on else None
