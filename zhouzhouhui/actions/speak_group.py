"""Speaking several matters as a group: one line each, marked as grouped, all of them or none."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from ..models import Matter, uuid7
from ..rules.powers import Actor
from ..rules.refusals import Refused
from ._answer import Answer
from ._ledger import in_one_transaction
from ._standing import Standing
from ._take_step import Change
from ._texts import checked
from ._together import take_step_together
from .carry_over import decide_carry
from .give_answer import decide_answer
from .read_decision import decide_read

MOST = 60


@in_one_transaction
def speak_group(
    *,
    manner: str,
    town_id: UUID,
    matter_ids: Sequence[UUID],
    by: Actor,
    at: datetime,
    answer: Answer | None = None,
    words: str = "",
    reason: str = "",
    told: str = "",
) -> list[Matter]:
    """``manner`` is ``give_answer`` (one answer for all), ``carry_over`` (one reason) or ``read_decision``.

    Raises the refusal of the first matter that does not allow it; nothing is written then. As many queries for
    sixty matters as for two.
    """
    ids = list(dict.fromkeys(matter_ids))
    if not 1 < len(ids) <= MOST:
        raise Refused("group_size", most=MOST, count=len(ids))
    checked(words, "words")
    checked(reason, "reason")
    group = uuid7()
    speak: dict[str, Callable[[Standing], Change]] = {
        "give_answer": lambda standing: decide_answer(standing, answer, told, group),
        "carry_over": lambda standing: decide_carry(standing, words, reason, "", None, "", group),
        "read_decision": lambda standing: decide_read(standing, None, group),
    }
    if manner not in speak:
        raise Refused("no_such_choice", what="manner", choice=manner)
    owner = answer.owner_department if answer is not None else None
    return take_step_together(
        manner, town_id=town_id, matter_ids=ids, by=by, at=at, decide=speak[manner],
        departments=frozenset({owner} if owner else ()),
    )  # fmt: skip
