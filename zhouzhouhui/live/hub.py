"""All live streams of one process behind one reader of the database.

A stream costs one task and a place in a chain; new lines are read once per process and tick, made
into bytes once, and every stream of that chain is woken once. A stream that cannot keep up waits for
its own connection only.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from uuid import UUID

from django.db import Error as DatabaseFault
from django.db import close_old_connections, connections

from zhouzhouhui.live.channel import Channel, as_event
from zhouzhouhui.live.wire import Receive, Scope, Send, place_asked, plain, start_events
from zhouzhouhui.queries.live_feed import chain_of, ends_of, lines_after
from zhouzhouhui.queries.town_of_host import town_of_host

log = logging.getLogger("zhouzhouhui.live")
Result = TypeVar("Result")

ADDRESS = re.compile(r"^/live/([0-9A-Za-z-]{1,8})/?$")
HEARTBEAT_SECONDS = 20.0
RETRY = b"retry: 3000\n\n"
HEARTBEAT = b": \n\n"


class Hub:
    """An ASGI application for GET /live/<short code of a community>."""

    def __init__(self, *, most_streams: int, tick_seconds: float) -> None:
        self._most_streams = most_streams
        self._tick_seconds = tick_seconds
        self._channels: dict[UUID, Channel] = {}
        self._streams = 0
        self._closing = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None
        # One thread, one database connection, for all streams together.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")

    def start(self) -> None:
        """Begin to read; must be called in the running loop."""
        self._reader = asyncio.get_running_loop().create_task(self._read_forever())

    def end_streams(self) -> None:
        """Tell every stream to end, so that the process can; browsers come back by themselves."""
        self._closing.set()
        for channel in self._channels.values():
            channel.grown.set()

    async def stop(self) -> None:
        """End the streams and the reader."""
        self.end_streams()
        if self._reader is not None:
            self._reader.cancel()
        await self._query(connections.close_all)
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection: refuse it in plain words, or stream until either side ends."""
        asked = ADDRESS.match(scope["path"])
        headers = dict(scope["headers"])
        if asked is None or scope["method"] != "GET":
            await plain(send, 404, "没有这个直播地址。 / There is no such stream.")
            return
        if self._streams >= self._most_streams:
            await plain(send, 503, "现在看的人太多，请过一分钟再试。 / Too many are watching; try again in a minute.")
            return
        host = headers.get(b"host", b"").decode("latin-1")
        try:
            found = await self._query(lambda: _find(host, asked[1].upper()))
        except DatabaseFault:
            await plain(
                send,
                503,
                "数据库没有回应，请稍后再试。 / The database does not answer; try again.",
            )
            return
        if found is None:
            await plain(send, 404, "没有这个村居。 / There is no such community.")
            return
        place = place_asked(headers, scope["query_string"], end=found[2])
        await self._hold(self._join(*found), place, receive, send)

    def _join(self, town_id: UUID, chain_id: UUID, end: int) -> Channel:
        """The channel of a chain; made at the first stream, forgotten after the last."""
        channel = self._channels.get(chain_id)
        if channel is None:
            channel = self._channels[chain_id] = Channel(town_id, chain_id, end)
        return channel

    async def _hold(self, channel: Channel, place: int, receive: Receive, send: Send) -> None:
        """Keep the stream until the other side leaves or this process closes."""
        self._streams += 1
        channel.streams += 1
        writer = asyncio.get_running_loop().create_task(self._write(channel, place, send))
        try:
            leaves = asyncio.ensure_future(_until_gone(receive))
            await asyncio.wait({writer, leaves}, return_when=asyncio.FIRST_COMPLETED)
            leaves.cancel()
        finally:
            writer.cancel()
            self._streams -= 1
            channel.streams -= 1
            if not channel.streams:
                self._channels.pop(channel.chain_id, None)
        if writer.done() and not writer.cancelled() and (fault := writer.exception()) is not None:
            log.warning("a live stream ended: %s", type(fault).__name__)

    async def _write(self, channel: Channel, place: int, send: Send) -> None:
        await start_events(send)
        piece = RETRY
        while not self._closing.is_set():
            grown = channel.grown
            if place < channel.end:
                more = channel.after(place)
                if more is None:
                    more, place = await self._catch_up(channel, place)
                else:
                    place = channel.end
                piece += more
            if piece:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = b""
            if place < channel.end:
                continue
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await grown.wait()
            except TimeoutError:
                piece = HEARTBEAT
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _catch_up(self, channel: Channel, place: int) -> tuple[bytes, int]:
        """Lines that are no longer in memory, from the database."""
        lines = await self._query(lambda: lines_after({channel.chain_id: place}, towns=[channel.town_id]))
        if not lines:
            return b"", channel.end
        return b"".join(map(as_event, lines)), lines[-1].seq

    async def _read_forever(self) -> None:
        """Look for new lines of the chains that are followed, every tick."""
        while True:
            await asyncio.sleep(self._tick_seconds)
            if not self._channels:
                continue
            try:
                await self._read_once()
            except DatabaseFault as fault:
                log.warning("live reader: %s", type(fault).__name__)
                await asyncio.sleep(1)

    async def _read_once(self) -> None:
        known = {chain_id: channel.end for chain_id, channel in self._channels.items()}
        towns = {channel.town_id for channel in self._channels.values()}
        lines = await self._query(lambda: _news(known, towns))
        by_chain: dict[UUID, list[Any]] = {}
        for line in lines:
            by_chain.setdefault(line.chain_id, []).append(line)
        for chain_id, new in by_chain.items():
            if chain_id in self._channels:
                self._channels[chain_id].add(new)

    async def _query(self, read: Callable[[], Result]) -> Result:
        def with_fresh_connection() -> Result:
            close_old_connections()
            return read()

        return await asyncio.get_running_loop().run_in_executor(self._thread, with_fresh_connection)


def _find(host: str, short_code: str) -> tuple[UUID, UUID, int] | None:
    town = town_of_host(host)
    return None if town is None else chain_of(town_id=town.id, short_code=short_code)


def _news(known: dict[UUID, int], towns: set[UUID]) -> list[Any]:
    """New lines of the chains in `known` (chain -> last place read)."""
    ends = ends_of(known.keys())
    return lines_after({chain: seq for chain, seq in known.items() if ends.get(chain, 0) > seq}, towns=towns)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
