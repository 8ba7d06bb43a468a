"""Undoing a merger."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.unmerge_matter import unmerge_matter
from zhouzhouhui.models import Matter


def test_it_is_due_on_its_own_again(cast: Cast, refusal: Refusal) -> None:
    target, one, two = (cast.raise_between(w) for w in ("积水", "二", "三"))
    due = one.due_meeting
    for matter in (one, two):
        cast.act(merge_matter, matter, "office", into=target.id)
    assert refusal(cast.act, unmerge_matter, one, "office", reason="") == "must_bring:reason"
    cast.act(unmerge_matter, one, "office", reason="不是一处")
    one = Matter.objects.get(id=one.id)
    assert (one.state, one.merged_into, one.due_meeting) == ("raised", None, due)
    cast.open()
    cast.act(read_decision, two, "cadre")
    cast.act(unmerge_matter, two, "cadre", reason="也不是一处")
    assert Matter.objects.get(id=two.id).due_meeting == cast.next_meeting()
