"""Counting tries from one address, so that nobody can guess slip codes or flood a community with words.

Pages and API count together. Each process keeps its own counts: with several, an address has as many tries more.
"""

from __future__ import annotations

from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest

from zhouzhouhui.rules.refusals import Refused

WRONG_CODES, CODE_SECONDS = 20, 600
RAISED_AT_ONCE, RAISE_SECONDS = 30, 3600


def count_wrong_code(request: HttpRequest) -> None:
    """One more wrong slip code from this address."""
    _count(_key(request, "code"), CODE_SECONDS)


def check_codes_left(request: HttpRequest) -> None:
    """Refuse `too_many_tries` once an address has tried too many wrong codes within ten minutes."""
    if cache.get(_key(request, "code"), 0) >= WRONG_CODES:
        raise Refused("too_many_tries", minutes=CODE_SECONDS // 60)


def count_raise(request: HttpRequest) -> None:
    """One more matter raised online from this address; refused when it is far more than people type."""
    if _count(_key(request, "raise"), RAISE_SECONDS) > RAISED_AT_ONCE:
        raise Refused("raised_too_fast", most=RAISED_AT_ONCE)


def _key(request: HttpRequest, what: str) -> str:
    town_id: UUID | str = getattr(getattr(request, "town", None), "id", "")
    return f"tries:{what}:{town_id}:{request.META.get('REMOTE_ADDR', '')}"


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, timeout=seconds)
        return 1
