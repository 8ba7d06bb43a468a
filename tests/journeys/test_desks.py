"""Staff at their desks: signing in, a session that ends while typing, pages without barriers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage


def sign_in(page: Page, login: str) -> None:
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码", exact=False).first.fill(f"pass-{login}")
    page.get_by_role("button", name="登录", exact=True).click()


@pytest.fixture
def lived_in(stage: Stage) -> Stage:
    """One meeting is over; what was raised waits at the desks."""
    cast = stage.cast
    meeting = cast.open()
    puddle = cast.raise_at(meeting, "三号楼前一下雨就积水。")
    cast.raise_at(meeting, "小区门口的路灯坏了两个月。")
    cast.adjourn(meeting)
    cast.assign(puddle)
    stage.travel(cast.now)
    return stage


def test_somebody_signs_in_and_is_led_to_where_they_wanted_to_go(lived_in: Stage) -> None:
    page = lived_in.window()
    page.goto("/desk/matters/")
    sign_in(page, "officer")
    expect(page).to_have_url(f"{lived_in.address}/desk/matters/")
    expect(page.locator("main")).to_contain_text("积水")


def test_what_was_typed_outlives_the_session(lived_in: Stage) -> None:
    page = lived_in.window()
    page.goto("/sign-in/login/")
    sign_in(page, "officer")
    page.get_by_role("link", name="三号楼前").first.click()
    page.get_by_label("会上念的话").fill("低洼处已经垫平，排水口也通了。")
    page.get_by_text("A1", exact=True).click()
    lived_in.clock.shift(timedelta(hours=9))
    page.get_by_role("button", name="送审签").click()
    sign_in(page, "officer")
    expect(page.locator("main")).to_contain_text("低洼处已经垫平，排水口也通了。")
    page.get_by_role("button", name="接着提交").click()
    expect(page.locator("#act")).to_contain_text("等审签的答复")
    expect(page.locator("#act")).to_contain_text("低洼处已经垫平，排水口也通了。")


@pytest.mark.parametrize("phone", [True, False], ids=["390", "1440"])
@pytest.mark.parametrize(("who", "address"), [
    ("office", "/desk/"), ("office", "/desk/matters/"), ("officer", "/desk/"), ("leader", "/desk/"),
    ("cadre", "/desk/"), ("office", "/hall/"), ("admin", "/setup/"),
    ("leader", "/desk/overview/"), ("office", "/desk/meetings/"), ("cadre", "/desk/raise/"),
    ("officer", "/desk/evenings/"), ("auditor", "/desk/ledger/"),
])  # fmt: skip
def test_a_desk_is_whole_and_has_no_barrier(
    lived_in: Stage, axe: Callable[[Page], list[str]], who: str, address: str, phone: bool
) -> None:
    page = lived_in.window(who, phone=phone)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
