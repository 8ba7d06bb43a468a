"""Raising online, and following by slip: without an account, without a name, without script."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.models import Matter, Photo, Resident, Voice
from zhouzhouhui.outside import keyring
from zhouzhouhui.queries.tries import RAISED_AT_ONCE, WRONG_CODES
from zhouzhouhui.rules.powers import Actor

pytestmark = pytest.mark.django_db
RAISE = "/c/YXY/raise/"


@pytest.fixture
def cast():
    cache.clear()
    built = build_cast()
    with time_machine.travel(built.now, tick=False) as clock:
        built.clock = clock
        yield built
    cache.clear()


@pytest.fixture
def client() -> Client:
    return Client()


def at(cast: Cast) -> None:
    """The browser's clock goes with the cast's."""
    cast.clock.move_to(cast.now)


def ticket(client: Client) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', client.get(RAISE).content.decode()).group(1)


def send(client: Client, **typed) -> object:
    return client.post(RAISE, {"ticket": ticket(client), **typed})


def hold(client: Client, code: str) -> object:
    return client.post("/follow/", {"code": code})


def answered(cast: Cast, words: str = "门口一下雨就积水。", **more) -> Matter:
    """Raised at one meeting, answered at the next."""
    first = cast.open()
    matter = cast.raise_at(first, words, **more)
    cast.adjourn(first)
    cast.open()
    cast.answer(matter)
    at(cast)
    return Matter.objects.get(id=matter.id)


def slip_of(cast: Cast, matter: Matter) -> str:
    return cast.slips[str(matter.id)]


def test_a_word_is_raised_without_a_name_and_its_slip_is_shown_once_more_by_code(cast, client):
    answer = send(client, words="北门路口的反光镜碎了。")
    assert answer.headers["Location"] == "/follow/slip/"
    matter = Matter.objects.get()
    assert (matter.words, matter.channel, matter.is_between) == ("北门路口的反光镜碎了。", "web", True)
    assert Resident.objects.count() == 0
    page = client.get("/follow/slip/").content.decode()
    code = re.search(r'class="slip__code">([^<]+)<', page).group(1)
    assert "<svg" in page
    assert hold(Client(), code).headers["Location"] == f"/follow/mine/{matter.id}/"


def test_the_qr_code_on_the_slip_opens_it(cast, client):
    send(client, words="北门路口的反光镜碎了。")
    code = re.search(r'class="slip__code">([^<]+)<', client.get("/follow/slip/").content.decode()).group(1)
    other = Client()
    assert other.get(f"/follow/{code}/").headers["Location"] == f"/follow/mine/{Matter.objects.get().id}/"
    assert "反光镜" in other.get(f"/follow/mine/{Matter.objects.get().id}/").content.decode()


def test_everything_told_is_kept_and_the_contact_is_sealed(cast, client):
    send(
        client, words="健身角的扭腰器焊缝裂了。", kind="complaint", category="4.1", place="三号楼 502 室门口",
        people_count="12", is_private="", name="张阿婆", phone="138 1234 5678", consent="on", filled_in_by="孙子",
    )  # fmt: skip
    matter = Matter.objects.get()
    assert (matter.kind, matter.category.code, matter.people_count, matter.filled_in_by) == (
        "complaint",
        "4.1",
        12,
        "孙子",
    )
    resident = Resident.objects.get()
    assert keyring.decrypt(resident.phone_sealed) == "13812345678"
    assert "13812345678" not in resident.phone_sealed


def test_contact_without_consent_is_asked_again_and_what_was_typed_stays(cast, client):
    answer = send(client, words="路灯坏了三盏。", name="张阿婆", phone="13812345678")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "路灯坏了三盏。" in html
    assert "张阿婆" in html
    assert "先同意" in html
    assert not Matter.objects.exists()


def test_a_child_needs_a_guardian(cast, client):
    answer = send(client, words="滑梯裂了。", is_under_14="on", consent="on")
    assert answer.status_code == 422
    assert "监护人" in answer.content.decode()
    assert send(client, words="滑梯裂了。", is_under_14="on", guardian="妈妈", consent="on").status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": "  "}, "还没有写您要说的事"),
        ({"words": "长" * 5001}, "太长了，最多 5000 个字，现在是 5001 个"),
        ({"words": "路灯坏了", "phone": "123", "consent": "on"}, "不像电话号码"),
        ({"words": "路灯坏了", "people_count": "很多"}, "整数"),
        ({"words": "路灯坏了", "kind": "nonsense"}, "nonsense"),
    ],
)
def test_each_mistake_has_its_sentence(cast, client, typed, sentence):
    answer = send(client, **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Matter.objects.exists()


def test_a_report_goes_to_the_restricted_desk_and_is_on_no_public_page(cast, client):
    send(client, words="村干部占用公房。", kind="report")
    matter = Matter.objects.get()
    assert matter.is_restricted
    assert "由镇里专人办" in client.get("/follow/slip/").content.decode()
    for page in ("/", "/c/YXY/", "/c/YXY/matters/"):
        assert "占用公房" not in Client().get(page).content.decode()


def test_the_same_form_sent_twice_raises_one_matter_and_gives_the_same_slip(cast, client):
    typed = {"ticket": ticket(client), "words": "路灯坏了三盏。"}
    codes = set()
    for _ in range(2):
        client.post(RAISE, typed)
        codes.add(re.search(r'class="slip__code">([^<]+)<', client.get("/follow/slip/").content.decode()).group(1))
    assert Matter.objects.count() == 1
    assert len(codes) == 1


def test_a_form_left_open_for_two_days_keeps_what_was_typed(cast, client):
    old = ticket(client)
    cast.later(days=2)
    at(cast)
    answer = client.post(RAISE, {"ticket": old, "words": "路灯坏了三盏。"})
    assert answer.status_code == 422
    assert "路灯坏了三盏。" in answer.content.decode()
    assert not Matter.objects.exists()


def test_a_photo_is_kept_without_what_the_camera_wrote_into_it(cast, client):
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", (60, 40), "#777").save(drawn, "JPEG")
    photo = SimpleUploadedFile("x.jpg", drawn.getvalue(), content_type="image/jpeg")
    assert send(client, words="站台没有棚。", photo=photo).status_code == 302
    kept = Photo.objects.get()
    answer = client.get(f"/photo/{kept.id}.jpg")
    assert answer["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")


def test_what_is_no_photo_is_refused_with_a_sentence_and_the_words_stay(cast, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = send(client, words="站台没有棚。", photo=SimpleUploadedFile("x.jpg", b"MZ not a photo"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "站台没有棚。" in html
    assert "照片" in html
    assert not Photo.objects.exists()


def test_nobody_floods_a_community(cast, client):
    form = ticket(client)
    cache.set(f"tries:raise:{cast.town.id}:127.0.0.1", RAISED_AT_ONCE, timeout=60)
    answer = client.post(RAISE, {"ticket": form, "words": "再来一条。"})
    assert "请歇一会儿再提" in answer.content.decode()
    assert not Matter.objects.exists()


def test_a_wrong_code_is_told_plainly(cast, client):
    for typed, said in (("ABCD-EFGH-JKMN", "没有这个编号"), ("短", "十二位"), ("", "十二位")):
        answer = hold(client, typed)
        assert said in answer.content.decode()
        assert answer.status_code == 422


def test_a_code_tried_a_thousand_times_is_refused_with_a_clear_sentence(cast, client):
    matter = cast.raise_between("路灯坏了三盏。")
    for _ in range(WRONG_CODES):
        hold(client, keyring.new_code())
    answer = hold(client, slip_of(cast, matter))
    assert answer.status_code == 429
    assert "请过 10 分钟再试" in answer.content.decode()


def test_the_slip_pages_are_never_stored_anywhere(cast, client):
    matter = cast.raise_between("路灯坏了三盏。")
    hold(client, slip_of(cast, matter))
    for page in ("/follow/", "/follow/mine/", f"/follow/mine/{matter.id}/", "/follow/slip/"):
        assert client.get(page)["Cache-Control"] == "private, no-store"
    assert client.cookies["slip"]["path"] == "/follow/"
    assert client.cookies["slip"]["httponly"]


def test_without_the_slip_nobody_reads_or_acts(cast):
    matter = answered(cast)
    stranger = Client()
    for page in (f"/follow/mine/{matter.id}/", "/follow/mine/", "/follow/slip/"):
        assert stranger.get(page).headers["Location"] == "/follow/"
    assert stranger.post(f"/follow/mine/{matter.id}/say/", {"solved": "solved"}).headers["Location"] == "/follow/"
    assert Matter.objects.get(id=matter.id).state == "answered"


def test_one_slip_does_not_open_another_matter(cast, client):
    matter = answered(cast)
    other = cast.raise_between("别的事。")
    hold(client, slip_of(cast, other))
    assert client.get(f"/follow/mine/{matter.id}/").headers["Location"] == "/follow/"


def test_a_slip_of_another_town_opens_nothing_here(cast, client):
    there = build_cast(code="990112200", host="other.example")
    matter = there.raise_between("别镇的事。")
    assert hold(client, slip_of(there, matter)).status_code == 422


def test_a_forged_cookie_is_no_slip(cast, client):
    client.cookies["slip"] = "ABCD-EFGH-JKMN"
    assert client.get("/follow/mine/").headers["Location"] == "/follow/"


def test_the_raiser_accepts_the_answer_with_three_words(cast, client):
    matter = answered(cast)
    hold(client, slip_of(cast, matter))
    answer = client.post(
        f"/follow/mine/{matter.id}/say/", {"solved": "solved", "result": "satisfied", "manner": "basically"}
    )
    assert answer.headers["Location"].endswith("?done=accept_answer")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.solved, matter.result, matter.manner) == ("closed", "solved", "satisfied", "basically")
    assert matter.word_from == "raiser"
    assert "办结" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("typed", [{"solved": "no"}, {"solved": "solved", "result": "not"}, {"result": "not"}])
def test_not_solved_or_not_satisfied_is_a_dispute_and_goes_back_to_the_next_meeting(cast, client, typed):
    matter = answered(cast)
    hold(client, slip_of(cast, matter))
    client.post(f"/follow/mine/{matter.id}/say/", {**typed, "reason": "夜里九点以后照旧积水。"})
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.is_disputed) == ("raised", True)
    assert matter.due_meeting_id == cast.next_meeting().id
    story = Client().get(f"/c/YXY/m/{matter.number}/").content.decode()
    assert "夜里九点以后照旧积水。" in story


def test_a_dispute_without_a_word_is_asked_for_one_and_the_ticks_stay(cast, client):
    matter = answered(cast)
    hold(client, slip_of(cast, matter))
    answer = client.post(f"/follow/mine/{matter.id}/say/", {"solved": "no", "manner": "satisfied"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "哪里不对" in html
    assert re.search(r'name="solved" value="no" checked', html)
    assert Matter.objects.get(id=matter.id).state == "answered"


def test_nothing_ticked_is_told(cast, client):
    matter = answered(cast)
    hold(client, slip_of(cast, matter))
    answer = client.post(f"/follow/mine/{matter.id}/say/", {})
    assert answer.status_code == 422
    assert "解决了没有" in answer.content.decode()


def test_a_word_written_down_by_staff_can_be_taken_back(cast, client):
    matter = answered(cast)
    cast.act(accept_answer, matter, "recorder", solved="solved", result="satisfied")
    at(cast)
    hold(client, slip_of(cast, matter))
    assert "收回代记的话" in client.get(f"/follow/mine/{matter.id}/").content.decode()
    client.post(f"/follow/mine/{matter.id}/revoke_word/")
    assert Matter.objects.get(id=matter.id).state == "answered"


def test_a_matter_is_withdrawn_with_a_reason(cast, client):
    matter = cast.raise_between("路灯坏了三盏。")
    at(cast)
    hold(client, slip_of(cast, matter))
    assert client.post(f"/follow/mine/{matter.id}/withdraw_matter/", {"reason": ""}).status_code == 422
    client.post(f"/follow/mine/{matter.id}/withdraw_matter/", {"reason": "自己修好了"})
    assert Matter.objects.get(id=matter.id).state == "withdrawn"


def test_new_facts_reopen_and_a_reminder_is_one_press(cast, client):
    matter = answered(cast)
    hold(client, slip_of(cast, matter))
    client.post(f"/follow/mine/{matter.id}/say/", {"solved": "solved"})
    cast.later(days=1)
    at(cast)
    hold(client, slip_of(cast, matter))
    client.post(f"/follow/mine/{matter.id}/reopen_matter/", {"new_facts": "又塌了一块。"})
    assert Matter.objects.get(id=matter.id).state == "raised"
    answer = client.post(f"/follow/mine/{matter.id}/urge/")
    assert answer.headers["Location"].endswith("?done=urge")


def test_an_act_that_is_none_is_not_there(cast, client):
    matter = answered(cast)
    hold(client, slip_of(cast, matter))
    assert client.post(f"/follow/mine/{matter.id}/give_answer/", {"words": "x"}).status_code == 404


def test_a_seconder_reads_the_masked_words_only(cast, client):
    matter = cast.raise_between("三号楼 502 室，电话 13812345678，漏水。")
    code = keyring.new_code()
    cast.act(second_matter, matter, Actor(device="a-phone"), code=code)
    at(cast)
    hold(client, code)
    assert Voice.objects.filter(kind="seconder").count() == 1
    html = client.get(f"/follow/mine/{matter.id}/").content.decode()
    assert "13812345678" not in html
    assert "您附议的事" in html


def test_the_raiser_reads_their_own_words_as_they_were_said(cast, client):
    matter = cast.raise_between("三号楼 502 室，电话 13812345678，漏水。")
    hold(client, slip_of(cast, matter))
    assert "13812345678" in client.get(f"/follow/mine/{matter.id}/").content.decode()


def test_putting_the_slip_away_ends_it(cast, client):
    matter = cast.raise_between("路灯坏了三盏。")
    hold(client, slip_of(cast, matter))
    client.post("/follow/leave/")
    assert client.get("/follow/mine/").headers["Location"] == "/follow/"


def test_a_slip_for_many_matters_lists_them(cast, client):
    from zhouzhouhui.actions.raise_matter import NewMatter, raise_matters

    items = [NewMatter(words=f"第 {n} 件事。") for n in range(3)]
    raised = raise_matters(
        items=items, town_id=cast.town.id, community_id=cast.yxy.id, by=cast.who("cadre"), at=cast.now
    )
    assert hold(client, raised.code).headers["Location"] == "/follow/mine/"
    html = client.get("/follow/mine/").content.decode()
    assert html.count("件事。") == 3


def test_a_post_without_its_token_is_told_what_to_do(cast):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/follow/", {"code": "ABCD-EFGH-JKMN"})
    assert answer.status_code == 403
    assert "没有交成" in answer.content.decode()


def test_a_dissolved_community_sends_words_to_its_successor(cast, client):
    from zhouzhouhui.models import Community

    Community.objects.filter(id=cast.yxy.id).update(dissolved_on=cast.now.date(), successor=cast.whc)
    send(client, words="路灯坏了三盏。")
    assert Matter.objects.get().community_id == cast.whc.id
