"""A resident with a phone and no account: raises, keeps the slip, reads, speaks. All of it without JavaScript too."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage
from zhouzhouhui.models import Matter


def follow(page: Page, code: str) -> None:
    page.goto("/follow/")
    page.get_by_label("回执编号").fill(code.lower().replace("-", " "))  # typed as it is read from paper
    page.get_by_role("button", name="查一查").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_matter_is_raised_from_a_phone_and_followed_by_its_slip(stage: Stage, javascript: bool) -> None:
    page = stage.window(phone=True, javascript=javascript)
    page.goto("/c/YXY/raise/")
    page.get_by_role("button", name="提出来").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("textarea[name=words]").fill("六号楼的门禁坏了，电话 13800138000，找我就行。")
    page.get_by_role("button", name="提出来").click()
    expect(page.get_by_role("heading", name="登记好了。")).to_be_visible()
    code = page.locator(".slip__code").inner_text()

    stranger = stage.window(phone=True, javascript=javascript)
    stranger.goto("/c/YXY/matters/")
    expect(stranger.locator("body")).to_contain_text("六号楼的门禁坏了")
    expect(stranger.locator("body")).not_to_contain_text("13800138000")
    follow(stranger, "ABCD-EFGH-JKMN")
    expect(stranger.get_by_role("alert")).to_be_visible()
    follow(stranger, code)
    expect(stranger.locator("body")).to_contain_text("13800138000")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_the_raiser_accepts_one_answer_and_disputes_another(stage: Stage, javascript: bool) -> None:
    cast = stage.cast
    meeting = cast.open()
    mended, unmended = cast.raise_at(meeting, "三号楼前积水。"), cast.raise_at(meeting, "楼道扶手松了。")
    for matter in (mended, unmended):
        cast.answer(matter, words="已经修好了。")
    cast.adjourn(meeting)
    stage.travel(cast.now)
    page = stage.window(phone=True, javascript=javascript)

    follow(page, cast.slips[str(mended.id)])
    page.get_by_label("解决了", exact=True).check()
    page.get_by_role("group", name="对办理结果满意吗？").get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_role("status")).to_contain_text("按您说的办结")

    follow(page, cast.slips[str(unmended.id)])
    page.get_by_label("没有解决", exact=True).check()
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_role("alert")).to_be_visible()  # a dispute needs its reason; what was ticked stays
    expect(page.get_by_label("没有解决", exact=True)).to_be_checked()
    page.get_by_label("哪里不对", exact=False).fill("只拧了一颗螺丝，一拉还是晃。")
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_role("status")).to_contain_text("异议")

    states = dict(Matter.objects.values_list("id", "state"))
    assert (states[mended.id], states[unmended.id]) == ("closed", "raised")
