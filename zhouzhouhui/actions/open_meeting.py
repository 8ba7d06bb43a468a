"""Opening a meeting gives it its number (第 N 次)."""

from datetime import timedelta
from typing import Unpack

from ..models import ChainHead, Meeting
from ..rules.meeting_flow import MeetingState
from ..rules.refusals import Refused
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step
from .call_meeting import called_ahead

EARLIEST = timedelta(hours=12)  # before its time; earlier is a move


def open_meeting(**act: Unpack[Convening]) -> Meeting:
    """One meeting of a community is open at a time; its host or a recorder opens it."""

    def decide(sitting: Sitting) -> Turn:
        meeting = sitting.meeting
        if sitting.at < meeting.scheduled_at - EARLIEST:
            raise Refused("move_it_first", scheduled_at=meeting.scheduled_at.isoformat())
        other = Meeting.objects.filter(
            town_id=meeting.town_id, community_id=meeting.community_id, state=MeetingState.OPEN
        ).first()
        if other is not None:
            raise Refused("one_open_meeting", number=other.number)

        def number(head: ChainHead, turn: Turn) -> None:
            head.last_number += 1
            head.place = head.place_between = 0
            turn.fields["number"] = head.last_number
            turn.entries = called_ahead(meeting.community, max(sitting.at, meeting.scheduled_at))[1]

        return Turn(MeetingState.OPEN, fields={"opened_at": sitting.at}, under_head=number)

    return take_meeting_step("open_meeting", decide=decide, **act)
