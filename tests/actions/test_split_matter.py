"""Splitting one breath into several matters."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.split_matter import split_matter
from zhouzhouhui.models import LedgerLine, Matter, Voice
from zhouzhouhui.queries.verify import verify

PARTS = ["路灯坏了", "扶手松了", "垃圾没人清"]


def test_the_children_keep_speaker_meeting_and_due_and_get_numbers_of_their_own(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting, "路灯坏了扶手松了垃圾没人清", kind="complaint", category="4.1")
    cast.raise_at(meeting, "别人的事")
    cast.act(split_matter, matter, "recorder", parts=PARTS)
    children = list(Matter.objects.filter(split_from=matter).order_by("number_place"))
    assert [c.number for c in children] == ["1-03", "1-04"]
    assert [c.words for c in children] == PARTS[1:]
    assert Matter.objects.get(id=matter.id).words == PARTS[0]
    for child in children:
        assert (child.due_meeting, child.kind, child.state) == (matter.due_meeting, "complaint", "raised")
        assert Voice.objects.get(matter=child).slip == Voice.objects.get(matter=matter).slip
    body = json.loads(LedgerLine.objects.get(matter=matter, verb="split_matter").body)
    assert body["children"] == [str(c.id) for c in children]
    assert cast.raise_at(meeting).number == "1-05"
    assert verify(town_id=cast.town.id).ok


def test_a_matter_of_an_older_meeting_splits_within_its_own_meeting(cast: Cast) -> None:
    matter = cast.raised_earlier("两件事")
    between = cast.raise_between("也是两件事")
    cast.act(split_matter, between, "cadre", parts=["一", "二"])
    assert cast.raise_between("后来的").number == "1+03"
    meeting = cast.open()
    cast.raise_at(meeting)
    cast.act(split_matter, matter, "office", parts=["一", "二"])
    assert Matter.objects.get(split_from=matter).number == "1-02"
    cast.act(split_matter, between, "office", parts=["一", "甲", "乙"])
    assert [m.number for m in Matter.objects.filter(split_from=between).order_by("number_place")] == [
        "1+02",
        "1+04",
        "1+05",
    ]


def test_a_restricted_matter_splits_into_restricted_ones(cast: Cast) -> None:
    matter = cast.raise_between("举报两件事", kind="report", category="10.3")
    cast.act(split_matter, matter, "office", parts=["一", "二"])
    child = Matter.objects.get(split_from=matter)
    assert child.is_restricted and child.public_words == ""
    assert "kind" not in json.loads(LedgerLine.objects.get(matter=child).body)
    plain = cast.raise_between("举报三", kind="report")
    cast.act(split_matter, plain, "office", parts=["一", "二"])
    assert Matter.objects.get(split_from=plain).is_restricted


def test_two_parts_at_least_and_each_of_them_fits(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    assert refusal(cast.act, split_matter, matter, "office", parts=["只有一件", " "]) == "split_in_two_or_more"
    assert refusal(cast.act, split_matter, matter, "office", parts=["多"] * 51) == "split_in_two_or_more"
    assert refusal(cast.act, split_matter, matter, "office", parts=["一", "长" * 5001]) == "too_long:words"
