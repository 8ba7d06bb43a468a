"""The town that a host name stands for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings

from zhouzhouhui.models import Town

if TYPE_CHECKING:
    from collections.abc import Callable

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})

_remembered: dict[str, tuple[float, Town]] = {}


def bare_host(host: str) -> str:
    """The host without its port, in lower case."""
    name = host.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0].rstrip(".")


def town_of_host(host: str, *, clock: Callable[[], float] = time.monotonic) -> Town | None:
    """The town whose list names `host`; None when no town's list does.

    On this very machine (loopback) the only town there is may be reached without being listed.
    A serving process remembers an answer for `HOST_MEMORY_SECONDS`; elsewhere nothing is remembered.
    """
    name = bare_host(host)
    memory: float = getattr(settings, "HOST_MEMORY_SECONDS", 0)
    known = _remembered.get(name) if memory else None
    if known is not None and clock() - known[0] < memory:
        return known[1]
    town = Town.objects.filter(hosts__host=name).first()
    if town is None and name in LOOPBACK:
        only = list(Town.objects.all()[:2])
        town = only[0] if len(only) == 1 else None
    if memory and town is not None:
        _remembered[name] = (clock(), town)
    return town
