"""Appointing the recorder (记录员) of one meeting."""

from typing import Unpack
from uuid import UUID

from ..models import Meeting
from ._appoint import appoint
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step


def appoint_recorder(*, person: UUID, **act: Unpack[Convening]) -> Meeting:
    """Add a recorder; several may record one meeting."""

    def decide(sitting: Sitting) -> Turn:
        return appoint(sitting, person, "recorder", is_deputy=False)

    return take_meeting_step("appoint_recorder", decide=decide, sent={"person": person}, **act)
