"""When a matter is due: an event, not a number of days. It moves when the meeting moves, and is never nowhere."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.break_off_meeting import break_off_meeting
from zhouzhouhui.actions.cancel_meeting import cancel_meeting
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.keep_promise import keep_promise
from zhouzhouhui.actions.mark_not_held import mark_not_held
from zhouzhouhui.actions.move_meeting import move_meeting
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.reopen_matter import reopen_matter
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.jobs.clock import tick
from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.queries.figures import figures
from zhouzhouhui.rules.calendar_days import working_days_between
from zhouzhouhui.rules.rhythm import day_in_china

pytestmark = pytest.mark.django_db


def due(matter: Matter) -> Meeting:
    meeting = Matter.objects.select_related("due_meeting").get(id=matter.id).due_meeting
    assert meeting is not None
    return meeting


def called(cast: Cast) -> list[Meeting]:
    return list(
        Meeting.objects.filter(
            community=cast.yxy, state="called", kind="regular", scheduled_at__gt=cast.now
        ).order_by("scheduled_at")
    )  # fmt: skip


def test_raised_at_a_meeting_it_is_due_at_the_next_one_before_anybody_is_responsible(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    assert matter.lead_department is None and due(matter) == called(cast)[0]


@pytest.mark.parametrize("days_before", [1, 2, 3, 4, 5, 6, 8])
def test_raised_between_meetings_it_is_due_at_the_first_at_least_three_working_days_away(
    cast: Cast, days_before: int
) -> None:
    cast.adjourn(cast.open())
    first, second = called(cast)[:2]
    cast.now = first.scheduled_at - timedelta(days=days_before)
    matter = cast.raise_between()
    away = working_days_between(day_in_china(cast.now), day_in_china(first.scheduled_at), {})
    assert due(matter) == (first if away >= 3 else second)


def test_a_moved_meeting_takes_its_matters_along_and_no_date_is_lost(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = due(matter)
    later = meeting.scheduled_at + timedelta(days=2)
    cast.meet(move_meeting, meeting, "cadre", scheduled_at=later, reason="礼堂有事。")
    assert due(matter) == meeting and not Matter.objects.get(id=matter.id).first_due_lost
    again = cast.open()
    assert again == meeting
    cast.answer(matter)
    cast.adjourn(again)
    assert figures(town_id=cast.town.id).as_json()["on_time"] == {"n": 1, "of": 1}


@pytest.mark.parametrize("loses", ["cancelled", "not_held"])
def test_a_lost_date_hands_on_to_the_meeting_after_and_counts_against(cast: Cast, loses: str) -> None:
    matter = cast.raised_earlier()
    lost, after = called(cast)[:2]
    if loses == "cancelled":
        cast.meet(cancel_meeting, lost, "office", reason="台风。")
    else:
        cast.now = lost.scheduled_at + timedelta(hours=25)
        cast.meet(mark_not_held, lost, "clock")
    assert due(matter) == after
    meeting = cast.open()
    cast.answer(matter)
    cast.adjourn(meeting)
    assert figures(town_id=cast.town.id).as_json()["on_time"] == {"n": 0, "of": 1}


def test_broken_off_it_is_due_first_at_an_extra_meeting_within_seven_days(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    cast.meet(break_off_meeting, meeting, "cadre", reason="停电。")
    extra = due(matter)
    assert extra.kind == "extra" and timedelta() < extra.scheduled_at - cast.now <= timedelta(days=7)
    assert extra.continues == meeting
    assert Meeting.objects.get(id=meeting.id).unspoken == [matter.number]
    assert cast.open() == extra


@pytest.mark.parametrize(("days_later", "place"), [(-1, 0), (0, 0), (1, 1), (13, 1), (14, 1), (15, 2)])
def test_a_promise_comes_back_at_the_first_meeting_on_or_after_its_day(cast: Cast, days_later: int, place: int) -> None:
    matter = cast.raised_earlier()
    cast.open()
    following = called(cast)
    day = day_in_china(following[0].scheduled_at) + timedelta(days=days_later)
    answer = Answer("B", "到那天修好。", promise_on=day, owner_is_community=True)
    cast.act(give_answer, matter, "cadre", answer=answer)
    assert due(matter) == following[place]


def test_a_promise_further_off_than_any_meeting_called_waits_by_its_day_and_finds_its_meeting(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    day = day_in_china(called(cast)[-1].scheduled_at) + timedelta(days=3)
    cast.act(give_answer, matter, "cadre", answer=Answer("C", "明年修。", promise_on=day, owner_is_community=True))
    assert Matter.objects.get(id=matter.id).due_from == day
    cast.adjourn(meeting)
    cast.adjourn(cast.open())
    assert day_in_china(due(matter).scheduled_at) >= day and Matter.objects.get(id=matter.id).due_from is None


def test_a_promise_kept_early_is_read_out_at_the_next_meeting(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    day = day_in_china(called(cast)[2].scheduled_at)
    cast.act(give_answer, matter, "cadre", answer=Answer("B", "修。", promise_on=day, owner_is_community=True))
    cast.adjourn(meeting)
    cast.act(keep_promise, matter, "cadre", evidence="照片。", done_on=day_in_china(cast.now))
    assert due(matter) == called(cast)[0]


def test_carried_over_disputed_or_reopened_it_is_due_at_the_next_regular_meeting(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    cast.act(carry_over, matter, "cadre", words="还在办。", reason="等材料。")
    assert due(matter) == called(cast)[0]
    cast.adjourn(meeting)
    meeting = cast.open()
    cast.answer(matter)
    cast.adjourn(meeting)
    cast.act(dispute_answer, matter, cast.raiser(matter), reason="又积水了。")
    assert due(matter) == called(cast)[0]
    meeting = cast.open()
    cast.answer(matter)
    cast.act(accept_answer, matter, cast.raiser(matter), solved="solved")
    cast.adjourn(meeting)
    cast.act(reopen_matter, matter, cast.raiser(matter), new_facts="管道又断了。")
    assert due(matter) == called(cast)[0]


def test_a_shelved_matter_comes_back_at_the_first_meeting_on_or_after_its_review(cast: Cast) -> None:
    matter = cast.raised_earlier()
    cast.assign(matter)
    review = day_in_china(called(cast)[1].scheduled_at) - timedelta(days=1)
    cast.act(shelve_matter, matter, "leader", reason="等规划。", level="town", review_on=review)
    assert due(matter) == called(cast)[0], "until it has been read out"
    meeting = cast.open()
    cast.act(read_decision, matter, "cadre")
    assert day_in_china(due(matter).scheduled_at) >= review and due(matter) == called(cast)[0]
    cast.adjourn(meeting)


def test_a_slot_that_was_lost_is_never_called_again_even_where_four_stood_called(cast: Cast) -> None:
    matter = cast.raise_between()
    first = called(cast)[0]
    cast.now = first.scheduled_at + timedelta(hours=1)
    tick(town=cast.town, at=cast.now)  # nobody came yet; three more stand called
    cast.meet(move_meeting, first, "cadre", scheduled_at=cast.now + timedelta(days=2), reason="改到后天。")
    assert len(called(cast)) == 4
    for place in (3, 2):
        cast.meet(cancel_meeting, called(cast)[place], "office", reason="礼堂占用。")
    cast.adjourn(cast.open())
    cast.meet(cancel_meeting, called(cast)[0], "office", reason="台风。")
    slots = [meeting.slot_on for meeting in Meeting.objects.filter(community=cast.yxy, kind="regular")]
    assert len(called(cast)) >= 3 and len(slots) == len(set(slots))
    assert due(matter) == called(cast)[0]
