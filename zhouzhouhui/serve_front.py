"""The one door of a worker: live streams are held here, everything else goes to Django."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhouzhouhui.serve_bridge import DjangoInThreads, Receive, Scope, Send, send_plain

if TYPE_CHECKING:
    from zhouzhouhui.live.hub import Hub

LIVE_PREFIX = "/live/"
NOT_HERE = "这个进程不提供这个网址。 / This process does not serve that address.\n".encode()


@dataclass(slots=True)
class Front:
    """An ASGI application; `django` or `hub` may be absent when a process serves only one of them."""

    django: DjangoInThreads | None
    hub: Hub | None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route one connection."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] != "http":
            return
        elif scope["path"].startswith(LIVE_PREFIX):
            if self.hub is None:
                await send_plain(send, 404, NOT_HERE)
            else:
                await self.hub(scope, receive, send)
        elif self.django is not None:
            await self.django(scope, receive, send)
        else:
            await send_plain(send, 200 if scope["path"] == "/healthz" else 404, NOT_HERE)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        if self.hub is not None:
            self.hub.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self.hub is not None:
            await self.hub.stop()
        if self.django is not None:
            self.django.close()
        await send({"type": "lifespan.shutdown.complete"})


def make_front(*, web: bool = True, live: bool = True) -> Front:
    """The door as the options of this installation say; Django must be set up."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    from zhouzhouhui.live.hub import Hub

    django = None
    if web:
        django = DjangoInThreads(
            get_wsgi_application(),
            threads=settings.OPTION["ZHOUZHOUHUI_WORKER_THREADS"],
            body_limit=settings.UPLOAD_MAX_BYTES * 2,
        )
    hub = None
    if live:
        hub = Hub(
            most_streams=settings.OPTION["ZHOUZHOUHUI_LIVE_STREAMS"],
            tick_seconds=settings.OPTION["ZHOUZHOUHUI_LIVE_TICK_MS"] / 1000,
        )
    return Front(django=django, hub=hub)
