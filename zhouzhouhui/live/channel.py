"""The newest lines of one chain, kept in memory for all streams that follow it."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from uuid import UUID

from zhouzhouhui.queries.live_feed import FeedLine

KEPT_LINES = 256


def as_event(line: FeedLine) -> bytes:
    """One server-sent event: its id is the line's place in the chain."""
    return f'id: {line.seq}\nevent: line\ndata: {{"hash":"{line.hash}","body":{line.body}}}\n\n'.encode()


@dataclass(slots=True)
class Channel:
    """One chain; `end` is the last place read, `streams` how many follow."""

    town_id: UUID
    chain_id: UUID
    end: int
    streams: int = 0
    kept: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    grown: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, lines: list[FeedLine]) -> None:
        """Keep new lines and wake every stream once, however many lines there are."""
        for line in lines:
            if line.seq > self.end:
                self.kept.append((line.seq, as_event(line)))
                self.end = line.seq
        before, self.grown = self.grown, asyncio.Event()
        before.set()

    def after(self, place: int) -> bytes | None:
        """The events after `place` in one piece; None when they are no longer all in memory."""
        if place >= self.end:
            return b""
        if not self.kept or self.kept[0][0] > place + 1:
            return None
        missing = min(self.end - place, len(self.kept))
        return b"".join(self.kept[i][1] for i in range(len(self.kept) - missing, len(self.kept)))
