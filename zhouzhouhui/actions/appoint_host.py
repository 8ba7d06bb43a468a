"""Appointing the host (主持人) of one meeting."""

from typing import Unpack
from uuid import UUID

from ..models import Meeting
from ._appoint import appoint
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step


def appoint_host(*, person: UUID, is_deputy: bool = False, **act: Unpack[Convening]) -> Meeting:
    """Appoint the host, or a deputy host who acts for matters that concern the host."""

    def decide(sitting: Sitting) -> Turn:
        return appoint(sitting, person, "host", is_deputy=is_deputy)

    return take_meeting_step("appoint_host", decide=decide, sent={"person": person, "is_deputy": is_deputy}, **act)
