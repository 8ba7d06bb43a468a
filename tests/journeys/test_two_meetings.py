"""One whole cycle in the browser: asked at one meeting, answered at the next, accepted, minuted, published."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage
from zhouzhouhui.models import Matter, Meeting


def appoint_and_open(stage: Stage, office: Page, host: Page) -> Meeting:
    """The office names host and recorder; at the hour the host opens the meeting."""
    meeting = stage.cast.next_meeting()
    office.goto(f"/hall/{meeting.id}/")
    for who, button in (("cadre", "定为主持人"), ("recorder", "加为记录员")):
        form = office.locator("form", has=office.get_by_role("button", name=button))
        form.locator("select").select_option(label=stage.cast.people[who].name)
        form.get_by_role("button", name=button).click()
    stage.travel(meeting.scheduled_at)
    host.goto(f"/hall/{meeting.id}/")
    host.get_by_role("button", name="现在开会").click()
    expect(host.get_by_role("heading", level=1)).to_contain_text(re.compile(r"第 \d+ 次"))
    return meeting


def write_down(page: Page, words: str) -> str:
    """What is said on the floor is written down; the slip's code is given back."""
    form = page.locator("form", has=page.get_by_role("button", name="记下", exact=True))
    form.get_by_label("原话").fill(words)
    form.get_by_role("button", name="记下", exact=True).click()
    return page.locator(".slip__code").inner_text()


def prepare(stage: Stage, office: Page, words: str, answer: str) -> None:
    """Between the meetings: the office assigns, the department drafts, the leader signs, each at the desk."""
    matter = Matter.objects.get(words=words)
    office.goto("/desk/")
    office.goto(f"/desk/m/{matter.id}/assign_matter/")
    form = office.locator("form.deskform--assign_matter")
    form.get_by_label("主办", exact=False).first.select_option(label="镇市政所")
    form.get_by_role("button", name="交办").click()

    officer = stage.window("officer")
    officer.goto("/desk/")
    officer.get_by_role("link", name=words[:6]).first.click()
    officer.get_by_text("A1", exact=True).click()
    officer.get_by_label("会上念的话").fill(answer)
    officer.get_by_role("button", name="送审签").click()

    leader = stage.window("leader")
    leader.goto("/desk/")
    leader.get_by_role("link", name=words[:6]).first.click()
    leader.locator("form.deskform--sign_answer").get_by_role("button").click()
    expect(leader.locator("#act")).to_contain_text("签好的答复")


def test_what_is_asked_at_one_meeting_is_answered_at_the_next(stage: Stage) -> None:
    office, host, recorder = stage.window("office"), stage.window("cadre"), stage.window("recorder")
    first = appoint_and_open(stage, office, host)
    recorder.goto(f"/hall/{first.id}/")
    puddle = write_down(recorder, "三号楼前一下雨就积水，老人出门要蹚水。")
    lamp = write_down(recorder, "小区门口的路灯坏了两个月。")
    assert puddle != lamp
    host.reload()
    host.get_by_role("button", name="散会").click()
    expect(host.locator("body")).to_contain_text("已散会")

    prepare(stage, office, "三号楼前一下雨就积水，老人出门要蹚水。", "低洼处昨天已经垫平了，请大家去看。")

    second = appoint_and_open(stage, office, host)
    host.get_by_role("button", name="散会").press("Enter")  # greyed, but it answers why
    refusal = host.get_by_role("alert")
    expect(refusal).to_contain_text("还有 2 件到期的事没有说到")
    expect(refusal).to_contain_text("1-01")
    expect(refusal).to_contain_text("1-02")

    item = host.locator("li.unsaid", has_text="积水")
    expect(item).to_contain_text("低洼处昨天已经垫平了")
    item.get_by_role("button", name="念完了，已答复").click()
    item = host.locator("li.unsaid", has_text="路灯")
    item.get_by_text("说明原因，下次再答").click()
    item.get_by_label("会上说的话").last.fill("灯杆订好了，还没有到货。")
    item.get_by_label("为什么这次还答不了").fill("厂家要三周才能发货")
    item.get_by_role("button", name="说过了，下次再答").click()
    host.get_by_role("button", name="散会").click()
    expect(host.locator("body")).to_contain_text("已散会")

    recorder.goto(f"/hall/{second.id}/minutes/")
    recorder.get_by_role("button", name="保存").click()
    leader = stage.window("leader")
    leader.goto(f"/hall/{second.id}/minutes/")
    leader.get_by_role("button", name="审签这一版").click()
    office.goto(f"/hall/{second.id}/minutes/")
    office.get_by_role("button", name="公布").click()

    resident = stage.window(phone=True)
    resident.goto("/c/YXY/minutes/2/")
    expect(resident.locator("body")).to_contain_text("低洼处昨天已经垫平了")
    expect(resident.locator("body")).to_contain_text("厂家要三周才能发货")
    resident.goto("/follow/")
    resident.get_by_label("回执编号").fill(puddle)
    resident.get_by_role("button", name="查一查").click()
    resident.get_by_label("解决了", exact=True).check()
    resident.get_by_role("button", name="交上去").click()
    resident.goto("/c/YXY/m/1-01/")
    expect(resident.locator("body")).to_contain_text("已办结")
