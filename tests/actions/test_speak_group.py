"""Speaking several matters as a group."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.speak_group import speak_group
from zhouzhouhui.models import LedgerLine, Matter


def speak(cast: Cast, matters: list[Matter], manner: str, **told: object) -> list[Matter]:
    return speak_group(
        manner=manner, town_id=cast.town.id, matter_ids=[m.id for m in matters], by=cast.who("cadre"),
        at=cast.later(minutes=1), **told,
    )  # fmt: skip


def due(cast: Cast) -> list[Matter]:
    first = cast.open()
    matters = [cast.raise_at(first, words) for words in ("一", "二", "三")]
    cast.adjourn(first)
    return matters


def test_one_reason_or_one_answer_for_several_one_line_each(cast: Cast) -> None:
    matters = due(cast)
    meeting = cast.open()
    speak(cast, matters[:2], "carry_over", words="等配件", reason="缺货")
    lines = [json.loads(line.body) for line in LedgerLine.objects.filter(verb="carry_over")]
    assert len(lines) == 2 and lines[0]["group"] == lines[1]["group"]
    cast.answer(matters[2])
    cast.adjourn(meeting)
    meeting = cast.open()
    speak(cast, matters[:2], "give_answer", answer=Answer("A1", "都换好了"))
    assert set(Matter.objects.filter(id__in=[m.id for m in matters]).values_list("state", flat=True)) == {"answered"}
    cast.adjourn(meeting)


def test_decisions_are_read_together(cast: Cast) -> None:
    matters = due(cast)
    for matter in matters:
        cast.act(decline_matter, matter, "office", reason="不归镇里", instead="区里")
    meeting = cast.open()
    speak(cast, matters, "read_decision")
    cast.adjourn(meeting)


def test_where_one_is_refused_none_is_spoken(cast: Cast, refusal: Refusal) -> None:
    matters = due(cast)
    meeting = cast.open()
    new = cast.raise_at(meeting, "刚提的")
    assert refusal(speak, cast, [*matters, new], "carry_over", words="等", reason="缺货") == "not_due_here"
    assert not LedgerLine.objects.filter(verb="carry_over").exists()
    assert refusal(speak, cast, matters[:1], "carry_over", words="等", reason="缺货") == "group_size"
    assert refusal(speak, cast, matters, "shelve_matter") == "no_such_choice:manner"
