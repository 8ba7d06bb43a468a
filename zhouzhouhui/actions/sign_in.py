"""Signing in: the hall is counted by kind; residents need no name."""

from datetime import datetime
from typing import Unpack
from uuid import UUID

from ..models import LedgerLine, Meeting, SignIn
from ..rules.meeting_flow import MeetingState
from ..rules.refusals import Refused
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step

KINDS = frozenset({"resident", "cadre", "department", "delegate"})
MOST_AT_ONCE = 500


def sign_in(*, kind: str, heads: int = 1, person: UUID | None = None, **act: Unpack[Convening]) -> Meeting:
    """Count one person, or several residents at once."""
    if kind not in KINDS:
        raise Refused("no_such_choice", what="kind", choice=kind)
    if not 0 < heads <= MOST_AT_ONCE:
        raise Refused("heads", most=MOST_AT_ONCE)

    def decide(sitting: Sitting) -> Turn:
        meeting, at = sitting.meeting, sitting.at

        def also(line: LedgerLine) -> None:
            _count(meeting, kind, heads, person, at)

        return Turn(
            MeetingState(meeting.state), brought={"kind": kind}, facts={"came": kind, "heads": heads}, also=also
        )

    return take_meeting_step("sign_in", decide=decide, sent={"kind": kind, "heads": heads, "person": person}, **act)


def _count(meeting: Meeting, kind: str, heads: int, person: UUID | None, at: datetime) -> None:
    SignIn.objects.create(
        town_id=meeting.town_id, meeting_id=meeting.id, kind=kind, heads=heads, person_id=person, at=at
    )
