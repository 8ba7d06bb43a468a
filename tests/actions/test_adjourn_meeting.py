"""Adjourning: refused while a due matter is unspoken."""

import json

import pytest

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.adjourn_meeting import adjourn_meeting
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.models import LedgerLine, Matter, Meeting
from zhouzhouhui.rules.refusals import Refused


def test_the_refusal_lists_what_is_unspoken_with_what_can_be_done_for_each(cast: Cast, refusal: Refusal) -> None:
    first = cast.open()
    ready, open_one, declined, shelved, _ = (
        cast.raise_at(first, words, is_private=words == "个人") for words in ("备好", "没备", "不受理", "挂账", "个人")
    )
    cast.adjourn(first)
    for matter in (ready, shelved):
        cast.assign(matter)
    cast.act(draft_answer, ready, "officer", answer=Answer("A1", "修好了"))
    cast.act(sign_answer, ready, "leader")
    cast.act(decline_matter, declined, "office", reason="不归镇里", instead="区里")
    cast.act(shelve_matter, shelved, "leader", reason="等", level="city", review_on=cast.now.date().replace(month=5))
    meeting = cast.open()
    cast.act(read_decision, shelved, "cadre")
    Matter.objects.filter(id=shelved.id).update(due_meeting=meeting)  # its review came due, nobody reviewed it
    with pytest.raises(Refused) as caught:
        cast.adjourn(meeting)
    listed = {m["number"]: m["can"] for m in caught.value.facts["matters"]}
    assert caught.value.code == "unspoken_left" and caught.value.facts["count"] == 5
    assert listed[ready.number] == ["give_answer", "carry_over"]
    assert listed[open_one.number] == ["carry_over", "give_answer"]
    assert listed[declined.number] == ["read_decision"] and listed[shelved.number] == ["carry_over"]
    assert [m["private"] for m in caught.value.facts["matters"]].count(True) == 1
    assert "备好" not in str(caught.value.facts)
    assert not LedgerLine.objects.filter(verb="adjourn_meeting", meeting=meeting).exists()


def test_when_all_is_spoken_it_ends_and_its_figures_are_frozen(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    cast.act(carry_over, matter, "recorder", words="等配件", reason="缺货")
    assert refusal(cast.meet, adjourn_meeting, meeting, "recorder") == "not_allowed"
    cast.adjourn(meeting)
    ended = Meeting.objects.get(id=meeting.id)
    assert ended.state == "adjourned" and ended.ended_at is not None
    assert json.loads(LedgerLine.objects.get(verb="adjourn_meeting", meeting=meeting).body)["frozen"] == ended.frozen


def test_restricted_matters_stand_outside_the_guard(cast: Cast) -> None:
    first = cast.open()
    cast.raise_at(first, "举报收钱", kind="report")
    cast.adjourn(first)
    cast.adjourn(cast.open())
