"""Where something is raised: in an open meeting of a community, or between its meetings."""

from datetime import datetime
from uuid import UUID

from ..models import Community, Meeting, Town
from ..queries.quick_rows import row_where
from ..rules.meeting_flow import MeetingState
from ..rules.powers import Actor, MeetingFacts, Role, meeting_roles
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._standing import meeting_facts


def where_of(
    town_id: UUID, meeting_id: UUID | None, community_id: UUID | None, late: bool
) -> tuple[Meeting | None, Community]:
    if meeting_id is not None:
        meeting = row_where(Meeting, "town_id = %s AND id = %s", [town_id, meeting_id])
        if meeting is None:
            raise Refused("not_found")
        if meeting.state != MeetingState.OPEN and not late:
            raise Refused("no_open_meeting", state=meeting.state)
        meeting.community = _community(town_id, meeting.community_id)
        return meeting, meeting.community
    community = _community(town_id, community_id)
    return None, _community(town_id, community.successor_id) if community.successor_id else community


def _community(town_id: UUID, community_id: UUID | None) -> Community:
    community = row_where(Community, "town_id = %s AND id = %s", [town_id, community_id])
    town = row_where(Town, "id = %s", [town_id])
    if community is None or town is None:
        raise Refused("not_found")
    community.town = town
    return community


def roles_at(by: Actor, at: datetime, meeting: Meeting | None, community: Community) -> frozenset[Role]:
    if meeting is None:
        return meeting_roles(by, MeetingFacts(community.id), day_in_china(at))
    if by.person is None:
        return meeting_roles(by, MeetingFacts(community.id), day_in_china(at))
    facts = meeting_facts(meeting)
    assert facts is not None
    return meeting_roles(by, facts, day_in_china(at))
