"""Live streams: what is sent, from which place, to whom, and that they end."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.db import connections

from tests.cast import Cast, build_cast
from zhouzhouhui.live.channel import KEPT_LINES, Channel, as_event
from zhouzhouhui.live.hub import Hub
from zhouzhouhui.models import LedgerLine, uuid7
from zhouzhouhui.queries.live_feed import FeedLine

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return build_cast()


class Listener:
    """One connection to the hub, as an ASGI server would hold it."""

    def __init__(self, hub: Hub, path: str, *, host: str = "localhost", headers: tuple[tuple[bytes, bytes], ...] = ()):
        self.sent: list[dict[str, Any]] = []
        self._gone = asyncio.Event()
        scope = {
            "type": "http", "method": "GET", "path": path.partition("?")[0],
            "query_string": path.partition("?")[2].encode(), "headers": [(b"host", host.encode()), *headers],
        }  # fmt: skip
        self.task = asyncio.ensure_future(hub(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)

    async def leave(self) -> None:
        self._gone.set()
        await asyncio.wait_for(self.task, 5)

    async def until(self, events: int) -> list[dict[str, Any]]:
        for _ in range(200):
            if len(self.events) >= events:
                return self.events
            await asyncio.sleep(0.02)
        raise AssertionError(f"only {len(self.events)} of {events} events came")

    async def answered(self) -> int:
        for _ in range(200):
            if self.sent:
                return int(self.sent[0]["status"])
            await asyncio.sleep(0.02)
        raise AssertionError("no answer")

    @property
    def text(self) -> str:
        return b"".join(m.get("body", b"") for m in self.sent).decode()

    @property
    def events(self) -> list[dict[str, Any]]:
        pieces = [piece for piece in self.text.split("\n\n") if piece.startswith("id: ")]
        return [{"id": int(piece.split("\n")[0][4:]), **json.loads(piece.split("\n")[2][6:])} for piece in pieces]


@asynccontextmanager
async def running(**options: Any) -> AsyncIterator[Hub]:
    hub = Hub(**{"most_streams": 10, "tick_seconds": 0.02, **options})
    hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


async def in_thread(work: Any) -> Any:
    def then_close() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(None, then_close)


def test_a_new_line_reaches_every_listener_of_that_community_only(cast: Cast) -> None:
    async def story() -> None:
        async with running() as hub:
            here = [Listener(hub, "/live/YXY") for _ in range(3)]
            elsewhere = Listener(hub, "/live/WHC")
            for one in (*here, elsewhere):
                assert await one.answered() == 200
            await in_thread(lambda: cast.raise_between("路灯坏了三盏。"))
            for one in here:
                event = (await one.until(1))[0]
                assert event["body"]["verb"] == "raise_matter"
                assert event["id"] == event["body"]["seq"]
                assert "路灯" not in one.text
            assert elsewhere.events == []
            for one in (*here, elsewhere):
                await one.leave()

    asyncio.run(story())


def test_a_listener_who_comes_back_gets_what_was_missed(cast: Cast) -> None:
    for words in ("一", "二", "三"):
        cast.raise_between(words)
    lines = list(LedgerLine.objects.filter(chain__community=cast.yxy).order_by("seq"))

    async def story() -> None:
        async with running() as hub:
            back = Listener(hub, "/live/yxy/", headers=((b"last-event-id", str(lines[-3].seq).encode()),))
            asked = Listener(hub, "/live/YXY?after=0")
            assert [e["hash"] for e in await back.until(2)] == [line.hash for line in lines[-2:]]
            assert [e["hash"] for e in await asked.until(len(lines))] == [line.hash for line in lines]
            await back.leave()
            await asked.leave()

    asyncio.run(story())


def test_a_place_that_is_none_begins_with_what_comes_next(cast: Cast) -> None:
    cast.raise_between("一")

    async def story() -> None:
        async with running() as hub:
            for odd in ("/live/YXY?after=-1", "/live/YXY?after=%D9%A3", "/live/YXY?after=99999999999999999999"):
                one = Listener(hub, odd)
                assert await one.answered() == 200
                await asyncio.sleep(0.1)
                assert one.events == []
                await one.leave()

    asyncio.run(story())


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [("/live/NONE", "localhost", 404), ("/live/", "localhost", 404), ("/live/YXY", "stranger.example", 404),
     ("/live/YXY/more", "localhost", 404)],
)  # fmt: skip
def test_what_is_not_there_is_said_in_plain_words(cast: Cast, path: str, host: str, status: int) -> None:
    async def story() -> None:
        async with running() as hub:
            one = Listener(hub, path, host=host)
            assert await one.answered() == status
            assert "没有" in one.text
            await one.task

    asyncio.run(story())


def test_more_listeners_than_are_held_are_asked_to_come_back(cast: Cast) -> None:
    async def story() -> None:
        async with running(most_streams=1) as hub:
            first = Listener(hub, "/live/YXY")
            assert await first.answered() == 200
            second = Listener(hub, "/live/YXY")
            assert await second.answered() == 503
            await first.leave()
            third = Listener(hub, "/live/YXY")
            assert await third.answered() == 200
            await third.leave()

    asyncio.run(story())


def test_streams_end_when_the_process_is_told_to(cast: Cast) -> None:
    async def story() -> None:
        async with running() as hub:
            one = Listener(hub, "/live/YXY")
            assert await one.answered() == 200
            hub.end_streams()
            await asyncio.wait_for(one.task, 5)
            assert one.sent[-1]["more_body"] is False

    asyncio.run(story())


def test_a_restricted_matter_shows_only_its_commitments(cast: Cast) -> None:
    async def story() -> None:
        async with running() as hub:
            one = Listener(hub, "/live/YXY")
            assert await one.answered() == 200
            await in_thread(lambda: cast.raise_between("干部吃拿卡要。", kind="report"))
            body = (await one.until(1))[0]["body"]
            assert "kind" not in body
            assert {"by", "words", "kind"} <= set(body["sealed"])
            assert "吃拿卡要" not in one.text
            await one.leave()

    asyncio.run(story())


def test_a_channel_gives_only_what_it_still_has() -> None:
    chain = uuid7()
    channel = Channel(uuid7(), chain, end=10)
    lines = [FeedLine(chain, n, "0" * 64, "{}") for n in range(9, 12 + KEPT_LINES)]
    channel.add(lines)
    assert channel.end == 11 + KEPT_LINES
    assert channel.after(channel.end) == b""
    assert channel.after(channel.end - 1) == as_event(lines[-1])
    assert channel.after(10) is None
    assert channel.after(11) == b"".join(as_event(line) for line in lines[3:])
