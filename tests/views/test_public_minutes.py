"""Published minutes in their editions, and pages that cannot be given."""

import pytest
from django.test import Client, RequestFactory
from django.urls import clear_url_caches, path, set_urlconf

from tests.cast import Cast, build_cast
from zhouzhouhui import urls
from zhouzhouhui.actions.edit_minutes import edit_minutes
from zhouzhouhui.actions.publish_minutes import publish_minutes
from zhouzhouhui.actions.sign_minutes import sign_minutes
from zhouzhouhui.models import Meeting
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.views import errors
from zhouzhouhui.views.gate import gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def publish(cast: Cast, meeting: Meeting, words: str) -> None:
    cast.meet(edit_minutes, meeting, "recorder", words=words)
    cast.meet(sign_minutes, meeting, "leader")
    cast.meet(publish_minutes, meeting, "office")


def held(cast: Cast) -> Meeting:
    """A first meeting with one word raised, and a second at which it was answered."""
    first = cast.open()
    matter = cast.raise_at(first, "北门外公交站没有棚也没有灯。")
    cast.raise_at(first, "我家的私事不要说出去。", is_private=True)
    cast.adjourn(first)
    return Meeting.objects.get(id=first.id), matter


def test_minutes_are_read_with_who_signed_them_and_the_head_they_print(cast):
    meeting, _ = held(cast)
    publish(cast, meeting, "第一行。\n\n第二行。")
    html = Client().get("/c/YXY/minutes/1/").content.decode()
    edition = meeting.minutes.get()
    assert "李镇签发" in html
    assert "第一行。" in html
    assert " ".join(edition.head_hash[n : n + 4] for n in range(0, 64, 4)) in html
    assert "/c/YXY/minutes/1/" in Client().get("/c/YXY/minutes/").content.decode()


def test_minutes_show_what_was_raised_there_but_nothing_private(cast):
    meeting, matter = held(cast)
    publish(cast, meeting, "开过了。")
    html = Client().get("/c/YXY/minutes/1/").content.decode()
    assert matter.words in html
    assert "私事" not in html


def test_what_was_answered_at_the_meeting_stands_with_its_answer(cast):
    first = cast.open()
    matter = cast.raise_at(first, "路灯坏了。")
    cast.adjourn(first)
    second = cast.open()
    cast.answer(matter, words="三盏都换了。")
    cast.adjourn(second)
    publish(cast, second, "第二次。")
    html = Client().get("/c/YXY/minutes/2/").content.decode()
    assert "三盏都换了。" in html
    assert "1 / 1" in html.replace("\xa0", " ")


def test_a_later_edition_is_added_and_the_old_one_stays(cast):
    meeting, _ = held(cast)
    publish(cast, meeting, "头一稿。")
    publish(cast, meeting, "改过的一稿。")
    client = Client()
    now = client.get("/c/YXY/minutes/1/").content.decode()
    old = client.get("/c/YXY/minutes/1/?edition=1").content.decode()
    assert "改过的一稿。" in now
    assert "头一稿。" not in now
    assert "头一稿。" in old
    assert "这是旧的一稿" in old
    assert client.get("/c/YXY/minutes/1/?edition=99").status_code == 200


def test_minutes_not_yet_published_are_not_there(cast):
    meeting, _ = held(cast)
    cast.meet(edit_minutes, meeting, "recorder", words="草稿。")
    cast.meet(sign_minutes, meeting, "leader")
    answer = Client().get("/c/YXY/minutes/1/")
    assert answer.status_code == 404
    assert "还没有公布" in answer.content.decode()


def test_the_minutes_page_makes_few_queries(cast, django_assert_max_num_queries):
    meeting, _ = held(cast)
    publish(cast, meeting, "开过了。")
    for page in ("/c/YXY/minutes/1/", "/c/YXY/minutes/"):
        with django_assert_max_num_queries(12):
            Client().get(page)


@pytest.fixture
def broken_pages():
    """Addresses that fail on purpose, each in its own way."""

    @gate("public")
    def refused(request):
        raise Refused("too_many_tries", minutes=10)

    @gate("public")
    def refused_not_found(request):
        raise Refused("not_found")

    @gate("public")
    def broken(request):
        raise RuntimeError("on purpose")

    @gate("leader")
    def for_leaders(request):
        raise AssertionError("nobody gets here")

    added = [
        path("-/refused/", refused), path("-/none/", refused_not_found), path("-/broken/", broken),
        path("-/leaders/", for_leaders),
    ]  # fmt: skip
    before = list(urls.urlpatterns)
    urls.urlpatterns[:0] = added
    clear_url_caches()
    yield
    urls.urlpatterns[:] = before
    clear_url_caches()
    set_urlconf(None)


def test_a_refusal_nobody_took_care_of_is_a_page_with_its_sentence_and_status(cast, broken_pages):
    answer = Client().get("/-/refused/")
    assert answer.status_code == 429
    assert "请过 10 分钟再试" in answer.content.decode()
    assert Client().get("/-/none/").status_code == 404


def test_a_fault_of_ours_is_said_without_a_trace_of_it(cast, broken_pages):
    client = Client(raise_request_exception=False)
    answer = client.get("/-/broken/")
    assert answer.status_code == 500
    html = answer.content.decode()
    assert "这里出了毛病" in html
    assert "on purpose" not in html


def test_when_even_the_page_of_faults_fails_a_plain_sentence_is_left(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", fail)
    answer = errors.server_error(RequestFactory().get("/"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert "请过一会儿再试" in answer.content.decode()


def test_who_lacks_the_mandate_is_told_whose_page_it_is(cast, broken_pages):
    client = Client()
    assert client.get("/-/leaders/").headers["Location"].startswith("/sign-in/")
    client.force_login(cast.people["officer"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/-/leaders/")
    assert answer.status_code == 403
    assert "这一页只给" in answer.content.decode()


def test_a_bad_request_is_said_plainly(cast):
    request = RequestFactory().get("/")
    request.town = cast.town
    answer = errors.bad_request(request, ValueError())
    assert answer.status_code == 400
    assert "再试一次" in answer.content.decode()


@pytest.mark.parametrize("who", [(), ("nobody",), ("office", "king")])
def test_a_gate_that_names_no_role_is_refused_when_it_is_built(who):
    with pytest.raises(ValueError, match="no such gate"):
        gate(*who)
