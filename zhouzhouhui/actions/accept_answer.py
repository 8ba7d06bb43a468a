"""The raiser's word: accepted. The matter is closed; manner and result are asked apart."""

from typing import Unpack

from ..models import Matter
from ..rules.matter_flow import State
from ..rules.powers import Role
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step

SOLVED = frozenset({"solved", "partly", "explained"})  # 解决 部分解决 未解决但接受解释
RATINGS = frozenset({"", "satisfied", "basically", "not"})  # 未评价 满意 基本满意 不满意


def accept_answer(*, solved: str, manner: str = "", result: str = "", **act: Unpack[Acting]) -> Matter:
    """Close the matter on the raiser's word, or on staff's record of it.

    "Not solved" or "not satisfied with the result" is a dispute, not an acceptance. A word written down by
    staff is counted apart, revocable for 14 days, and never taken by whoever gave the answer.
    """
    if solved not in SOLVED:
        raise Refused("no_such_choice", what="solved", choice=solved)
    for what, choice in (("manner", manner), ("result", result)):
        if choice not in RATINGS:
            raise Refused("no_such_choice", what=what, choice=choice)
    if result == "not":
        raise Refused("dispute_instead")

    def decide(standing: Standing) -> Change:
        word_from = word_taken_by(standing)
        return Change(
            State.CLOSED,
            fields={
                "solved": solved, "manner": manner, "result": result, "word_from": word_from, "word_at": standing.at,
            },
            brought={"solved": solved},
        )  # fmt: skip

    return take_step("accept_answer", decide=decide, sent={"solved": solved, "manner": manner, "result": result}, **act)


def word_taken_by(standing: Standing) -> str:
    """``raiser`` or ``staff``; refused when the one who answered would write down how good the answer was."""
    if Role.RAISER in standing.roles or Role.SECONDER in standing.roles:
        return "raiser"
    if standing.by.person is not None and standing.by.person == standing.matter.answered_by_id:
        raise Refused("own_answer")
    return "staff"
