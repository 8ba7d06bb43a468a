"""Cancelling a called meeting: said at once and in public; raising stays open."""

from typing import Unpack

from ..models import ChainHead, LedgerLine, Meeting
from ..rules.meeting_flow import MeetingState
from ..rules.rhythm import day_in_china
from ._lost import hand_down, heir_of
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step
from ._texts import checked
from .call_meeting import called_ahead


def cancel_meeting(*, reason: str, **act: Unpack[Convening]) -> Meeting:
    """Everything due there is due at the next meeting; the lost date counts against on time."""
    checked(reason, "reason", limit=300)

    def decide(sitting: Sitting) -> Turn:
        heir, called = heir_of(sitting)

        def call_another(head: ChainHead, turn: Turn) -> None:
            meeting = sitting.meeting
            turn.entries = called_ahead(meeting.community, sitting.at, called=called, without=meeting.id)[1]

        def also(line: LedgerLine) -> None:
            hand_down(sitting.meeting, heir, date_lost=True)

        return Turn(
            MeetingState.CANCELLED,
            fields={"reason": reason, "ended_at": sitting.at},
            brought={"reason": reason},
            sealed={"reason": reason},
            facts={"heir": str(heir.id), "lost_on": day_in_china(sitting.meeting.scheduled_at)},
            under_head=call_another,
            also=also,
        )

    return take_meeting_step("cancel_meeting", decide=decide, sent={"reason": reason}, **act)
