"""The few ASGI messages a live stream is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

EVENT_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy must not gather the lines
    (b"x-content-type-options", b"nosniff"),
]


def place_asked(headers: Mapping[bytes, bytes], query: bytes, *, end: int) -> int:
    """Where the stream begins: after Last-Event-ID, else after ?after=, else with what comes next.

    A place beyond the end of the chain is the end.
    """
    asked = headers.get(b"last-event-id", b"").decode("latin-1").strip()
    if not asked:
        asked = parse_qs(query.decode("latin-1")).get("after", [""])[0]
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 18:
        return end
    return min(int(asked), end)


async def start_events(send: Send) -> None:
    """Open the stream."""
    await send({"type": "http.response.start", "status": 200, "headers": EVENT_HEADERS})


async def plain(send: Send, status: int, sentence: str) -> None:
    """A refusal in plain words."""
    text = sentence.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
