"""Public pages are kept until something they show has changed; nobody gets another's page."""

import gzip
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from tests.cast import Cast, build_cast
from zhouzhouhui.models import Town
from zhouzhouhui.page_cache import PublicPages
from zhouzhouhui.queries.page_marks import next_due_instant, page_mark

pytestmark = pytest.mark.django_db
PAGE = "<p>" + "提出六百八十四件。" * 200 + "</p>"


class Made:
    """A view that counts how often it was asked."""

    def __init__(self, community: UUID | None = None, **options: Any) -> None:
        self.times = 0
        self.community = community
        self.gate = options.get("gate", ("public",))
        self.respond = options.get("respond", lambda: HttpResponse(PAGE))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.times += 1
        match = type("Match", (), {"func": type("View", (), {"access_gate": self.gate})})
        request.resolver_match = match  # type: ignore[assignment]
        if self.community is not None:
            request.depends_on_community = self.community  # type: ignore[attr-defined]
        response: HttpResponse = self.respond()
        return response


@pytest.fixture
def cast(settings: Any) -> Cast:
    settings.PAGE_CACHE_BYTES = 200_000
    return build_cast()


def ask(pages: PublicPages, town: Town, path: str = "/", **headers: str) -> HttpResponse:
    request = RequestFactory(headers=headers).get(path)
    request.town = town  # type: ignore[attr-defined]
    for pair in headers.get("cookie", "").split("; "):
        name, _, value = pair.partition("=")
        if name:
            request.COOKIES[name] = value
    return pages(request)


def warm(pages: PublicPages, town: Town, path: str = "/", **headers: str) -> None:
    """The first time one learns what the page depends on, the second time it is kept."""
    ask(pages, town, path, **headers)
    ask(pages, town, path, **headers)


def test_a_kept_page_is_given_without_making_it_again(cast: Cast) -> None:
    made = Made(cast.yxy.id)
    pages = PublicPages(made)
    warm(pages, cast.town)
    answer = ask(pages, cast.town)
    assert made.times == 2
    assert answer.content.decode() == PAGE
    assert answer["ETag"]
    assert answer["Cache-Control"] == "no-cache"


def test_a_new_line_of_its_community_makes_it_anew_but_not_one_of_another(cast: Cast) -> None:
    made = Made(cast.yxy.id)
    pages = PublicPages(made)
    warm(pages, cast.town)
    cast.raise_between("别处的事。", community=cast.whc)
    ask(pages, cast.town)
    assert made.times == 2
    cast.raise_between("这里的事。")
    ask(pages, cast.town)
    assert made.times == 3


def test_a_page_of_the_whole_town_changes_with_every_community(cast: Cast) -> None:
    made = Made()
    pages = PublicPages(made)
    warm(pages, cast.town)
    cast.raise_between("别处的事。", community=cast.whc)
    ask(pages, cast.town)
    assert made.times == 3


def test_readers_of_another_language_mode_or_query_get_their_own(cast: Cast) -> None:
    made = Made(cast.yxy.id)
    pages = PublicPages(made)
    warm(pages, cast.town)
    for path, headers in (
        ("/", {"accept-language": "en"}),
        ("/", {"cookie": "mode=elder"}),
        ("/?page=2", {}),
        ("/", {"hx-request": "true"}),
    ):
        before = made.times
        ask(pages, cast.town, path, **headers)
        assert made.times == before + 1, (path, headers)


@pytest.mark.parametrize(
    "options",
    [
        {"gate": ("slip",)},
        {"respond": lambda: HttpResponse(PAGE, headers={"Cache-Control": "private, no-store"})},
        {"respond": lambda: HttpResponse(PAGE, status=404)},
        {"respond": lambda: StreamingHttpResponse([b"x"])},
    ],
    ids=["behind a gate", "marked private", "not found", "a stream"],
)
def test_what_is_not_a_public_page_is_never_kept(cast: Cast, options: dict[str, Any]) -> None:
    made = Made(**options)
    pages = PublicPages(made)
    for _ in range(3):
        ask(pages, cast.town)
    assert made.times == 3


def test_a_page_that_sets_a_cookie_is_never_kept(cast: Cast) -> None:
    def with_cookie() -> HttpResponse:
        response = HttpResponse(PAGE)
        response.set_cookie("csrftoken", "x")
        return response

    made = Made(respond=with_cookie)
    pages = PublicPages(made)
    for _ in range(3):
        ask(pages, cast.town)
    assert made.times == 3


@pytest.mark.parametrize("headers", [{"cookie": "sessionid=abc"}, {"authorization": "Bearer zzh_x"}])
def test_somebody_in_particular_gets_a_page_of_their_own(cast: Cast, headers: dict[str, str]) -> None:
    made = Made(cast.yxy.id)
    pages = PublicPages(made)
    warm(pages, cast.town)
    ask(pages, cast.town, **headers)
    assert made.times == 3


def test_two_towns_never_share_a_page(cast: Cast) -> None:
    from zhouzhouhui.actions.found_town import found_town

    other = found_town(code="310112999", name="另一镇", hosts=["other.example"], at=cast.now)
    made = Made()
    pages = PublicPages(made)
    warm(pages, cast.town)
    ask(pages, other)
    assert made.times == 3


def test_a_reader_who_has_the_page_is_told_so_and_one_who_takes_gzip_gets_less(cast: Cast) -> None:
    pages = PublicPages(Made(cast.yxy.id))
    first = ask(pages, cast.town, **{"accept-encoding": "gzip"})
    assert len(first.content) < len(PAGE) / 4
    warm(pages, cast.town)
    zipped = ask(pages, cast.town, **{"accept-encoding": "gzip, br"})
    assert zipped["Content-Encoding"] == "gzip"
    assert len(zipped.content) < len(PAGE) / 4
    assert gzip.decompress(zipped.content).decode() == PAGE
    same = ask(pages, cast.town, **{"if-none-match": zipped["ETag"]})
    assert same.status_code == 304
    assert same.content == b""


def test_a_page_is_made_anew_when_a_meeting_comes_due_and_on_the_next_day(cast: Cast) -> None:
    meeting = cast.next_meeting()
    due = next_due_instant(town_id=cast.town.id, after=cast.now)
    assert due is not None
    assert due <= meeting.scheduled_at
    made = Made(cast.yxy.id)
    pages = PublicPages(made)
    with time_machine.travel(due - timedelta(minutes=2), tick=False):
        warm(pages, cast.town)
        ask(pages, cast.town)
    assert made.times == 2
    with time_machine.travel(due + timedelta(seconds=1), tick=False):
        ask(pages, cast.town)
    assert made.times == 3


def test_the_shelf_holds_no_more_than_it_may(cast: Cast, settings: Any) -> None:
    settings.PAGE_CACHE_BYTES = 20_000
    pages = PublicPages(Made(cast.yxy.id))
    for page in range(20):
        warm(pages, cast.town, f"/?page={page}")
    assert sum(page.size for page in pages.shelf._pages.values()) <= 20_000
    pages.shelf.clear()
    assert ask(pages, cast.town).status_code == 200


def test_a_mark_takes_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        page_mark(town_id=cast.town.id, community_id=cast.yxy.id)
