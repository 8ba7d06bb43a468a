"""An answer nobody said a word about for two held meetings is closed by the clock, counted as not rated."""

from typing import Unpack

from ..models import Matter, Meeting
from ..rules.matter_flow import State
from ..rules.meeting_flow import HELD
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step

AFTER_HELD_MEETINGS = 2


def lapse_answer(**act: Unpack[Acting]) -> Matter:
    """Close an answered matter unrated; never counted as satisfied."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        held = Meeting.objects.filter(
            town_id=matter.town_id, community_id=matter.community.successor_id or matter.community_id,
            state__in=list(HELD), opened_at__gt=matter.last_answered_at,
        ).count()  # fmt: skip
        if held < AFTER_HELD_MEETINGS:
            raise Refused("raiser_still_has_time", held=held)
        return Change(State.CLOSED, undoable=False)

    return take_step("lapse_answer", decide=decide, **act)
