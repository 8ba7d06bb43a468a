"""Two people act on one matter at the same moment: one of them does, the other is told what happened."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.concurrency.at_once import again, at_once, codes, nothing_is_lost
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.add_note import add_note
from zhouzhouhui.actions.assign_matter import Lead, assign_matter
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.mark_private import mark_private
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.refer_matter import refer_matter
from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.actions.withdraw_matter import withdraw_matter
from zhouzhouhui.models import AnswerDraft, LedgerLine, Matter, Voice
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.powers import Actor

Act = Callable[[], Any]


def step(cast: Cast, verb: Any, matter: Matter, by: str | Actor, **brought: Any) -> Act:
    """An act made ready: nothing is asked of the database until it is taken."""
    actor = cast.who(by) if isinstance(by, str) else by
    return partial(verb, town_id=cast.town.id, matter_id=matter.id, by=actor, at=cast.later(minutes=1), **brought)


def two_assign(cast: Cast, matter: Matter) -> tuple[Act, Act]:
    lead = {"route": "town", "seen": matter.revision}
    return (
        step(cast, assign_matter, matter, "office", lead=Lead(department=cast.szs.id), **lead),
        step(cast, assign_matter, matter, "cadre", lead=Lead(department=cast.jws.id), **lead),
    )


def refer_and_decline(cast: Cast, matter: Matter) -> tuple[Act, Act]:
    return (
        step(cast, refer_matter, matter, "cadre", path="诉讼", reason="合同纠纷。", seen=matter.revision),
        step(cast, decline_matter, matter, "office", reason="不归本镇。", instead="邻镇。", seen=matter.revision),
    )


def assign_and_withdraw(cast: Cast, matter: Matter) -> tuple[Act, Act]:
    lead = Lead(department=cast.szs.id)
    return (
        step(cast, assign_matter, matter, "office", route="town", lead=lead, seen=matter.revision),
        step(cast, withdraw_matter, matter, cast.raiser(matter), reason="自己修好了。", seen=matter.revision),
    )


@pytest.mark.parametrize("prepare", [two_assign, refer_and_decline, assign_and_withdraw])
def test_of_two_who_act_on_what_they_see_one_does_and_the_other_is_told(
    cast: Cast, prepare: Callable[[Cast, Matter], tuple[Act, Act]]
) -> None:
    for _ in range(3):
        matter = cast.raise_between()
        outcomes = at_once(*prepare(cast, matter))
        assert codes(outcomes) == ["", "changed_meanwhile"]
        refused = next(o.refused for o in outcomes if o.refused)
        done = LedgerLine.objects.filter(matter=matter).order_by("-seq")[0]
        assert [since["verb"] for since in refused.facts["since"]] == [done.verb]
        assert refused.facts["number"] == matter.number and refused.facts["revision"] == 1
        assert LedgerLine.objects.filter(matter=matter).count() == 2
    nothing_is_lost(cast)


def test_a_matter_is_answered_or_carried_over_but_not_both_by_two_at_once(cast: Cast) -> None:
    matter = cast.raised_earlier()
    cast.open()
    outcomes = at_once(
        step(cast, give_answer, matter, "cadre", answer=Answer("A1", "修好了。"), seen=0),
        step(cast, carry_over, matter, "recorder", words="还在办。", reason="等材料。", seen=0),
    )
    assert codes(outcomes) == ["", "changed_meanwhile"]
    after = again(matter)
    assert (after.state == State.ANSWERED) != (after.carried_count == 1)
    nothing_is_lost(cast)


def test_one_raiser_is_content_while_another_disputes(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    cast.answer(matter)
    cast.adjourn(meeting)
    seen = again(matter).revision
    outcomes = at_once(
        step(cast, accept_answer, matter, cast.raiser(matter), solved="solved", seen=seen),
        step(cast, dispute_answer, matter, "delegate", reason="没修好。", seen=seen),
    )
    assert codes(outcomes) == ["", "changed_meanwhile"]
    nothing_is_lost(cast)


def test_two_drafts_at_once_leave_one_in_force(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    answers = [Answer("A1", f"修好了，第{n}稿。") for n in range(2)]
    outcomes = at_once(*[step(cast, draft_answer, matter, "officer", answer=a) for a in answers])
    assert "" in codes(outcomes) and set(codes(outcomes)) <= {"", "changed_meanwhile"}
    assert AnswerDraft.objects.filter(matter=matter, state="prepared").count() == 1


def test_an_answer_in_public_and_a_private_mark_at_once_never_publish_the_words(cast: Cast) -> None:
    matter = cast.raised_earlier()
    cast.open()
    outcomes = at_once(
        step(cast, give_answer, matter, "cadre", answer=Answer("A1", "送到三号楼。")),
        step(cast, mark_private, matter, "recorder"),
    )
    assert "" in codes(outcomes)
    after = again(matter)
    if after.is_private:
        assert after.public_words == ""


def test_two_matters_are_not_merged_into_each_other_at_once(cast: Cast) -> None:
    for _ in range(4):
        one, other = cast.raise_between("路灯坏了。"), cast.raise_between("路灯不亮。")
        outcomes = at_once(
            step(cast, merge_matter, one, "office", into=other.id),
            step(cast, merge_matter, other, "cadre", into=one.id),
        )
        assert sum(o.refused is None for o in outcomes) == 1, codes(outcomes)
        assert sorted([again(one).state, again(other).state]) == [State.MERGED, State.RAISED]
    nothing_is_lost(cast)


def test_everybody_may_add_something_at_the_same_time(cast: Cast) -> None:
    matter = cast.raise_between()
    notes = [step(cast, add_note, matter, "office", words=f"第{n}条备注。", seen=0) for n in range(6)]
    assert codes(at_once(*notes)) == [""] * 6
    assert again(matter).revision == 6
    nothing_is_lost(cast)


def test_the_same_act_sent_many_times_at_once_is_taken_once(cast: Cast) -> None:
    matter, act_id = cast.raise_between(), uuid4()
    note = step(cast, add_note, matter, "office", words="先问水务。", act_id=act_id)
    assert codes(at_once(note, note, note, note)) == [""] * 4
    assert LedgerLine.objects.filter(matter=matter, verb="add_note").count() == 1
    lead = Lead(department=cast.szs.id)
    assign = step(cast, assign_matter, matter, "office", route="town", lead=lead, act_id=uuid4())
    assert codes(at_once(assign, assign, assign)) == [""] * 3
    assert LedgerLine.objects.filter(matter=matter, verb="assign_matter").count() == 1
    assert again(matter).lead_department_id == cast.szs.id
    nothing_is_lost(cast)


def test_voices_at_once_are_each_counted_once(cast: Cast) -> None:
    matter = cast.raise_between()
    phones = [Actor(device=f"phone-{n}") for n in (0, 1, 2, 3, 0, 0)]
    outcomes = at_once(*[step(cast, second_matter, matter, phone) for phone in phones])
    assert codes(outcomes) == ["", "", "", "", "seconded_already", "seconded_already"]
    assert again(matter).seconds == Voice.objects.filter(matter=matter, kind=Voice.SECONDER).count() == 4
    people = at_once(*[step(cast, second_matter, matter, "leader") for _ in range(3)])
    assert codes(people) == ["", "seconded_already", "seconded_already"]
    assert again(matter).seconds == 5
    nothing_is_lost(cast)
