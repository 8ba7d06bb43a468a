"""Answering at the restricted desk."""

from datetime import date, timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.answer_restricted import answer_restricted
from zhouzhouhui.actions.mark_restricted import mark_restricted
from zhouzhouhui.actions.name_substitute import name_substitute
from zhouzhouhui.models import Matter, Sealed

SAID = Answer("D2", "查过了，没有这回事", basis="核查报告")


def test_the_desk_answers_outside_the_hall_and_nothing_of_it_is_public(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting, "举报有人收钱", kind="report")
    cast.act(answer_restricted, matter, "office", answer=SAID, told_on=date(2026, 3, 3))
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.answered_meeting, matter.first_answer_on_time) == ("answered", None, None)
    assert set(Sealed.objects.filter(line__matter=matter).values_list("public_text", flat=True)) == {""}
    cast.adjourn(meeting)


def test_a_promise_is_due_at_the_desk(cast: Cast) -> None:
    matter = cast.raise_between("举报乱收费", kind="report")
    when = cast.now.date() + timedelta(days=20)
    cast.act(
        answer_restricted,
        matter,
        "office",
        answer=Answer("B", "二十天内查清", promise_on=when),
        told_on=cast.now.date(),
    )
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.desk_due_on, matter.due_meeting) == ("promised", when, None)


def test_it_is_told_in_the_past_and_only_restricted_matters_are_answered_so(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between("举报乱收费", kind="report")
    tomorrow = cast.now.date() + timedelta(days=1)
    assert (
        refusal(cast.act, answer_restricted, matter, "office", answer=SAID, told_on=tomorrow)
        == "time_in_the_future:told_on"
    )
    plain = cast.raise_between()
    assert refusal(cast.act, answer_restricted, plain, "office", answer=SAID, told_on=cast.now.date()) == "not_allowed"


def test_where_the_office_is_concerned_the_named_substitute_acts(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between("办公室压着不办")
    cast.act(mark_restricted, matter, "cadre", concerns=[cast.people["office"].id])
    assert refusal(cast.act, answer_restricted, matter, "office", answer=SAID, told_on=cast.now.date()) == "not_found"
    cast.act(name_substitute, matter, "leader", substitute=cast.people["auditor"].id)
    cast.act(answer_restricted, matter, "auditor", answer=SAID, told_on=cast.now.date())
    assert Matter.objects.get(id=matter.id).state == "answered"
