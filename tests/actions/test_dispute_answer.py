"""Disputing an answer or a decision."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.answer_restricted import answer_restricted
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.models import LedgerLine, Matter
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules.powers import Actor

WHY = {"reason": "水还在"}


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(id=matter.id)


def test_a_disputed_matter_is_due_again_at_the_next_meeting_with_its_lead(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.assign(matter)
    cast.answer(matter)
    cast.act(dispute_answer, matter, cast.raiser(matter), manner="not", **WHY)
    matter = fresh(matter)
    assert (matter.state, matter.is_disputed, matter.manner) == ("assigned", True, "not")
    assert matter.due_meeting == cast.next_meeting()
    body = json.loads(LedgerLine.objects.get(verb="dispute_answer").body)
    assert body["session_offered"] is False and body["word_from"] == "raiser"


def test_each_raiser_disputes_an_answer_once_and_the_second_dispute_offers_a_session(
    cast: Cast, refusal: Refusal
) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter, "B", "两周内", promise_on=cast.now.date().replace(day=10))
    cast.act(dispute_answer, matter, cast.raiser(matter), **WHY)
    assert fresh(matter).state == "raised"
    cast.adjourn(meeting)
    cast.open()
    cast.answer(matter)
    cast.act(accept_answer, matter, "recorder", solved="solved")
    cast.act(dispute_answer, matter, cast.raiser(matter), **WHY)
    assert fresh(matter).session_offered


def test_the_same_answer_is_not_disputed_twice_by_the_same_raiser(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter)
    Matter.objects.get(id=matter.id).voices.update(disputed_answer=1)
    assert refusal(cast.act, dispute_answer, matter, cast.raiser(matter), **WHY) == "disputed_already"


def test_a_seconder_a_posted_delegate_and_staff_on_the_raisers_word_dispute_too(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    one, two, three = (cast.raise_at(meeting, w) for w in ("一", "二", "三"))
    code = keyring.new_code()
    cast.act(second_matter, one, Actor(device="phone-9"), code=code)
    for matter in (one, two, three):
        cast.answer(matter)
    cast.act(dispute_answer, one, Actor(slips=frozenset({keyring.code_lookup(code)})), **WHY)
    cast.act(dispute_answer, two, "delegate", **WHY)
    assert refusal(cast.act, dispute_answer, three, "cadre", **WHY) == "own_answer"
    cast.act(dispute_answer, three, "recorder", **WHY)
    assert [fresh(m).word_from for m in (one, two, three)] == ["raiser", "raiser", "staff"]


def test_a_decision_is_disputed_after_it_was_read(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.act(decline_matter, matter, "office", reason="不归镇里", instead="区里")
    assert refusal(cast.act, dispute_answer, matter, cast.raiser(matter), **WHY) == "decision_not_read_yet"
    cast.open()
    cast.act(read_decision, matter, "cadre")
    cast.act(dispute_answer, matter, cast.raiser(matter), **WHY)
    matter = fresh(matter)
    assert (matter.state, matter.is_decision_unread) == ("raised", False)


def test_a_raiser_takes_their_matter_out_of_a_merger(cast: Cast) -> None:
    meeting = cast.open()
    target, same = cast.raise_at(meeting, "积水"), cast.raise_at(meeting, "也是积水")
    cast.act(merge_matter, same, "office", into=target.id)
    cast.act(dispute_answer, same, cast.raiser(same), reason="不是一回事")
    same = fresh(same)
    assert (same.state, same.merged_into) == ("raised", None)


def test_every_raiser_of_a_merged_matter_keeps_the_word_and_one_dispute_reopens_for_all(cast: Cast) -> None:
    meeting = cast.open()
    target, same = cast.raise_at(meeting, "积水"), cast.raise_at(meeting, "也是积水")
    cast.act(merge_matter, same, "office", into=target.id)
    cast.answer(target)
    cast.act(dispute_answer, target, cast.raiser(same), **WHY)
    assert fresh(target).state == "raised"


def test_a_restricted_answer_is_disputed_at_its_desk(cast: Cast) -> None:
    matter = cast.raise_between("举报乱收费", kind="report")
    cast.act(answer_restricted, matter, "office", answer=Answer("A1", "查处了"), told_on=cast.now.date())
    cast.act(dispute_answer, matter, cast.raiser(matter), **WHY)
    matter = fresh(matter)
    assert (matter.state, matter.due_meeting) == ("raised", None) and matter.desk_due_on is not None
