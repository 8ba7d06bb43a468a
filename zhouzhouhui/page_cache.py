"""Public pages are made once and given again until something they show has changed.

A page is kept under its town, host, path and query, language and mode, and is good as long as the ledger
chains it depends on have not grown, the day in China is the same and no meeting has come due since.
Only for GET without a session, and only views whose access gate says "public". Each process keeps its own.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from zhouzhouhui.models import Town
from zhouzhouhui.queries.page_marks import PageMark, next_due_instant, page_mark

Respond = Callable[[HttpRequest], HttpResponse]

MODE_COOKIE = "mode"
LONGEST = timedelta(minutes=10)
LEAST_GZIP_BYTES = 500
MOST_PATHS = 4000  # paths whose community is remembered
KEPT_HEADERS = ("Content-Type", "Content-Language", "Cache-Control", "Vary", "Link")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer as it was given."""

    mark: PageMark
    day: date
    good_until: datetime
    headers: dict[str, str]
    plain: bytes
    zipped: bytes
    etag: str

    @property
    def size(self) -> int:
        """Bytes held in memory."""
        return len(self.plain) + len(self.zipped) + 1000


class Shelf:
    """Pages of one process, the longest unread thrown out first."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._community_of: OrderedDict[Hashable, UUID | None] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Page | None:
        """The page kept under `key`."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> None:
        """Keep a page."""
        with self._lock:
            old = self._pages.pop(key, None)
            self._bytes += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self._bytes > self._most_bytes and self._pages:
                self._bytes -= self._pages.popitem(last=False)[1].size

    def known_community(self, key: Hashable) -> tuple[bool, UUID | None]:
        """Whether this page was seen before, and the one community it depends on (None: the whole town)."""
        with self._lock:
            return key in self._community_of, self._community_of.get(key)

    def learn_community(self, key: Hashable, community_id: UUID | None) -> None:
        """Remember what a page depends on."""
        with self._lock:
            self._community_of[key] = community_id
            while len(self._community_of) > MOST_PATHS:
                self._community_of.popitem(last=False)

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self._community_of.clear()
            self._bytes = 0


class PublicPages:
    """The middleware; stands before session and language, after the town is known."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        self.shelf = Shelf(settings.PAGE_CACHE_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give a kept page, or make it and keep it."""
        town: Town | None = getattr(request, "town", None)
        if town is None or not settings.PAGE_CACHE_BYTES or not may_be_kept(request):
            return self.get_response(request)
        key = key_of(request, town)
        now = timezone.now()
        seen, community_id = self.shelf.known_community(key)
        # The mark is read before the page is made: whatever changes meanwhile makes the page too old, never too new.
        mark = page_mark(town_id=town.id, community_id=community_id) if seen else None
        page = self.shelf.get(key) if seen else None
        if page is not None and page.mark == mark and now < page.good_until and page.day == timezone.localdate(now):
            return answer(request, page)
        response = self.get_response(request)
        if not is_public_page(request, response):
            return response
        community_id = getattr(request, "depends_on_community", None)
        self.shelf.learn_community(key, community_id)
        if mark is None or mark.community_id != community_id:  # what it depends on was not known in time
            return answer(request, as_page(response, mark=PageMark(community_id, 0, 0), now=now, good_until=now))
        due = next_due_instant(town_id=town.id, after=now)
        page = as_page(response, mark=mark, now=now, good_until=min(due or now + LONGEST, now + LONGEST))
        self.shelf.put(key, page)
        return answer(request, page)


def may_be_kept(request: HttpRequest) -> bool:
    """A plain GET by nobody in particular."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
    )


def key_of(request: HttpRequest, town: Town) -> Hashable:
    """What makes two requests ask for the same page."""
    return (
        town.id,
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        get_language_from_request(request),
        request.COOKIES.get(MODE_COOKIE, ""),
        request.META.get("HTTP_HX_REQUEST", ""),
    )


def is_public_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer may be given to anybody."""
    match = request.resolver_match
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and match is not None
        and "public" in getattr(match.func, "access_gate", ())
        and not any(word in response.get("Cache-Control", "") for word in ("private", "no-store"))
    )


def as_page(response: HttpResponse, *, mark: PageMark, now: datetime, good_until: datetime) -> Page:
    """The answer as a page that can be kept and given to anybody."""
    plain = response.content
    response.setdefault("Cache-Control", "no-cache")  # browsers ask again each time, and mostly get 304
    patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    return Page(
        mark=mark,
        day=timezone.localdate(now),
        good_until=good_until,
        headers=headers,
        plain=plain,
        zipped=gzip.compress(plain, 6, mtime=0) if len(plain) >= LEAST_GZIP_BYTES else b"",
        etag=f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"',
    )


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page for this reader: zipped if they take it, 304 if they have it."""
    if request.META.get("HTTP_IF_NONE_MATCH") == page.etag:
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        zipped = page.zipped and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        response = HttpResponse(page.zipped if zipped else page.plain)
        if zipped:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    for name, value in page.headers.items():
        response[name] = value
    response["ETag"] = page.etag
    return response
