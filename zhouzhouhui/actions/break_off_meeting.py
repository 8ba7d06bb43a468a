"""Breaking off: the hall broke up. That is said in public too, and an extra meeting is called at once."""

from typing import Unpack

from ..models import ChainHead, LedgerLine, Matter, Meeting
from ..queries.calendar import calendar_of
from ..queries.figures import frozen_at_adjournment
from ..rules import rhythm
from ..rules.meeting_flow import LEFT_OPEN, MeetingKind, MeetingState
from ..rules.powers import Role
from ..rules.refusals import Refused
from ._due import called_meetings
from ._lost import hand_down
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step
from ._texts import checked
from .call_meeting import new_meeting, write_meetings


def break_off_meeting(*, reason: str, **act: Unpack[Convening]) -> Meeting:
    """What was unspoken is published as unspoken and comes first at an extra meeting within 7 days."""
    checked(reason, "reason", limit=300)

    def decide(sitting: Sitting) -> Turn:
        meeting = sitting.meeting
        assert meeting.opened_at is not None
        if sitting.roles & {Role.CLOCK} and sitting.at < meeting.opened_at + LEFT_OPEN:
            raise Refused("still_time_to_adjourn")
        left = list(Matter.objects.filter(town_id=meeting.town_id, due_meeting_id=meeting.id))
        heir = _extra(sitting) if left else None

        def freeze(head: ChainHead, turn: Turn) -> None:
            turn.fields["frozen"] = turn.facts["frozen"] = frozen_at_adjournment(meeting=meeting)
            if heir is not None and heir.kind == MeetingKind.EXTRA:
                turn.entries = write_meetings(meeting.community, [heir], sitting.by, "clock", sitting.at)

        def also(line: LedgerLine) -> None:
            if heir is not None:
                hand_down(meeting, heir, date_lost=False)

        numbers = [m.number for m in left]
        return Turn(
            MeetingState.BROKEN_OFF,
            fields={"ended_at": sitting.at, "reason": reason, "unspoken": numbers},
            brought={"reason": reason},
            sealed={"reason": reason},
            facts={"unspoken": numbers, **({"heir": str(heir.id)} if heir else {})},
            under_head=freeze,
            also=also,
        )

    return take_meeting_step("break_off_meeting", decide=decide, sent={"reason": reason}, **act)


def _extra(sitting: Sitting) -> Meeting:
    """An extra meeting within 7 days at the community's own hour and place, or tomorrow's regular one."""
    community = sitting.meeting.community
    following = called_meetings(community, sitting.at)[0]
    day = rhythm.extra_day(sitting.day, rhythm.day_in_china(following.scheduled_at), calendar_of(community.town_id))
    if day is None:  # the regular meeting is tomorrow: sooner than any extra one
        return following
    own = rhythm.Rhythm(community.weekday, community.meets_at, community.anchor_on)
    heir = new_meeting(community, sitting.at, rhythm.starts_at(own, day), community.place, MeetingKind.EXTRA)
    heir.continues = sitting.meeting
    return heir
