"""Carrying over aloud (阶段性答复): an interim answer with a reason; the matter is due again next time."""

from typing import Any, Unpack
from uuid import UUID

from ..models import Matter, Person
from ..rules.matter_flow import State
from ..rules.meeting_flow import THIRD_CARRY_OVER
from ..rules.refusals import Refused
from ._due import due_next
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked
from .assign_matter import ROUTES


def carry_over(
    *,
    words: str,
    reason: str,
    new_step: str = "",
    leader: UUID | None = None,
    ask_route: str = "",
    group: UUID | None = None,
    **act: Unpack[Acting],
) -> Matter:
    """Say in front of everyone how far it has come and why it is not answered yet.

    The third time in a row it also needs a new step and the leader's name. ``ask_route`` asks for another
    route, which cadre or office confirm afterwards.
    """
    if ask_route and ask_route not in ROUTES:
        raise Refused("no_such_choice", what="route", choice=ask_route)
    for what, text in (("words", words), ("reason", reason), ("new_step", new_step)):
        checked(text, what)

    def decide(standing: Standing) -> Change:
        return decide_carry(standing, words, reason, new_step, leader, ask_route, group)

    sent = {"words": words, "reason": reason, "new_step": new_step, "leader": leader, "ask_route": ask_route}
    return take_step("carry_over", decide=decide, sent=sent, **act)


def decide_carry(
    standing: Standing, words: str, reason: str, new_step: str, leader: UUID | None, ask_route: str, group: UUID | None
) -> Change:
    """What carrying over does to the matter."""
    matter = standing.matter
    assert standing.meeting is not None  # host and recorder are of an open meeting
    if matter.due_meeting_id != standing.meeting.id and not standing.late:
        raise Refused("not_due_here")
    row = matter.carried_in_a_row + 1
    named = _leader(matter, new_step, leader, is_needed=row >= THIRD_CARRY_OVER)
    fields: dict[str, Any] = {"carried_in_a_row": row, "carried_count": matter.carried_count + 1}
    if ask_route:
        fields["asked_route"] = ask_route
    return Change(
        State(matter.state),
        fields=fields,
        brought={"words": words, "reason": reason},
        sealed={"words": words, "reason": reason, "new_step": new_step, "leader": named},
        facts={
            "row": row,
            **({"ask_route": ask_route} if ask_route else {}),
            **({"group": str(group)} if group else {}),
        },
        due=due_next(matter.community, standing.at),
    )


def _leader(matter: Matter, new_step: str, leader: UUID | None, *, is_needed: bool) -> str:
    """The name of the leader who stands for it; from the third time on it is needed, and a new step too."""
    if is_needed and not new_step.strip():
        raise Refused("third_carry_over", what="new_step", number=matter.number)
    if leader is None and not is_needed:
        return ""
    name = None
    if leader is not None:
        leaders = Person.objects.filter(town_id=matter.town_id, id=leader, mandates__role="leader")
        name = leaders.values_list("name", flat=True).first()
    if name is None:
        raise Refused("third_carry_over", what="leader", number=matter.number)
    return name
