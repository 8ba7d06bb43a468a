"""What a resident sees: on a phone, at a desk, without JavaScript, in English, in large type."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage


@pytest.fixture
def lived_in(stage: Stage) -> Stage:
    """One meeting is over: a matter answered on the spot, one owed, one private."""
    meeting = stage.cast.open()
    answered = stage.cast.raise_at(meeting, "三号楼前一下雨就积水，老人出门要蹚水。")
    stage.cast.raise_at(meeting, "小区门口的路灯坏了两个月。")
    stage.cast.raise_at(meeting, "我家的补偿款少算了一间。", is_private=True)
    stage.cast.answer(answered, words="昨天已经把低洼处垫平了。")
    stage.cast.adjourn(meeting)
    stage.travel(stage.cast.now)
    return stage


ADDRESSES = (
    "/", "/c/", "/c/YXY/", "/c/YXY/matters/", "/c/YXY/m/1-01/", "/c/YXY/raise/",
    "/raise/", "/figures/", "/follow/", "/ledger/", "/privacy/", "/sign-in/login/",
)  # fmt: skip


@pytest.mark.parametrize("phone", [True, False], ids=["390", "1440"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole_and_has_no_barrier(
    lived_in: Stage, axe: Callable[[Page], list[str]], address: str, phone: bool
) -> None:
    page = lived_in.window(phone=phone)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_everything_reads_without_javascript(lived_in: Stage) -> None:
    page = lived_in.window(phone=True, javascript=False)
    page.goto("/")
    page.get_by_role("link", name="银杏苑").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("银杏苑")
    page.get_by_text("积水").first.click()
    expect(page.locator("body")).to_contain_text("昨天已经把低洼处垫平了")
    expect(page.locator("body")).not_to_contain_text("补偿款")
