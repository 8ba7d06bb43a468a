"""The clock: what the institution does by itself, through the same actions as people, each act once."""

from collections.abc import Callable
from datetime import datetime

from ..actions.break_off_meeting import break_off_meeting
from ..actions.call_meeting import call_meetings_ahead
from ..actions.lapse_answer import AFTER_HELD_MEETINGS, lapse_answer
from ..actions.mark_not_held import mark_not_held
from ..models import Town
from ..queries import clockwork
from ..rules.powers import CLOCK
from ..rules.refusals import Refused

LEFT_REASON = "会议开始二十四小时后仍未散会，由系统按中断处理。"


def tick(*, town: Town, at: datetime) -> int:
    """Do what is due now; returns how many acts were done. Running it again at once does nothing more."""
    done = 0
    for meeting in clockwork.meetings_left_open(town_id=town.id, at=at):
        done += _once(break_off_meeting, town_id=town.id, meeting_id=meeting, by=CLOCK, at=at, reason=LEFT_REASON)
    for meeting in clockwork.meetings_not_opened(town_id=town.id, at=at):
        done += _once(mark_not_held, town_id=town.id, meeting_id=meeting, by=CLOCK, at=at)
    for community in clockwork.communities_to_call(town_id=town.id, at=at):
        done += len(call_meetings_ahead(community_id=community, at=at))
    for matter in clockwork.answers_to_lapse(town_id=town.id, held=AFTER_HELD_MEETINGS):
        done += _once(lapse_answer, town_id=town.id, matter_id=matter, by=CLOCK, at=at)
    return done


def _once(act: Callable[..., object], **told: object) -> int:
    """One act; when somebody was faster than the clock, that is their act and no fault."""
    try:
        act(**told)
    except Refused:
        return 0
    return 1
