"""The door of the desk: the short name, the lock, the second factor, and what was typed when a session ended."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from tests.cast import Cast, build_cast
from tests.views.desk_world import SIGNED_IN_BY, client_of, live
from zhouzhouhui.models import LedgerLine

pytestmark = pytest.mark.django_db
LOGIN = "/sign-in/login/"


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def sign_in(client: Client, login: str, password: str, **more: str):  # type: ignore[no-untyped-def]
    return client.post(LOGIN, {"login": login, "password": password, **more})


def test_staff_sign_in_with_the_short_name_of_their_town(cast: Cast, client: Client) -> None:
    answer = sign_in(client, " Office ", "pass-office")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert "何办" in client.get("/desk/").content.decode()


def test_the_same_short_name_in_another_town_is_somebody_else(cast: Cast) -> None:
    build_cast(code="990112200", host="other.example")
    here, there = Client(), Client(headers={"host": "other.example"})
    assert sign_in(here, "office", "pass-office").status_code == 302
    assert sign_in(there, "office", "pass-office").status_code == 302
    assert here.session["_auth_user_id"] != there.session["_auth_user_id"]


def test_a_wrong_password_is_told_without_telling_whether_the_name_exists(cast: Cast, client: Client) -> None:
    known = sign_in(client, "office", "wrong").content.decode()
    unknown = sign_in(client, "nobody", "wrong").content.decode()
    sentence = "登录名和密码对不上"
    assert sentence in known
    assert sentence in unknown


def test_after_too_many_tries_the_name_is_locked_and_the_page_says_for_how_long(cast: Cast, client: Client) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        last = sign_in(client, "office", "wrong")
    assert last.status_code == 429
    assert f"连着错了 {settings.AXES_FAILURE_LIMIT} 次" in last.content.decode()
    assert sign_in(Client(), "office", "pass-office").status_code == 429
    assert sign_in(Client(), "leader", "pass-leader").status_code == 302  # nobody else is locked


def test_the_lock_of_one_town_locks_nobody_in_another(cast: Cast) -> None:
    build_cast(code="990112200", host="other.example")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(Client(), "office", "wrong")
    assert sign_in(Client(headers={"host": "other.example"}), "office", "pass-office").status_code == 302


def test_signing_out_leaves_nothing_behind(cast: Cast, client: Client) -> None:
    client.force_login(cast.people["office"], backend=SIGNED_IN_BY)
    assert client.post("/sign-in/logout/").status_code == 302
    assert client.get("/desk/")["Location"].startswith(LOGIN)


def test_nobody_makes_an_account_or_resets_a_password_by_themselves(cast: Cast, client: Client) -> None:
    for path in ("/sign-in/signup/", "/sign-in/password/reset/", "/sign-in/email/"):
        assert client.get(path).status_code == 404


def test_the_password_is_changed_with_the_old_one(cast: Cast, client: Client) -> None:
    client.force_login(cast.people["office"], backend=SIGNED_IN_BY)
    typed = {"oldpassword": "wrong", "password1": "lang-genug-7", "password2": "lang-genug-7"}
    assert "现在的密码不对" in client.post("/sign-in/password/change/", typed).content.decode()
    client.post("/sign-in/password/change/", {**typed, "oldpassword": "pass-office"})
    assert sign_in(Client(), "office", "lang-genug-7").status_code == 302


@pytest.mark.parametrize("login", ["office", "leader", "admin"])
def test_where_the_town_asks_for_it_a_second_factor_comes_before_the_desk(cast: Cast, login: str) -> None:
    cast.town.settings = {"require_second_factor": True}
    cast.town.save()
    client = Client()
    client.force_login(cast.people[login], backend=SIGNED_IN_BY)
    for path in ("/desk/matters/", "/desk/overview/", "/desk/"):
        assert client.get(path)["Location"] == "/desk/account/"
    assert "两步登录" in client.get("/desk/account/").content.decode()
    Authenticator.objects.create(user=cast.people[login], type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/desk/").status_code == (200 if login != "admin" else 302)
    assert client.get("/desk/").headers.get("Location", "/setup/") == "/setup/"


def test_others_need_no_second_factor(cast: Cast) -> None:
    cast.town.settings = {"require_second_factor": True}
    cast.town.save()
    client = Client()
    client.force_login(cast.people["officer"], backend=SIGNED_IN_BY)
    assert client.get("/desk/").status_code == 200


def test_an_authenticator_app_is_bound_and_asked_for_at_the_next_sign_in(cast: Cast, client: Client) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

    sign_in(client, "office", "pass-office")
    assert client.get("/sign-in/second-factor/totp/activate/")["Location"].startswith("/sign-in/reauthenticate/")
    client.post("/sign-in/reauthenticate/", {"password": "pass-office"})
    page = client.get("/sign-in/second-factor/totp/activate/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post("/sign-in/second-factor/totp/activate/", {"code": code}).status_code == 302
    assert TOTP(Authenticator.objects.get(type="totp")) is not None
    again = Client()
    assert sign_in(again, "office", "pass-office")["Location"].startswith("/sign-in/second-factor/authenticate/")
    assert "六位动态码" in again.get("/sign-in/second-factor/authenticate/").content.decode()
    assert again.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/login/",
        "/sign-in/logout/",
        "/sign-in/inactive/",
        "/sign-in/password/change/",
        "/sign-in/second-factor/",
        "/sign-in/second-factor/totp/activate/",
        "/sign-in/second-factor/webauthn/",
        "/sign-in/second-factor/webauthn/add/",
        "/sign-in/reauthenticate/",
    ],
)
def test_the_pages_at_the_door_are_ours_from_top_to_bottom(cast: Cast, client: Client, path: str) -> None:
    if "login" not in path:
        sign_in(client, "office", "pass-office")
    if "second-factor" in path:
        client.post("/sign-in/reauthenticate/", {"password": "pass-office"})
    page = client.get(path)
    assert page.status_code == 200
    assert 'class="deskbar"' in page.content.decode()


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in() -> None:
    world = live()
    with time_machine.travel(world.cast.now, tick=True):
        client = client_of(world, "office")
        client.get("/desk/")
        client.cookies.pop(settings.SESSION_COOKIE_NAME)  # the session has run out
        path = f"/desk/m/{world.fresh.id}/add_note/"
        typed = {"words": "已经和物业说好下周来看。", "seen": str(world.fresh.revision)}
        sent = client.post(path, typed)
        assert sent["Location"] == f"{LOGIN}?next=/desk/kept/"
        assert "一个字也没丢" in client.get(sent["Location"]).content.decode()
        assert sign_in(client, "office", "pass-office", next="/desk/kept/")["Location"] == "/desk/kept/"
        page = client.get("/desk/kept/").content.decode()
        assert typed["words"] in page
        assert f'action="{path}"' in page
        assert client.post(path, typed).status_code == 302
        assert LedgerLine.objects.filter(matter=world.fresh, verb="add_note").count() == 1
        assert client.get("/desk/kept/")["Location"] == "/desk/"  # sent: nothing is kept any longer


def test_what_was_kept_can_be_thrown_away() -> None:
    world = live()
    with time_machine.travel(world.cast.now, tick=True):
        client = client_of(world, "office")
        client.get("/desk/")
        client.cookies.pop(settings.SESSION_COOKIE_NAME)
        client.post(f"/desk/m/{world.fresh.id}/add_note/", {"words": "写了一半"})
        sign_in(client, "office", "pass-office")
        assert "写了一半" in client.get("/desk/kept/").content.decode()
        client.post("/desk/kept/")
        assert client.get("/desk/kept/")["Location"] == "/desk/"


def test_whoever_signs_in_next_on_the_same_machine_reads_nothing_of_it() -> None:
    world = live()
    with time_machine.travel(world.cast.now, tick=True):
        client = client_of(world, "office")
        client.get("/desk/")
        client.cookies.pop(settings.SESSION_COOKIE_NAME)
        client.post(f"/desk/m/{world.fresh.id}/add_note/", {"words": "只给办公室看的话"})
        sign_in(client, "cadre", "pass-cadre")
        assert client.get("/desk/kept/")["Location"] == "/desk/"
        assert "kept_form" not in client.session


def test_no_password_is_ever_kept(cast: Cast, client: Client) -> None:
    client.post("/desk/slip/lost/", {"phone": "13800001111", "password": "geheim", "csrfmiddlewaretoken": "x"})
    assert client.session["kept_form"]["fields"] == {"phone": ["13800001111"]}
