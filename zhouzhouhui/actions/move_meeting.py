"""Moving a called meeting: to a time before the following one; what is due there moves along."""

from datetime import datetime
from typing import Unpack

from ..models import Meeting
from ..rules.meeting_flow import MeetingKind, MeetingState, check_move
from ._ledger import moment
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step
from ._texts import checked


def move_meeting(*, scheduled_at: datetime, reason: str, place: str = "", **act: Unpack[Convening]) -> Meeting:
    """Move to another time (and place). Later than the following meeting would be a cancellation."""
    checked(reason, "reason", limit=300)
    checked(place, "place")

    def decide(sitting: Sitting) -> Turn:
        meeting = sitting.meeting
        following = _following(meeting)
        check_move(scheduled_at, following.scheduled_at if following else None, sitting.at)
        return Turn(
            MeetingState.CALLED,
            fields={
                "scheduled_at": scheduled_at, "moved_from": meeting.moved_from or meeting.scheduled_at,
                "reason": reason,
                "place": place or meeting.place,
            },
            brought={"reason": reason, "scheduled_at": scheduled_at},
            sealed={"reason": reason},
            facts={"moved_from": moment(meeting.scheduled_at)},
        )  # fmt: skip

    sent = {"scheduled_at": scheduled_at, "reason": reason, "place": place}
    return take_meeting_step("move_meeting", decide=decide, sent=sent, **act)


def _following(meeting: Meeting) -> Meeting | None:
    return (
        Meeting.objects.filter(
            town_id=meeting.town_id, community_id=meeting.community_id, kind=MeetingKind.REGULAR,
            state=MeetingState.CALLED, scheduled_at__gt=meeting.scheduled_at,
        )
        .order_by("scheduled_at")
        .first()
    )  # fmt: skip
