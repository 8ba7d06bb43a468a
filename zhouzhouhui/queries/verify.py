"""Whether the ledger is whole, and whether everything that stands follows from it (design §4.3).

Chain after chain, line after line: the hashes, the printed heads, the commitments to words that are still
kept, every step against the law, and in the end each matter and meeting against its row. One chain's
matters are in memory, never its lines. What is found is named; nothing is repaired.

The town may go on working meanwhile: a chain that grew while its rows were read is read on until it stood
still, so a finding is never an act that was only half seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from zhouzhouhui.models import ChainHead, LedgerLine, Minutes, Sealed
from zhouzhouhui.queries.findings import Finding, Report
from zhouzhouhui.queries.verify_rows import compare_matter, compare_meeting, matter_rows, meeting_rows
from zhouzhouhui.rules import chain as chains
from zhouzhouhui.rules.figures import figures_of
from zhouzhouhui.rules.recount import Replay

AT_A_TIME = 500
_WORDS = frozenset({"raise_matter", "split_matter", "correct_record"})
_ANSWERS = frozenset({"give_answer", "answer_restricted"})


def verify(
    *, town_id: UUID, heads: Iterable[chains.Head] = (), on_progress: Callable[[int], None] | None = None
) -> Report:
    """Check every chain of a town, also against printed ``heads`` and those printed on published minutes.

    ``on_progress`` is told the number of lines done, now and then. Reads only.
    """
    report = Report()
    printed = [*heads, *_heads_on_minutes(town_id)]
    for head in ChainHead.objects.filter(town_id=town_id).order_by("community__code"):
        _Chain(head, printed, report, on_progress or (lambda lines: None)).check()
    known = set(ChainHead.objects.filter(town_id=town_id).values_list("name", flat=True))
    for one in printed:
        if one.chain not in known:
            report.add(Finding("unknown_chain", one.chain, one.seq))
    return report


def _heads_on_minutes(town_id: UUID) -> Iterator[chains.Head]:
    minutes = Minutes.objects.filter(town_id=town_id, published_at__isnull=False).exclude(head_hash="")
    for name, seq, digits in minutes.values_list("meeting__community__head__name", "head_seq", "head_hash"):
        yield chains.Head(name, seq or 0, digits)


class _Kept(NamedTuple):
    """Words or a person that a line commits to."""

    text: str
    salt: bytes
    erased_at: datetime | None


class _Row(NamedTuple):
    """A ledger line as it lies in the table, with what is kept beside it."""

    id: UUID
    seq: int
    verb: str
    matter_id: UUID | None
    meeting_id: UUID | None
    body: str
    hash: str
    kept: Mapping[str, _Kept]


@dataclass(slots=True)
class _Chain:
    """One chain under examination."""

    head: ChainHead
    printed: Iterable[chains.Head]
    report: Report
    on_progress: Callable[[int], None]
    replay: Replay = field(default_factory=Replay)
    words: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def check(self) -> None:
        name, done = self.head.name, 0
        wanted: dict[int, list[str]] = {}
        for one in self.printed:
            if one.chain == name:
                wanted.setdefault(one.seq, []).append(one.hash)
        walk = chains.Walk(name, wanted)
        while True:
            for line in self._lines_after(done):
                self._line(walk, line)
            done, differences = self.head.seq, list(self._differences())
            now = ChainHead.objects.get(id=self.head.id)
            if now.seq == self.head.seq:
                break
            self.head = now
        walk.heads.setdefault(self.head.seq, [])
        for fault in walk.finish():
            self._find(fault.what.value, seq=fault.seq, last=fault.last)
        self._check_end(walk)
        for finding in differences:
            self.report.add(finding)
        self.report.chains += 1
        self.report.matters += len(self.replay.matters)
        self.report.heads.append(f"{name}:{self.head.seq}:{self.head.hash}")

    def _find(self, what: str, *, about: str = "", **rest: Any) -> None:
        self.report.add(Finding(what, self.head.name, about=about, **rest))

    def _check_end(self, walk: chains.Walk) -> None:
        """The head that the next line will be chained to is the last line there is."""
        last = LedgerLine.objects.filter(town_id=self.head.town_id, chain_id=self.head.id).order_by("-seq").first()
        end = (last.seq, last.hash) if last else (0, chains.GENESIS)
        if walk.last >= self.head.seq and end[0] <= self.head.seq and end[1] != self.head.hash:
            self._find("head_differs", seq=self.head.seq)
        elif end[0] > ChainHead.objects.get(id=self.head.id).seq:
            self._find("beyond_head", seq=end[0])

    def _lines_after(self, done: int) -> Iterator[_Row]:
        lines = LedgerLine.objects.filter(
            town_id=self.head.town_id, chain_id=self.head.id, seq__gt=done, seq__lte=self.head.seq
        )
        rows = lines.order_by("seq").values_list("id", "seq", "verb", "matter_id", "meeting_id", "body", "hash")
        stream = rows.iterator(chunk_size=AT_A_TIME)
        while several := list(islice(stream, AT_A_TIME)):
            sealed: dict[UUID, dict[str, _Kept]] = {}
            words = Sealed.objects.filter(town_id=self.head.town_id, line_id__in=[row[0] for row in several])
            for line_id, name, text, salt, erased_at in words.values_list(
                "line_id", "name", "text", "salt", "erased_at"
            ):
                sealed.setdefault(line_id, {})[name] = _Kept(text, bytes(salt), erased_at)
            for row in several:
                yield _Row(*row, sealed.get(row[0], {}))
            self.report.lines += len(several)
            self.on_progress(self.report.lines)

    def _line(self, walk: chains.Walk, line: _Row) -> None:
        try:
            body = json.loads(line.body)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            self._find(chains.What.ALTERED.value, seq=line.seq)
            walk.last, walk.hash_of_last = line.seq, None
            return
        stored = chains.Line(self.head.name, line.seq, body, line.hash)
        faults = list(walk.step(stored, intact=chains.raw_fits(line.body, body, line.hash)))
        for fault in faults:
            self._find(fault.what.value, seq=fault.seq, last=fault.last)
        self._columns(line, body)
        self._commitments(line, body)
        if not {fault.what for fault in faults} & _NOT_OF_HERE:
            self._replay(line, body)

    def _replay(self, line: _Row, body: dict[str, Any]) -> None:
        try:
            for wrong in self.replay.take(body):
                self._find(wrong.value, seq=line.seq, about=body.get("number") or "")
        except (KeyError, TypeError, AttributeError, ValueError):
            self._find("unreadable", seq=line.seq)
            return
        frozen = body.get("frozen")
        if frozen:
            counts = figures_of(self.replay.tally()).as_counts()
            off = sorted(key for key, count in counts.items() if frozen.get(key, count) != count)
            if off:
                self._find("frozen_figures", seq=line.seq, facts={"figures": off})

    def _columns(self, line: _Row, body: dict[str, Any]) -> None:
        """The columns beside the body only help to find it; they must not lead astray."""
        thing, key = _subject(body)
        told = (body.get("id"), body.get("verb"), key if thing == "matter" else None, body.get("meeting"))
        columns = (str(line.id), line.verb, _text(line.matter_id), _text(line.meeting_id))
        if told != columns:
            self._find("columns_differ", seq=line.seq)

    def _commitments(self, line: _Row, body: dict[str, Any]) -> None:
        kept = line.kept
        told = body.get("sealed") or {}
        for name in sorted(told.keys() | kept.keys()):
            row = kept.get(name)
            if name not in told:
                self._find("sealed_added", seq=line.seq, facts={"name": name})
            elif row is None:
                self._find("sealed_gone", seq=line.seq, facts={"name": name})
            elif row.erased_at is not None:
                self.report.erased += 1
            elif len(row.salt) != chains.SALT_BYTES or told[name] != chains.commitment(
                row.text, row.salt, chains.algorithm_of(body)
            ):
                self._find("words_altered", seq=line.seq, about=body.get("number") or "", facts={"name": name})
            else:
                self.report.kept += 1
        self._remember(line, body, kept)

    def _remember(self, line: _Row, body: dict[str, Any], kept: Mapping[str, _Kept]) -> None:
        """The words and the answer that stand after this line, to hold the rows against."""
        key, verb = _subject(body)[1], body.get("verb")
        if "words" in kept and verb in _WORDS:
            self.words[key] = kept["words"].text
        if "words" in kept and verb in _ANSWERS:
            self.answers.setdefault(key, []).append((str(line.id), kept["words"].text))
        if verb == "void_entry":
            said = self.answers.get(key, [])
            self.answers[key] = [one for one in said if one[0] != body.get("voids")]

    def _differences(self) -> Iterator[Finding]:
        community_id = self.head.community_id
        if community_id is None:
            return
        chain, unseen = self.head.name, set(self.replay.matters)
        where = {"town_id": self.head.town_id, "community_id": community_id}
        for row in matter_rows(**where):
            key = str(row["id"])
            life = self.replay.matters.get(key)
            if life is None:
                yield Finding("row_without_lines", chain, about=key)
                continue
            unseen.discard(key)
            said = self.answers.get(key)
            for off in compare_matter(life, row, self.words.get(key), said[-1][1] if said else None):
                facts = {"fact": off.fact, "told": off.told, "stands": off.stands}
                yield Finding("row_differs", chain, about=life.number, facts=facts)
        for key in sorted(unseen):
            yield Finding("lines_without_row", chain, about=self.replay.matters[key].number)
        for row in meeting_rows(**where):
            meeting = self.replay.meetings.get(str(row["id"]))
            if meeting is None:
                yield Finding("row_without_lines", chain, about=str(row["id"]))
                continue
            for off in compare_meeting(meeting, row):
                facts = {"fact": off.fact, "told": off.told, "stands": off.stands}
                yield Finding("row_differs", chain, about=f"meeting {meeting.number or ''}".strip(), facts=facts)


_NOT_OF_HERE = frozenset({chains.What.FOREIGN, chains.What.DUPLICATE})


def _subject(body: dict[str, Any]) -> tuple[str, str]:
    """What a line is about, and its key; empty for what cannot be read."""
    subject = body.get("subject")
    thing, _, key = subject.partition(":") if isinstance(subject, str) else ("", "", "")
    return thing, key


def _text(key: UUID | None) -> str | None:
    return None if key is None else str(key)
