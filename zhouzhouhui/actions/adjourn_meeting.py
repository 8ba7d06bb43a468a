"""Adjourning: refused while a due matter is unspoken; the refusal lists them with what can be done for each."""

from typing import Any, Unpack

from ..models import ChainHead, Matter, Meeting
from ..queries.figures import frozen_at_adjournment
from ..rules.matter_flow import DECISIONS, State
from ..rules.meeting_flow import MeetingState
from ..rules.refusals import Refused
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step

LISTED = 200


def adjourn_meeting(**act: Unpack[Convening]) -> Meeting:
    """End the meeting and freeze its figures. What is learnt later is shown beside them, never over them."""

    def decide(sitting: Sitting) -> Turn:
        def freeze(head: ChainHead, turn: Turn) -> None:
            # asked while the chain is held: nobody adds a due matter between this and the line
            left = unspoken(sitting.meeting)
            if left:
                raise Refused("unspoken_left", count=len(left), matters=left[:LISTED])
            frozen = frozen_at_adjournment(meeting=sitting.meeting)
            turn.fields["frozen"] = frozen
            turn.facts["frozen"] = frozen

        return Turn(MeetingState.ADJOURNED, fields={"ended_at": sitting.at}, under_head=freeze)

    return take_meeting_step("adjourn_meeting", decide=decide, **act)


def unspoken(meeting: Meeting) -> list[dict[str, Any]]:
    """What is due at this meeting and was neither answered, nor carried over, nor its decision read."""
    rows = Matter.objects.filter(town_id=meeting.town_id, due_meeting_id=meeting.id, is_restricted=False).order_by(
        "number_meeting", "is_between", "number_place"
    )
    return [
        {"id": str(m.id), "number": m.number, "state": m.state, "private": m.is_private, "can": ways_out(m)}
        for m in rows.prefetch_related("drafts")
    ]


def ways_out(matter: Matter) -> list[str]:
    """The verbs that would let the meeting end for this matter, the readiest first."""
    if matter.state in DECISIONS and matter.is_decision_unread:
        return ["read_decision"]
    if matter.state == State.SHELVED:
        return ["carry_over"]
    signed = any(d.state == "signed" for d in matter.drafts.all())
    return ["give_answer", "carry_over"] if signed else ["carry_over", "give_answer"]
