"""Signing minutes: a leader stands for the edition in hand."""

from typing import Unpack

from ..models import LedgerLine, Meeting, Minutes
from ..rules.meeting_flow import MeetingState
from ..rules.refusals import Refused
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step
from .edit_minutes import latest_minutes


def sign_minutes(**act: Unpack[Convening]) -> Meeting:
    """Sign the edition that was edited last; editing it again takes the signature away."""

    def decide(sitting: Sitting) -> Turn:
        minutes = latest_minutes(sitting.meeting)
        if minutes is None or minutes.signed_at is not None:
            raise Refused("nothing_to_sign")

        def also(line: LedgerLine) -> None:
            Minutes.objects.filter(id=minutes.id).update(signed_by_id=sitting.by.person, signed_at=sitting.at)

        return Turn(MeetingState(sitting.meeting.state), facts={"edition": minutes.edition}, also=also)

    return take_meeting_step("sign_minutes", decide=decide, **act)
