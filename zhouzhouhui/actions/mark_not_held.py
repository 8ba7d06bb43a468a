"""A called meeting that nobody opened within 24 hours is marked 未开成 by the clock, in public."""

from typing import Unpack

from ..models import ChainHead, LedgerLine, Meeting
from ..rules.meeting_flow import LEFT_OPEN, MeetingState
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._lost import hand_down, heir_of
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step
from .call_meeting import called_ahead


def mark_not_held(**act: Unpack[Convening]) -> Meeting:
    """Everything due there is due at the next meeting; undone by a late record of a meeting held without network."""

    def decide(sitting: Sitting) -> Turn:
        meeting = sitting.meeting
        if sitting.at < meeting.scheduled_at + LEFT_OPEN:
            raise Refused("still_time_to_open")
        heir, called = heir_of(sitting)

        def call_another(head: ChainHead, turn: Turn) -> None:
            turn.entries = called_ahead(meeting.community, sitting.at, called=called, without=meeting.id)[1]

        def also(line: LedgerLine) -> None:
            hand_down(meeting, heir, date_lost=True)

        return Turn(
            MeetingState.NOT_HELD,
            fields={"ended_at": sitting.at, "frozen": {}},
            facts={"heir": str(heir.id), "lost_on": day_in_china(meeting.scheduled_at), "frozen": {}},
            under_head=call_another,
            also=also,
        )

    return take_meeting_step("mark_not_held", decide=decide, **act)
