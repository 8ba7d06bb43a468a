"""Public pages as anybody sees them: they answer, they hide what is personal, and they cost few queries."""

import re

import pytest
from django.test import Client

from tests.cast import Cast, build_cast
from tests.queries.worlds import live_through_it
from zhouzhouhui.actions.mark_private import mark_private
from zhouzhouhui.models import Matter

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
PAGES = (
    "/", "/c/", "/c/YXY/", "/c/WHC/", "/c/YXY/matters/", "/c/YXY/matters/?state=closed&kind=complaint",
    "/c/YXY/matters/?before=1-05", "/c/YXY/matters/?after=1-05", "/c/YXY/minutes/", "/figures/",
    "/figures/?community=YXY", "/figures/table.csv", "/ledger/", "/ledger/?chain=YXY", "/ledger/YXY.jsonl",
    "/ledger/YXY.jsonl?after=3", "/privacy/", "/raise/", "/c/YXY/raise/", "/follow/",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One town that lived through everything; the tests only read it."""
    with django_db_blocker.unblock():
        from django.db import connection, transaction

        with transaction.atomic():
            cast = build_cast()
            told = live_through_it(cast)
            yield cast, told
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture
def seen(world) -> tuple[Client, Cast, dict[str, Matter]]:
    return Client(), *world


def another_town() -> tuple[Cast, Client]:
    """A town of its own beside the one that is only read."""
    return build_cast(code="990112200", host="other.example"), Client(headers={"host": "other.example"})


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_anybody_in_chinese(seen, page):
    client, _, _ = seen
    answer = client.get(page)
    assert answer.status_code == 200
    if answer["Content-Type"].startswith("text/html"):
        assert 'lang="zh-Hans"' in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_english(seen, page):
    client, _, _ = seen
    answer = client.get(page, headers={"accept-language": "en"})
    assert answer.status_code == 200
    if answer["Content-Type"].startswith("text/html"):
        assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_makes_more_than_twelve_queries(seen, page, django_assert_max_num_queries):
    client, _, _ = seen
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(page)


def test_every_story_answers_within_twelve_queries(seen, django_assert_max_num_queries):
    client, cast, _ = seen
    for matter in Matter.objects.filter(community=cast.yxy, is_private=False, is_restricted=False).exclude(
        state="voided"
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(f"/c/YXY/m/{matter.number}/")
        assert answer.status_code == 200
        assert matter.number in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_needs_inline_style_or_script(seen, page):
    client, _, _ = seen
    html = client.get(page).content.decode()
    assert not re.search(r"\sstyle=|<style|<script>|\son\w+=", html)


def test_no_private_or_restricted_word_is_on_any_public_page(seen):
    client, _, told = seen
    hidden = [told["private"], told["report"]]
    for page in PAGES:
        text = client.get(page).content.decode()
        for matter in hidden:
            assert matter.words not in text


def test_the_story_of_a_private_or_restricted_matter_is_answered_like_one_that_never_was(seen):
    client, _, told = seen
    never = client.get("/c/YXY/m/77-77/")
    for name in ("private", "report"):
        answer = client.get(f"/c/YXY/m/{told[name].number}/")
        assert answer.status_code == never.status_code == 404
        pages = [a.content.decode().replace(n, "") for a, n in ((answer, told[name].number), (never, "77-77"))]
        assert pages[0] == pages[1]


def test_the_board_says_how_many_it_does_not_show(seen):
    client, cast, _ = seen
    apart = Matter.objects.filter(community=cast.yxy).exclude(state__in=["merged", "withdrawn", "voided"])
    n = (apart.filter(is_private=True) | apart.filter(is_restricted=True)).count()
    assert n > 1
    assert f"另有 {n} 件个人事项不公开内容" in client.get("/c/YXY/").content.decode()


def test_a_matter_marked_private_later_leaves_the_public_pages():
    cast, client = another_town()
    meeting = cast.open()
    matter = cast.raise_at(meeting, "我家的房子当年面积少算了。")
    assert client.get(f"/c/YXY/m/{matter.number}/").status_code == 200
    cast.act(mark_private, matter, "office")
    assert client.get(f"/c/YXY/m/{matter.number}/").status_code == 404
    assert "面积少算" not in client.get("/c/YXY/").content.decode()


def test_phones_and_names_told_are_masked():
    from zhouzhouhui.actions._speaker import Speaker

    cast, client = another_town()
    meeting = cast.open()
    speaker = Speaker(name="张阿婆", phone="13812345678", notice=True, consent=True)
    matter = cast.raise_at(meeting, "我是张阿婆，电话 13812345678，三号楼 502 室漏水。", speaker=speaker)
    for page in ("/", "/c/YXY/", "/c/YXY/matters/", f"/c/YXY/m/{matter.number}/"):
        text = client.get(page).content.decode()
        assert "13812345678" not in text
        assert "张阿婆" not in text


def test_a_word_with_markup_in_it_is_shown_as_it_was_said():
    cast, client = another_town()
    matter = cast.raise_at(cast.open(), "<script>alert(1)</script> 路灯坏了 & 没人修")
    html = client.get(f"/c/YXY/m/{matter.number}/").content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    "page", ["/c/NOPE/", "/c/YXY/m/xyz/", "/c/YXY/m/1_1/", "/c/YXY/minutes/999/", "/figures/?community=NOPE",
             "/ledger/NOPE.jsonl", "/nothing/here/", "/photo/00000000-0000-0000-0000-000000000000.jpg"],
)  # fmt: skip
def test_what_is_not_there_is_said_plainly_in_the_same_look(seen, page):
    client, _, _ = seen
    answer = client.get(page)
    assert answer.status_code == 404
    html = answer.content.decode()
    assert 'class="mast page"' in html
    assert "site.css" in html
    assert answer["Cache-Control"] == "private, no-store"


def test_nonsense_in_the_query_is_taken_as_not_given(seen):
    client, _, _ = seen
    for query in (
        "state=%00&kind=<b>",
        "before=%E4%BD%A0",
        "after=99999999999999-1",
        "meeting=١",
        "before=1-1&after=2-2",
    ):
        assert client.get(f"/c/YXY/matters/?{query}").status_code == 200
    assert client.get("/ledger/YXY.jsonl?after=-1").status_code == 200


def test_paging_shows_every_readable_matter_once(seen):
    client, cast, _ = seen
    shown: list[str] = []
    before = ""
    for _page in range(20):
        html = client.get(f"/c/YXY/matters/?before={before}").content.decode()
        numbers = re.findall(r'<span class="no num"><a href="/c/YXY/m/([^/]+)/"', html)
        shown += numbers
        older = re.search(r'href="\?[^"]*before=([^"&]+)[^"]*" rel="next"', html)
        if not older:
            break
        before = older.group(1)
    there = Matter.objects.filter(community=cast.yxy, is_private=False, is_restricted=False).exclude(state="voided")
    assert sorted(shown) == sorted(m.number for m in there)
    assert len(shown) == len(set(shown))


def test_elder_mode_and_language_are_remembered_without_script(seen):
    client = Client()
    answer = client.get("/reading/?mode=elder&next=/c/YXY/")
    assert answer.headers["Location"] == "/c/YXY/"
    assert ' elder"' in client.get("/c/YXY/").content.decode()
    client.get("/reading/?language=en&next=/")
    assert '<html lang="en"' in client.get("/c/YXY/").content.decode()
    client.get("/reading/?mode=plain&next=/")
    assert ' elder"' not in client.get("/c/YXY/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_the_way_back_stays_in_the_house(seen, target):
    client, _, _ = seen
    assert client.get("/reading/", {"mode": "elder", "next": target}).headers["Location"] == "/"


def test_an_empty_town_has_pages_too():
    _, client = another_town()
    for page in PAGES:
        assert client.get(page).status_code == 200


def test_the_first_visit_of_any_page_is_at_most_sixty_kilobytes(seen):
    import gzip
    from pathlib import Path

    import zhouzhouhui

    static = Path(zhouzhouhui.__file__).parent / "static"
    furniture = len(gzip.compress((static / "site.css").read_bytes())) + len((static / "mark.svg").read_bytes())
    client, _, _ = seen
    for page in PAGES:
        if page.startswith("/ledger/YXY"):
            continue
        assert len(gzip.compress(client.get(page).content)) + furniture < 60_000
