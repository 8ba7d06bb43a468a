"""The draft of the minutes says what was said at that meeting, whatever is said later."""

from datetime import timedelta

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.models import Meeting
from zhouzhouhui.papers.minutes import draft_minutes
from zhouzhouhui.queries.agenda import agenda

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def drafted(meeting: Meeting) -> str:
    return draft_minutes(agenda(Meeting.objects.select_related("community__town").get(id=meeting.id)))


def test_each_way_of_speaking_stands_in_the_minutes_with_its_words(cast: Cast) -> None:
    first = cast.open()
    lamp, gate, other = (cast.raise_at(first, words) for words in ("路灯坏了。", "门禁坏了。", "隔壁镇的公交太少。"))
    secret = cast.raise_at(first, "我家的补偿款少算了。", is_private=True)
    cast.adjourn(first)
    cast.act(decline_matter, other, "office", reason="不归本镇管", instead="请找邻镇客运办")
    second = cast.open()
    for matter in (lamp, secret):
        cast.act(carry_over, matter, "cadre", words="灯杆订好了，电话 13800138000。", reason="厂家三周后发货")
    day = cast.now.date() + timedelta(days=40)
    cast.act(
        give_answer, gate, "cadre", answer=Answer("B", "下月换新的门禁。", promise_on=day, owner_is_community=True)
    )
    cast.act(read_decision, other, "cadre")
    cast.adjourn(second)
    minutes = drafted(second)
    assert "阶段性答复：灯杆订好了" in minutes
    assert "原因：厂家三周后发货" in minutes
    assert "13800138000" not in minutes
    assert "答复（正在解决）：下月换新的门禁。" in minutes
    assert f"承诺：{day:%Y 年 %-m 月 %-d 日}前办到。" in minutes
    assert "宣读决定（不予受理）：不归本镇管；请找邻镇客运办" in minutes
    assert "个人事项一件，阶段性答复。" in minutes
    assert "补偿款" not in minutes


def test_a_later_answer_does_not_change_the_minutes_of_an_earlier_meeting(cast: Cast) -> None:
    first = cast.open()
    matter = cast.raise_at(first, "路灯坏了。")
    cast.answer(matter, "D1", words="先记下，留作参考。")
    cast.adjourn(first)
    before = drafted(first)
    cast.act(dispute_answer, matter, cast.raiser(matter), reason="灯还是不亮。")
    second = cast.open()
    cast.answer(matter, "A1", words="灯已经修好了。")
    cast.adjourn(second)
    assert "答复（已解决）：灯已经修好了。" in drafted(second)
    assert drafted(first) == before
    assert "答复（留作参考）：先记下，留作参考。" in before
