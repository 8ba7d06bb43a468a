"""A meeting changes at the very moment at which something is raised, spoken or promised for it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from tests.cast import Cast
from tests.concurrency.at_once import again, at_once, codes, meeting_again, nothing_is_lost
from tests.concurrency.test_one_matter import step
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.adjourn_meeting import adjourn_meeting, unspoken
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.actions.break_off_meeting import break_off_meeting
from zhouzhouhui.actions.cancel_meeting import cancel_meeting
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.mark_not_held import mark_not_held
from zhouzhouhui.actions.move_meeting import move_meeting
from zhouzhouhui.actions.open_meeting import open_meeting
from zhouzhouhui.actions.raise_matter import NewMatter, raise_matter, raise_matters
from zhouzhouhui.jobs.clock import tick
from zhouzhouhui.models import LedgerLine, Matter, Meeting
from zhouzhouhui.queries.figures import figures, recount_from_ledger

Act = Callable[[], Any]


def meet(cast: Cast, verb: Any, meeting: Meeting, by: str, **brought: Any) -> Act:
    at = brought.pop("at", None) or cast.later(minutes=1)
    return partial(verb, town_id=cast.town.id, meeting_id=meeting.id, by=cast.who(by), at=at, **brought)


def raising(cast: Cast, words: str, *, meeting: Meeting | None = None, by: str = "recorder") -> Act:
    where = {"meeting_id": meeting.id} if meeting else {"community_id": cast.yxy.id}
    item = NewMatter(words=words)
    return partial(
        raise_matter, item=item, town_id=cast.town.id, by=cast.who(by), at=cast.later(seconds=1), **where
    )  # fmt: skip


def test_eight_who_raise_in_one_meeting_get_numbers_without_gap_or_repetition(cast: Cast) -> None:
    meeting, rounds = cast.open(), 4

    def several(acts: list[Act]) -> Act:
        return lambda: [act().matters[0].number for act in acts]

    writers = [
        several([raising(cast, f"第{n}号门口第{r}件。", meeting=meeting) for r in range(rounds)]) for n in range(8)
    ]
    outcomes = at_once(*writers)
    numbers = sorted(number for outcome in outcomes for number in outcome.done)
    assert numbers == [f"1-{place:02d}" for place in range(1, 8 * rounds + 1)]
    assert Matter.objects.filter(raised_meeting=meeting).count() == 8 * rounds
    assert LedgerLine.objects.filter(verb="raise_matter").count() == 8 * rounds
    nothing_is_lost(cast)


def test_one_list_sent_several_times_at_once_is_saved_once(cast: Cast) -> None:
    meeting = cast.open()
    items = [NewMatter(words=f"第{n}个问题。") for n in range(23)]
    send = partial(
        raise_matters, items=items, town_id=cast.town.id, meeting_id=meeting.id, by=cast.who("recorder"),
        at=cast.later(minutes=1),
    )  # fmt: skip
    outcomes = at_once(send, send, send)
    assert codes(outcomes) == ["", "", ""]
    assert sorted(o.done.again for o in outcomes) == [False, True, True]
    assert {tuple(m.id for m in o.done.matters) for o in outcomes} == {tuple(item.id for item in items)}
    assert Matter.objects.count() == 23
    nothing_is_lost(cast)


def test_a_meeting_is_opened_once_and_one_meeting_at_a_time(cast: Cast) -> None:
    meeting = cast.next_meeting()
    cast.meet(appoint_host, meeting, "office", person=cast.people["cadre"].id)
    cast.meet(appoint_host, meeting, "office", person=cast.people["office"].id, is_deputy=True)
    cast.now = meeting.scheduled_at
    outcomes = at_once(
        *[meet(cast, open_meeting, meeting, by, seen=meeting_again(meeting).revision) for by in ("cadre", "office")]
    )
    assert codes(outcomes) == ["", "changed_meanwhile"]
    refused = next(o.refused for o in outcomes if o.refused)
    assert [since["verb"] for since in refused.facts["since"]][-1] == "open_meeting"
    assert meeting_again(meeting).number == 1
    assert Meeting.objects.filter(community=cast.yxy, state="called").count() == 3
    nothing_is_lost(cast)


def test_no_due_matter_slips_through_while_somebody_adjourns(cast: Cast) -> None:
    for place in range(3):
        matter = cast.raised_earlier(f"第{place}件。")
        meeting = cast.open()
        outcomes = at_once(
            meet(cast, adjourn_meeting, meeting, "cadre"),
            step(cast, give_answer, matter, "recorder", answer=Answer("A1", "修好了。")),
            raising(cast, "会上又提一件。", meeting=meeting),
        )
        adjourned, spoken, raised = (outcome.code for outcome in outcomes)
        assert spoken == "" and again(matter).state == "answered", "it is due, so the meeting waits for it"
        assert adjourned in ("", "unspoken_left") and raised in ("", "no_open_meeting")
        meeting = meeting_again(meeting)
        assert unspoken(meeting) == []
        if adjourned:
            cast.adjourn(meeting)
        elif raised == "":
            frozen = meeting_again(meeting).frozen
            assert frozen is not None and frozen["raised"] == Matter.objects.count()
        for late in Matter.objects.filter(due_meeting=cast.next_meeting()):
            nxt = cast.open()
            cast.act(carry_over, late, "cadre", words="还在办。", reason="等材料。")
            cast.answer(late)
            cast.adjourn(nxt)
        nothing_is_lost(cast)


def test_what_is_spoken_in_a_meeting_was_spoken_before_it_ended(cast: Cast) -> None:
    for _ in range(3):
        meeting = cast.open()
        matter = cast.raise_at(meeting)
        outcomes = at_once(
            meet(cast, adjourn_meeting, meeting, "cadre"),
            step(cast, give_answer, matter, "recorder", answer=Answer("A3", "马上就办。")),
        )
        assert outcomes[0].code == "" and outcomes[1].code in ("", "not_allowed")
        lines = LedgerLine.objects.filter(meeting=meeting).order_by("-seq")
        assert lines[0].verb == "adjourn_meeting", "nothing was said in it afterwards"
        if outcomes[1].refused:
            late = cast.open()
            cast.answer(matter)
            cast.adjourn(late)
        nothing_is_lost(cast)


def test_a_matter_answered_while_the_hall_breaks_up_is_not_published_as_unspoken(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    outcomes = at_once(
        meet(cast, break_off_meeting, meeting, "cadre", reason="停电。"),
        step(cast, give_answer, matter, "recorder", answer=Answer("A1", "修好了。")),
    )
    assert outcomes[0].code == ""
    answered = outcomes[1].code == ""
    assert meeting_again(meeting).unspoken == ([] if answered else [matter.number])
    assert (again(matter).due_meeting is None) == answered
    nothing_is_lost(cast)


def test_two_clocks_that_tick_at_once_do_each_thing_once(cast: Cast) -> None:
    cast.raise_between("到时候没有开成。")
    for _ in range(3):
        missed = [cast.next_meeting(cast.yxy), cast.next_meeting(cast.whc)]
        cast.now = max(m.scheduled_at for m in missed) + timedelta(hours=25)
        clocks = at_once(*[partial(tick, town=cast.town, at=cast.now) for _ in range(4)])
        assert codes(clocks) == [""] * 4
        for meeting in missed:
            assert LedgerLine.objects.filter(meeting=meeting, verb="mark_not_held").count() == 1
        for community in (cast.yxy, cast.whc):
            ahead = Meeting.objects.filter(community=community, state="called", scheduled_at__gt=cast.now)
            assert ahead.count() == 3 == ahead.values("slot_on").distinct().count()
        nothing_is_lost(cast)


def carried_over(cast: Cast) -> Act:
    matter = cast.raised_earlier()
    cast.open()
    return step(cast, carry_over, matter, "cadre", words="还在办。", reason="等材料。")


def promised(cast: Cast) -> Act:
    matter = cast.raised_earlier()
    cast.open()
    day: date = cast.next_meeting().scheduled_at.date()
    return step(
        cast, give_answer, matter, "cadre", answer=Answer("B", "到那天修好。", promise_on=day, owner_is_community=True)
    )


def disputed(cast: Cast) -> Act:
    matter = cast.raised_earlier()
    meeting = cast.open()
    cast.answer(matter)
    cast.adjourn(meeting)
    return step(cast, dispute_answer, matter, cast.raiser(matter), reason="又坏了。")


def raised_between(cast: Cast) -> Act:
    return raising(cast, "会外提一件。", by="cadre")


def raised_at_a_meeting(cast: Cast) -> Act:
    return raising(cast, "会上提一件。", meeting=cast.open())


@pytest.mark.parametrize("prepare", [carried_over, promised, disputed, raised_between, raised_at_a_meeting])
@pytest.mark.parametrize("loses", ["cancelled", "not_held", "moved"])
def test_nothing_becomes_due_at_a_meeting_that_is_lost_at_that_moment(
    cast: Cast, prepare: Callable[[Cast], Act], loses: str
) -> None:
    act = prepare(cast)
    following = cast.next_meeting()
    if loses == "cancelled":
        other = meet(cast, cancel_meeting, following, "office", reason="台风。")
    elif loses == "moved":
        sooner = following.scheduled_at - timedelta(days=1)
        other = meet(cast, move_meeting, following, "cadre", scheduled_at=sooner, reason="礼堂有事。")
    else:  # seen from a clock a day later than the one who acts
        other = meet(cast, mark_not_held, following, "clock", at=following.scheduled_at + timedelta(hours=25))
    outcomes = at_once(other, act)
    assert codes(outcomes) == ["", ""]
    nothing_is_lost(cast)
    assert figures(town_id=cast.town.id) == recount_from_ledger(town_id=cast.town.id)
