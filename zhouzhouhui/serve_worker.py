"""One worker process: an event loop in uvicorn, with web and live streams behind one door."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

import uvicorn

from zhouzhouhui.serve_front import Front, make_front

GRACE_SECONDS = 10
PARENT_LOOK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and how the one port is served."""

    socket: socket.socket
    tls_cert: str | None = None
    tls_key: str | None = None


class Worker(uvicorn.Server):
    """uvicorn, which ends the live streams first when asked to stop; they would hold it for ever."""

    def __init__(self, config: uvicorn.Config, front: Front, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._front = front
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take connections and say so."""
        await super().startup(sockets=sockets)
        self._on_ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End the streams, then everything."""
        if self._front.hub is not None:
            self._front.hub.end_streams()
        super().handle_exit(sig, frame)


def run_worker(listening: Listening, *, web: bool, live: bool, on_ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; returns when every request has been answered."""
    front = make_front(web=web, live=live)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    tls: dict[str, Any] = {}
    if listening.tls_cert:
        tls = {"ssl_certfile": listening.tls_cert, "ssl_keyfile": listening.tls_key}
    config = uvicorn.Config(
        front,
        http="httptools",
        loop="uvloop",
        ws="none",
        lifespan="on",
        access_log=False,  # addresses may hold a slip code
        log_config=None,
        log_level="warning",
        server_header=False,
        proxy_headers=_behind_proxy(),
        forwarded_allow_ips="*" if _behind_proxy() else None,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE_SECONDS,
        backlog=2048,
        **tls,
    )
    Worker(config, front, on_ready).run(sockets=[listening.socket])


def _behind_proxy() -> bool:
    from django.conf import settings

    return bool(settings.OPTION["ZHOUZHOUHUI_BEHIND_PROXY"])


def _end_with_parent(parent: int) -> None:
    """A worker whose master was killed stops too, instead of holding the port."""
    while os.getppid() == parent:
        time.sleep(PARENT_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
