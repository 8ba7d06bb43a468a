"""Keeping a promise."""

from datetime import date, timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.answer_restricted import answer_restricted
from zhouzhouhui.actions.assign_matter import Lead, assign_matter
from zhouzhouhui.actions.keep_promise import keep_promise
from zhouzhouhui.models import Matter


def promised(cast: Cast) -> Matter:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.assign(matter)
    cast.answer(matter, "B", "年底前", promise_on=date(2026, 12, 20))
    cast.adjourn(meeting)
    return matter


def test_done_early_it_is_read_out_at_the_next_meeting(cast: Cast, refusal: Refusal) -> None:
    matter = promised(cast)
    cast.later(days=2)
    cast.act(keep_promise, matter, "officer", evidence="验收单一张", done_on=date(2026, 3, 4))
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.done_on, matter.due_meeting) == ("promised", date(2026, 3, 4), cast.next_meeting())
    cast.open()
    cast.answer(matter, "A1", "灯已经亮了")
    assert Matter.objects.get(id=matter.id).done_on == date(2026, 3, 4)


def test_only_the_owner_and_only_with_evidence_and_a_possible_day(cast: Cast, refusal: Refusal) -> None:
    matter = promised(cast)

    def keep(by: str, evidence: str, day: date) -> str:
        return refusal(cast.act, keep_promise, matter, by, evidence=evidence, done_on=day)

    assert keep("cadre", "照片", date(2026, 3, 3)) == "not_allowed"
    assert keep("officer", " ", date(2026, 3, 3)) == "must_bring:evidence"
    assert keep("officer", "照片", date(2026, 3, 9)) == "time_in_the_future:done_on"
    assert keep("officer", "照片", date(2026, 3, 1)) == "done_before_raised"


def test_kept_while_its_meeting_is_open_it_is_due_there(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.act(assign_matter, matter, "cadre", route="community", lead=Lead(community=True))
    cast.answer(matter, "B", "两周内", promise_on=date(2026, 3, 10))
    cast.adjourn(meeting)
    second = cast.open()
    cast.act(keep_promise, matter, "cadre", evidence="昨晚装好", done_on=cast.now.date())
    assert Matter.objects.get(id=matter.id).due_meeting == second


def test_a_restricted_promise_stays_at_its_desk(cast: Cast) -> None:
    matter = cast.raise_between("举报乱收费", kind="report")
    cast.assign(matter)
    when = cast.now.date() + timedelta(days=20)
    cast.act(answer_restricted, matter, "office", answer=Answer("B", "会查", promise_on=when), told_on=cast.now.date())
    cast.act(keep_promise, matter, "officer", evidence="查完了", done_on=cast.now.date())
    matter = Matter.objects.get(id=matter.id)
    assert (matter.desk_due_on, matter.due_meeting) == (when, None)
