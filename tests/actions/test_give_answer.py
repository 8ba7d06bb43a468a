"""Giving an answer in the hall."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.actions.cancel_meeting import cancel_meeting
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.models import AnswerDraft, LedgerLine, Matter, Meeting, Sealed


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(id=matter.id)


def told(cast: Cast, matter: Matter, **more: Any) -> Matter:
    return cast.act(give_answer, fresh(matter), "cadre", **more)


def ready(cast: Cast, answer: Answer) -> Matter:
    """A matter with a signed answer, and its meeting open."""
    first = cast.open()
    matter = cast.raise_at(first)
    cast.adjourn(first)
    cast.assign(matter)
    cast.act(draft_answer, matter, "officer", answer=answer)
    cast.act(sign_answer, matter, "leader")
    cast.open()
    return matter


def test_the_signed_draft_is_read_and_the_matter_is_answered_on_time(cast: Cast) -> None:
    matter = ready(cast, Answer("D2", "装不了减速带", basis="镇规第 6 条"))
    told(cast, matter)
    matter = fresh(matter)
    assert (matter.state, matter.outcome, matter.due_meeting) == ("answered", "D2", None)
    assert matter.first_answer_on_time is True and not matter.on_the_spot
    assert AnswerDraft.objects.get().state == "given"
    body = json.loads(LedgerLine.objects.get(matter=matter, verb="give_answer").body)
    assert (body["outcome"], body["first_answer_on_time"], body["due"]) == ("D2", True, None)
    sealed = Sealed.objects.filter(line__verb="give_answer")
    assert sealed.get(name="words").public_text == "装不了减速带" and sealed.get(name="basis").public_text


def test_words_on_the_spot_take_the_place_of_a_draft(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    assert refusal(told, cast, matter) == "no_signed_draft"
    cast.act(draft_answer, matter, "cadre", answer=Answer("A1", "旧的"))
    assert refusal(told, cast, matter) == "no_signed_draft"
    cast.answer(matter, "A1", "马上就修")
    matter = fresh(matter)
    assert matter.on_the_spot and matter.first_answer_on_time is None and matter.done_on == date(2026, 3, 3)
    assert AnswerDraft.objects.get().state == "superseded"


def test_a_promise_stays_open_and_comes_back_on_or_after_its_date(cast: Cast) -> None:
    meeting = cast.open()
    near, far = cast.raise_at(meeting, "近的"), cast.raise_at(meeting, "远的")
    cast.answer(near, "B", "三周内", promise_on=date(2026, 3, 20))
    cast.answer(far, "C", "年底前", promise_on=date(2026, 12, 20))
    near, far = fresh(near), fresh(far)
    assert near.state == "promised" and near.due_meeting is not None
    assert near.due_meeting.scheduled_at.date() > date(2026, 3, 20)
    assert near.owner_is_community
    assert (far.due_meeting, far.due_from) == (None, date(2026, 12, 20))


def test_a_matter_carried_over_is_answered_but_no_longer_on_time(cast: Cast) -> None:
    matter = ready(cast, Answer("A1", "修好了"))
    cast.act(carry_over, matter, "cadre", words="等配件", reason="缺货")
    cast.adjourn(Meeting.objects.get(state="open"))
    cast.open()
    told(cast, matter)
    assert fresh(matter).first_answer_on_time is False


def test_a_lost_date_counts_against_on_time(cast: Cast) -> None:
    first = cast.open()
    matter = cast.raise_at(first)
    cast.adjourn(first)
    cast.meet(cancel_meeting, cast.next_meeting(), "office", reason="台风")
    cast.open()
    cast.answer(matter)
    assert fresh(matter).first_answer_on_time is False


def test_an_answer_before_it_was_due_is_on_time(cast: Cast) -> None:
    first = cast.open()
    cast.adjourn(first)
    cast.now = cast.next_meeting().scheduled_at.replace(hour=5)
    matter = cast.raise_between("明天开会才想起来")
    cast.open()
    cast.answer(matter)
    assert fresh(matter).first_answer_on_time is True


def test_the_second_answer_changes_nothing_of_the_first(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter, "B", "两周内", promise_on=date(2026, 3, 10))
    cast.adjourn(meeting)
    cast.open()
    cast.answer(matter, "A1", "办好了")
    matter = fresh(matter)
    assert matter.answer_count == 2 and matter.answered_meeting == meeting and matter.state == "answered"


def test_a_private_matter_is_answered_in_person_and_spoken_by_number(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting, "我家的补偿", is_private=True)
    answer = Answer("D2", "按协议只能这样", basis="补偿协议")
    assert refusal(told, cast, matter, answer=answer) == "must_bring:told"
    told(cast, matter, answer=answer, told="3 月 2 日上门说了")
    assert set(Sealed.objects.filter(line__matter=matter).values_list("public_text", flat=True)) == {""}


def test_only_host_or_recorder_answer_and_only_in_their_open_meeting(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    answer = Answer("A1", "好了")
    assert refusal(cast.act, give_answer, matter, "office", answer=answer) == "not_allowed"
    assert refusal(cast.act, give_answer, matter, "othercadre", answer=answer) == "not_allowed"
    cast.act(give_answer, matter, "recorder", answer=answer)
    other = cast.raise_between("另一件", community=cast.whc)
    assert refusal(cast.act, give_answer, other, "cadre", answer=answer) == "not_allowed"


def test_a_matter_answered_as_one_of_a_group_says_so(cast: Cast) -> None:
    meeting = cast.open()
    group = uuid4()
    told(cast, cast.raise_at(meeting), answer=Answer("A1", "都修了"), group=group)
    assert json.loads(LedgerLine.objects.get(verb="give_answer").body)["group"] == str(group)


def test_the_second_of_two_is_told_what_the_first_did(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    seen = matter.revision
    cast.meet(appoint_host, meeting, "office", person=cast.people["office"].id, is_deputy=True)
    cast.act(give_answer, matter, "cadre", answer=Answer("A1", "好了"), seen=seen)
    code = refusal(cast.act, give_answer, matter, "office", answer=Answer("A2", "差不多"), seen=seen)
    assert code == "changed_meanwhile"
    cast.answer(other := cast.raise_at(meeting, "另一件"), "B", "下周", promise_on=date(2026, 3, 12))
    assert refusal(cast.act, give_answer, other, "office", answer=Answer("A1", "好"), seen=0) == "changed_meanwhile"
