"""The ledger as an auditor reads it: line by line, who did what when; and who signed in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from axes.models import AccessAttempt, AccessLog

from zhouzhouhui.models import ChainHead, LedgerLine, Person, Sealed, Town
from zhouzhouhui.rules.rhythm import CHINA

PAGE = 50


@dataclass(frozen=True)
class AuditLine:
    """One line: what its body tells, and who took the act, where that is not restricted."""

    seq: int
    verb: str
    happened_at: datetime
    recorded_at: datetime
    body: Mapping[str, Any]
    by: str
    hash: str

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the body says beyond what has a column of its own."""
        left_out = {"v", "chain", "seq", "prev", "id", "verb", "happened_at", "recorded_at", "sealed", "alg", "role"}
        return [
            (name, _plain(value))
            for name, value in self.body.items()
            if name not in left_out and value not in (None, "")
        ]


@dataclass(frozen=True)
class Asked:
    """What was asked of the ledger; empty means any."""

    chain: str = ""
    verb: str = ""
    from_on: date | None = None
    until_on: date | None = None
    before: int = 0


def chains(town_id: UUID) -> list[ChainHead]:
    """The heads of the town's chains, its own first (one query)."""
    heads = ChainHead.objects.filter(town_id=town_id).select_related("community")
    return sorted(heads, key=lambda head: (head.community_id is not None, head.name))


def audit_lines(head: ChainHead, asked: Asked) -> tuple[list[AuditLine], int]:
    """A page of one chain, the newest first, and the place to go on before; 0 at the end (three queries)."""
    rows = LedgerLine.objects.filter(town_id=head.town_id, chain_id=head.id)
    if asked.verb:
        rows = rows.filter(verb=asked.verb)
    if asked.from_on:
        rows = rows.filter(recorded_at__gte=_midnight(asked.from_on))
    if asked.until_on:
        rows = rows.filter(recorded_at__lt=_midnight(asked.until_on) + timedelta(days=1))
    if asked.before:
        rows = rows.filter(seq__lt=asked.before)
    found = list(rows.order_by("-seq")[: PAGE + 1])
    more = found[PAGE - 1].seq if len(found) > PAGE else 0
    found = found[:PAGE]
    names = _names(head.town_id, found)
    lines = [
        AuditLine(
            line.seq,
            line.verb,
            line.happened_at,
            line.recorded_at,
            json.loads(line.body),
            names.get(line.id, ""),
            line.hash,
        )
        for line in found
    ]
    return lines, more


def _names(town_id: UUID, lines: list[LedgerLine]) -> dict[UUID, str]:
    """Who took each act: people by name; whoever acted on a restricted matter is not told."""
    open_lines = [line.id for line in lines if '"role":"restricted"' not in line.body.replace(": ", ":")]
    keys = dict(
        Sealed.objects.filter(town_id=town_id, line_id__in=open_lines, name="by").values_list("line_id", "text")
    )
    wanted = {text.removeprefix("person:") for text in keys.values() if text.startswith("person:")}
    people = {
        f"person:{key}": name
        for key, name in Person.objects.filter(town_id=town_id, id__in=wanted).values_list("id", "name")
    }
    return {line: people.get(text, "") for line, text in keys.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=CHINA)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)[:200]
    return str(value)


@dataclass(frozen=True)
class SignInRow:
    """One attempt at the door."""

    login: str
    at: datetime
    address: str
    fits: bool
    times: int = 1


def sign_ins(town: Town) -> list[SignInRow]:
    """Who signed in, and for which names it was tried in vain, the newest first (two queries)."""
    of_town = {"username__startswith": f"{town.code}/"}
    good = AccessLog.objects.filter(**of_town).order_by("-attempt_time")[:100]
    bad = AccessAttempt.objects.filter(**of_town).order_by("-attempt_time")[:100]
    rows = [SignInRow(_login(row), row.attempt_time, row.ip_address or "", fits=True) for row in good]
    rows += [
        SignInRow(_login(row), row.attempt_time, row.ip_address or "", False, row.failures_since_start) for row in bad
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:100]


def _login(row: AccessLog | AccessAttempt) -> str:
    return str(row.username or "").partition("/")[2]
