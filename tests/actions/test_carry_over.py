"""Carrying over aloud."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.models import LedgerLine, Matter, Meeting, Sealed

SAID = {"words": "材料到了就修", "reason": "缺配件"}


def carried(cast: Cast, matter: Matter, **more: object) -> Matter:
    meeting = Meeting.objects.filter(state="open").first()
    if meeting:
        cast.adjourn(meeting)
    cast.open()
    return cast.act(carry_over, Matter.objects.get(id=matter.id), "cadre", **{**SAID, **more})


def test_it_is_due_again_next_time_in_the_same_state(cast: Cast) -> None:
    matter = cast.raised_earlier()
    carried(cast, matter, ask_route="district")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.carried_in_a_row, matter.asked_route) == ("raised", 1, "district")
    assert matter.due_meeting == cast.next_meeting()
    body = json.loads(LedgerLine.objects.get(verb="carry_over").body)
    assert (body["row"], body["ask_route"]) == (1, "district")


def test_the_third_in_a_row_needs_a_new_step_and_a_leaders_name(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    carried(cast, matter)
    carried(cast, matter)
    leader = cast.people["leader"].id
    assert refusal(carried, cast, matter) == "third_carry_over:new_step"
    told = {**SAID, "new_step": "镇长去区里"}
    assert refusal(cast.act, carry_over, matter, "cadre", **told) == "third_carry_over:leader"
    assert (
        refusal(cast.act, carry_over, matter, "cadre", leader=cast.people["cadre"].id, **told)
        == "third_carry_over:leader"
    )
    cast.act(carry_over, matter, "cadre", leader=leader, **told)
    assert Matter.objects.get(id=matter.id).carried_in_a_row == 3
    assert Sealed.objects.get(name="leader").text == "李镇"


def test_words_and_reason_are_both_needed_and_only_for_what_is_due_here(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    assert refusal(cast.act, carry_over, matter, "cadre", words="等", reason="") == "must_bring:reason"
    assert refusal(cast.act, carry_over, matter, "cadre", words="", reason="等") == "must_bring:words"
    assert refusal(cast.act, carry_over, matter, "cadre", ask_route="上天", **SAID) == "no_such_choice:route"
    new = cast.raise_at(meeting)
    assert refusal(cast.act, carry_over, new, "cadre", **SAID) == "not_due_here"
