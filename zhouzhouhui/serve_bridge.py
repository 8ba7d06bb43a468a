"""Carries a request from the event loop to Django in a pool of threads, and the answer back.

The body is read whole before a thread is taken, so a slow sender holds no thread; an answer that is
already whole goes back in one step. (Measured against a2wsgi in docs/decisions.)
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any, cast

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

SPOOL_BYTES = 512 * 1024
TOO_LARGE = "文件太大，没有收下。请改小以后再传。 / Too large, not taken. Make it smaller and send it again.\n".encode()


class BodyTooLarge(Exception):
    """The sender announced or sent more than is taken."""


class SenderGone(Exception):
    """The connection closed before the request was whole."""


@dataclass(slots=True)
class Answer:
    """What Django gave back; `rest` is set when the answer is a stream."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    streamed: bool = False


class DjangoInThreads:
    """An ASGI application that runs a WSGI one in `threads` threads."""

    def __init__(self, wsgi: Wsgi, *, threads: int, body_limit: int) -> None:
        self._wsgi = wsgi
        self._body_limit = body_limit
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="django")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            body, length = await self._read_body(scope, receive)
        except BodyTooLarge:
            await send_plain(send, 413, TOO_LARGE)
            return
        except SenderGone:
            return
        loop = asyncio.get_running_loop()
        environ = environ_of(scope, body, length)

        def send_now(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(_as_coroutine(send(message)), loop).result()

        try:
            answer = await loop.run_in_executor(self._pool, run_wsgi, self._wsgi, environ, send_now)
        finally:
            body.close()
        if answer.streamed:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _read_body(self, scope: Scope, receive: Receive) -> tuple[IO[bytes], int]:
        """The whole body and its length in bytes."""
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > self._body_limit:
            raise BodyTooLarge
        body = cast("IO[bytes]", tempfile.SpooledTemporaryFile(SPOOL_BYTES))  # noqa: SIM115 - closed by the caller
        length = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                body.close()
                raise SenderGone
            chunk = message.get("body", b"")
            length += len(chunk)
            if length > self._body_limit:
                body.close()
                raise BodyTooLarge
            body.write(chunk)
            if not message.get("more_body"):
                break
        body.seek(0)
        return body, length

    def close(self) -> None:
        """Let running requests end; take no new ones."""
        self._pool.shutdown(wait=True, cancel_futures=True)


async def _as_coroutine(awaitable: Awaitable[None]) -> None:
    await awaitable


def run_wsgi(wsgi: Wsgi, environ: Environ, send_now: Callable[[Message], None]) -> Answer:
    """Run `wsgi` in this thread; a stream is sent through `send_now` as it comes."""
    answer = Answer()

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        answer.status = int(status[:3])
        answer.headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]

    chunks = wsgi(environ, start_response)
    try:
        if getattr(chunks, "streaming", False):
            answer.streamed = True
            send_now({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            for chunk in chunks:
                send_now({"type": "http.response.body", "body": chunk, "more_body": True})
        else:
            answer.body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    return answer


def environ_of(scope: Scope, body: IO[bytes], length: int) -> Environ:
    """The WSGI environment of `scope`; header names with an underscore are dropped, they could pose as others."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        if key in environ:
            value = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + value
        environ[key] = value
    environ["CONTENT_LENGTH"] = str(length)
    return environ


async def send_plain(send: Send, status: int, text: bytes) -> None:
    """A short answer in plain text that the front gives by itself."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
