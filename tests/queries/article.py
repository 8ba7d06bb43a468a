"""A town whose records give the article's own figures: 684 raised, 513 closed or answered."""

from datetime import timedelta

from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.raise_matter import NewMatter, raise_matters
from zhouzhouhui.actions.speak_group import speak_group
from zhouzhouhui.models import Matter, Meeting

RAISED, ANSWERED = 684, 513
KINDS = ("complaint", "request", "question", "suggestion")
AT_ONCE = 38
"""Divides 684; a batch is what one resident with a list brings."""


def as_in_the_article(cast: Cast) -> None:
    """Two meetings of one community: all is raised at the first; 513 are answered at the second, the rest owed."""
    first = cast.open()
    raised: list[Matter] = []
    for batch in range(RAISED // AT_ONCE):
        items = [
            NewMatter(words=f"第{batch}张单子第{place}件：楼道灯不亮。", kind=KINDS[place % 4])
            for place in range(AT_ONCE)
        ]
        told = raise_matters(
            items=items, town_id=cast.town.id, meeting_id=first.id, by=cast.who("recorder"), at=cast.later(minutes=1)
        )
        raised += told.matters
        cast.slips |= {str(matter.id): told.code for matter in told.matters}
    cast.adjourn(first)
    _answer(cast, cast.open(), raised)


def _answer(cast: Cast, second: Meeting, raised: list[Matter]) -> None:
    promise = Answer("B", "月底前修好。", promise_on=cast.now.date() + timedelta(days=10))
    for place, answer in enumerate((Answer("A1", "修好了。"), Answer("D2", "按规定办。", basis="条例第三条"), promise)):
        _speak(cast, raised[place:ANSWERED:3], "give_answer", answer=answer)
    _speak(cast, raised[ANSWERED:], "carry_over", words="还在查。", reason="等材料。")
    cast.adjourn(second)
    for matter in raised[:30:3]:
        mine = Matter.objects.get(id=matter.id)
        cast.act(accept_answer, mine, cast.raiser(matter), solved="solved", manner="satisfied", result="satisfied")


def _speak(cast: Cast, matters: list[Matter], manner: str, **spoken: object) -> None:
    ids = [matter.id for matter in matters]
    for start in range(0, len(ids), 20):
        speak_group(
            manner=manner, town_id=cast.town.id, matter_ids=ids[start : start + 20], by=cast.who("cadre"),
            at=cast.later(minutes=1), **spoken,  # type: ignore[arg-type]
        )  # fmt: skip
