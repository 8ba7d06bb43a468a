"""Speaking several matters as a group: one line each, marked as grouped, all of them or none."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from ..models import Matter, uuid7
from ..rules.powers import Actor
from ..rules.refusals import Refused
from ._answer import Answer
from ._ledger import in_one_transaction
from .carry_over import carry_over
from .give_answer import give_answer
from .read_decision import read_decision

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

    Raises the refusal of the first matter that does not allow it, with its number; nothing is written then.
    """
    ids = list(dict.fromkeys(matter_ids))
    if not 1 < len(ids) <= MOST:
        raise Refused("group_size", most=MOST, count=len(ids))
    group = uuid7()
    speak: dict[str, Callable[[UUID], Matter]] = {
        "give_answer": lambda m: give_answer(
            answer=answer, told=told, group=group, town_id=town_id, matter_id=m, by=by, at=at
        ),
        "carry_over": lambda m: carry_over(
            words=words, reason=reason, group=group, town_id=town_id, matter_id=m, by=by, at=at
        ),
        "read_decision": lambda m: read_decision(group=group, town_id=town_id, matter_id=m, by=by, at=at),
    }
    if manner not in speak:
        raise Refused("no_such_choice", what="manner", choice=manner)
    return [speak[manner](matter) for matter in ids]
