"""What may happen while several matters are spoken in one act, and what one act for several still asks of each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions import _together
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions._ledger import Overtaken
from zhouzhouhui.actions.add_note import add_note
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.actions.speak_group import speak_group
from zhouzhouhui.models import AnswerDraft, Matter


def due(cast: Cast, count: int = 3) -> list[Matter]:
    first = cast.open()
    matters = [cast.raise_at(first, f"第 {n} 件") for n in range(count)]
    cast.adjourn(first)
    return matters


def speak(cast: Cast, matters: list[Matter], manner: str, **told: object) -> list[Matter]:
    return speak_group(
        manner=manner, town_id=cast.town.id, matter_ids=[m.id for m in matters], by=cast.who("cadre"),
        at=cast.later(minutes=1), **told,
    )  # fmt: skip


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Let something happen after everything was read and before the chain is held."""

    def happens(act: Callable[[], Any]) -> None:
        hold = _together.hold_head

        def after_it(*, community_id: UUID | None, town_id: UUID) -> Any:
            monkeypatch.setattr(_together, "hold_head", hold)
            act()
            return hold(community_id=community_id, town_id=town_id)

        monkeypatch.setattr(_together, "hold_head", after_it)

    return happens


def test_what_happens_to_another_matter_meanwhile_does_not_matter(cast: Cast, meanwhile: Any) -> None:
    matters = due(cast)
    cast.open()
    meanwhile(lambda: cast.act(add_note, matters[2], "office", words="另一件"))
    assert len(speak(cast, matters[:2], "give_answer", answer=Answer("A1", "都修好了"))) == 2
    meanwhile(lambda: cast.raise_between("又一件"))
    assert speak(cast, [matters[2], *due_again(cast)], "carry_over", words="等", reason="缺货")


def due_again(cast: Cast) -> list[Matter]:
    """One more that is due at the open meeting."""
    matter = cast.raise_between("早先的")
    open_now = Matter.objects.filter(due_meeting__state="open")[0].due_meeting
    Matter.objects.filter(id=matter.id).update(due_meeting=open_now)
    return [matter]


def test_where_one_of_them_was_changed_meanwhile_all_begin_again(cast: Cast, meanwhile: Any) -> None:
    matters = due(cast)
    cast.open()
    meanwhile(lambda: cast.act(add_note, matters[0], "office", words="这一件"))
    with pytest.raises(Overtaken):
        speak(cast, matters, "carry_over", words="等", reason="缺货")
    assert set(Matter.objects.values_list("carried_count", flat=True)) == {0}


def test_signed_drafts_are_read_in_a_row_and_are_given_then(cast: Cast) -> None:
    matters = due(cast, 2)
    for matter in matters:
        cast.assign(matter)
        cast.act(draft_answer, matter, "officer", answer=Answer("A1", f"{matter.number} 修好了"))
        cast.act(sign_answer, matter, "leader")
    cast.open()
    spoken = speak(cast, matters, "give_answer")
    assert [matter.answer_words for matter in spoken] == [f"{matter.number} 修好了" for matter in matters]
    assert set(AnswerDraft.objects.values_list("state", flat=True)) == {"given"}


def test_an_owner_named_for_all_is_one_that_is_there(cast: Cast, refusal: Refusal) -> None:
    matters = due(cast, 2)
    cast.open()
    later = cast.now.date().replace(month=5)
    unknown = Answer("B", "五月办", promise_on=later, owner_department=uuid4())
    assert refusal(speak, cast, matters, "give_answer", answer=unknown) == "no_such_department"
    named = Answer("B", "五月办", promise_on=later, owner_department=cast.szs.id)
    assert {m.owner_department_id for m in speak(cast, matters, "give_answer", answer=named)} == {cast.szs.id}


def test_matters_of_two_communities_are_spoken_apart(cast: Cast, refusal: Refusal) -> None:
    matters = [*due(cast, 1), cast.raise_between("河边的路", community=cast.whc)]
    cast.open()
    assert refusal(speak, cast, matters, "carry_over", words="等", reason="缺货") == "one_community_a_group"
    stranger = Matter(id=uuid4())
    assert refusal(speak, cast, [matters[0], stranger], "carry_over", words="等", reason="缺货") == "not_found"


def test_a_leader_named_before_the_third_time_is_one_of_the_towns(cast: Cast, refusal: Refusal) -> None:
    matter = due(cast, 1)[0]
    cast.open()
    told = {"words": "等", "reason": "缺货"}
    assert refusal(cast.act, carry_over, matter, "cadre", leader=uuid4(), **told) == "third_carry_over:leader"
    assert cast.act(carry_over, matter, "cadre", leader=cast.people["leader"].id, **told).carried_count == 1
