"""Merging."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.models import LedgerLine, Matter


def test_the_merger_is_read_out_at_the_meeting_it_was_due_at(cast: Cast) -> None:
    target, same = cast.raise_between("积水"), cast.raise_between("也是积水")
    cast.act(merge_matter, same, "cadre", into=target.id)
    same = Matter.objects.get(id=same.id)
    assert (same.state, same.merged_into, same.is_decision_unread) == ("merged", target, True)
    assert same.due_meeting is not None
    assert json.loads(LedgerLine.objects.get(verb="merge_matter").body)["into"] == str(target.id)


def test_only_into_an_open_matter_of_the_same_community(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between("积水")

    def merge(target: Matter) -> str:
        return refusal(cast.act, merge_matter, matter, "office", into=target.id)

    assert merge(matter) == "merge_same_community"
    assert merge(cast.raise_between("那边也积水", community=cast.whc)) == "merge_same_community"
    assert merge(cast.raise_between("举报积水", kind="report")) == "not_found"
    assert merge(cast.raise_between("个人积水", is_private=True)) == "merge_private_apart"
    meeting = cast.open()
    done = cast.raise_at(meeting)
    cast.answer(done)
    assert merge(done) == "merge_into_open"


def test_what_others_were_merged_into_is_not_merged_on(cast: Cast, refusal: Refusal) -> None:
    one, two, three = (cast.raise_between(words) for words in ("一", "二", "三"))
    cast.act(merge_matter, one, "office", into=two.id)
    assert refusal(cast.act, merge_matter, two, "office", into=three.id) == "merge_holds_others"
