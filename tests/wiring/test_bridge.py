"""The bridge from the event loop to Django: whole requests in, whole or streamed answers out."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from zhouzhouhui.serve_bridge import DjangoInThreads
from zhouzhouhui.serve_front import Front

Environ = dict[str, Any]


def scope(path: str = "/", *, method: str = "GET", headers: list[tuple[bytes, bytes]] | None = None) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "query_string": b"q=%E6%B0%B4", "http_version": "1.1",
        "scheme": "http", "headers": headers or [], "server": ("127.0.0.1", 8000), "client": ("127.0.0.2", 5),
    }  # fmt: skip


def talk(app: Any, asked: dict[str, Any], *messages: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything the application sends for one request."""
    sent: list[dict[str, Any]] = []
    waiting = list(messages) or [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(asked, receive, send))
    return sent


def behind(answer: Callable[[Environ, Callable[..., Any]], Iterable[bytes]], limit: int = 1000) -> DjangoInThreads:
    return DjangoInThreads(answer, threads=1, body_limit=limit)


def echo(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Path", environ["PATH_INFO"])])
    return [environ["wsgi.input"].read(), str(sorted(k for k in environ if k.startswith("HTTP_"))).encode()]


def test_a_body_in_pieces_arrives_whole_with_its_length() -> None:
    seen: list[Environ] = []

    def keep(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        seen.append(environ)
        return echo(environ, start_response)

    sent = talk(
        behind(keep),
        scope("/积水", method="POST"),
        {"type": "http.request", "body": b"ab", "more_body": True},
        {"type": "http.request", "body": b"cd", "more_body": False},
    )
    assert sent[0]["status"] == 200
    assert sent[1]["body"].startswith(b"abcd")
    assert seen[0]["CONTENT_LENGTH"] == "4"
    assert seen[0]["PATH_INFO"].encode("latin-1").decode() == "/积水"
    assert seen[0]["REMOTE_ADDR"] == "127.0.0.2"


def test_a_header_that_poses_as_another_is_dropped() -> None:
    headers = [(b"x_forwarded_proto", b"https"), (b"x-other", b"1"), (b"cookie", b"a=1"), (b"cookie", b"b=2")]
    seen: list[Environ] = []

    def keep(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        seen.append(environ)
        return echo(environ, start_response)

    talk(behind(keep), scope(headers=headers))
    assert "HTTP_X_FORWARDED_PROTO" not in seen[0]
    assert seen[0]["HTTP_X_OTHER"] == "1"
    assert seen[0]["HTTP_COOKIE"] == "a=1; b=2"


@pytest.mark.parametrize("announced", [b"1001", b"many", b"-1"])
def test_a_body_that_is_announced_too_large_is_refused_unread(announced: bytes) -> None:
    sent = talk(behind(echo), scope(method="POST", headers=[(b"content-length", announced)]))
    assert sent[0]["status"] == 413
    assert "太大" in sent[1]["body"].decode()


def test_a_body_that_grows_too_large_is_refused() -> None:
    piece = {"type": "http.request", "body": b"x" * 600, "more_body": True}
    sent = talk(behind(echo), scope(method="POST"), piece, dict(piece))
    assert sent[0]["status"] == 413


def test_a_sender_who_leaves_half_way_reaches_nothing() -> None:
    called: list[Environ] = []

    def keep(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        called.append(environ)
        return echo(environ, start_response)

    piece = {"type": "http.request", "body": b"x", "more_body": True}
    assert talk(behind(keep), scope(method="POST"), piece, {"type": "http.disconnect"}) == []
    assert called == []


class Streamed:
    """A streaming answer as Django gives it."""

    streaming = True

    def __init__(self) -> None:
        self.closed = False

    def __iter__(self) -> Iterable[bytes]:
        return iter([b"one", b"two"])

    def close(self) -> None:
        self.closed = True


def test_a_stream_is_sent_piece_by_piece_and_closed() -> None:
    answer = Streamed()

    def stream(environ: Environ, start_response: Callable[..., Any]) -> Streamed:
        start_response("200 OK", [])
        return answer

    sent = talk(behind(stream), scope())
    assert [m.get("body") for m in sent[1:]] == [b"one", b"two", b""]
    assert [m["more_body"] for m in sent[1:]] == [True, True, False]
    assert answer.closed


def test_a_process_without_web_or_live_says_so() -> None:
    only_live = Front(django=None, hub=None)
    assert talk(only_live, scope("/healthz"))[0]["status"] == 200
    assert talk(only_live, scope("/desk/"))[0]["status"] == 404
    assert talk(only_live, scope("/live/YXY"))[0]["status"] == 404
