"""Where something is raised: in an open meeting of a community, or between its meetings."""

from uuid import UUID

from ..models import ChainHead, Community, Meeting
from ..queries.references import community_of
from ..queries.sittings import meeting_with_roles
from ..rules.meeting_flow import MeetingState
from ..rules.powers import MeetingFacts
from ..rules.refusals import Refused


def where_of(
    town_id: UUID, meeting_id: UUID | None, community: Community | UUID | None, late: bool
) -> tuple[Meeting | None, Community, MeetingFacts]:
    """The meeting, if it is one; the community whose agenda it comes on; who hosts and records (one query)."""
    if meeting_id is not None:
        found = meeting_with_roles(town_id=town_id, meeting_id=meeting_id)
        if found is None:
            raise Refused("not_found")
        meeting, facts = found
        if meeting.state != MeetingState.OPEN and not late:
            raise Refused("no_open_meeting", state=meeting.state)
        return meeting, meeting.community, facts
    if not isinstance(community, Community):
        community = community_of(town_id, community)
    if community.town_id != town_id:
        raise Refused("not_found")
    community = community.successor or community
    return None, community, MeetingFacts(community.id)


def chain_seq_read(community: Community) -> int | None:
    """How long the community's chain was when it was read; None where its head was not read along."""
    head: ChainHead | None = community._state.fields_cache.get("head")
    return head.seq if head is not None else None
