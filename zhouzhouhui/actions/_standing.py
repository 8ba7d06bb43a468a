"""Who somebody is towards a matter or a meeting at this moment: read before anything is decided."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ..models import Appointment, Matter, Meeting, Voice
from ..queries.quick_rows import rows_where
from ..rules import meeting_flow, rhythm
from ..rules.matter_flow import State
from ..rules.powers import Actor, MatterFacts, MeetingFacts, Role, matter_roles, meeting_roles
from ..rules.refusals import Refused


@dataclass
class Standing:
    """What an action needs to know before it decides: the matter, who acts as what, and the meeting in progress."""

    matter: Matter
    by: Actor
    at: datetime
    roles: frozenset[Role]
    meeting: Meeting | None  # the open meeting of its community, or the ended one of a late record
    voices: list[Voice]
    late: bool = False
    recorded_at: datetime | None = None  # of a late record: when it reached the town

    @property
    def day(self) -> date:
        return rhythm.day_in_china(self.at)

    @property
    def state(self) -> State:
        return State(self.matter.state)


def load_matter(*, town_id: UUID, matter_id: UUID) -> Matter:
    """The matter of this town, or a refusal that does not tell whether another town has it."""
    matter = (
        Matter.objects.select_related("community__town", "community__successor", "lead_department", "due_meeting")
        .filter(town_id=town_id, id=matter_id)
        .first()
    )
    if matter is None:
        raise Refused("not_found")
    return matter


def stand(matter: Matter, *, by: Actor, at: datetime, late_meeting: Meeting | None = None) -> Standing:
    """Who ``by`` is towards the matter at this moment (at most four queries)."""
    meeting = late_meeting or open_meeting_of(matter)
    voices = voices_of(matter)
    facts = MatterFacts(
        community=matter.community.successor_id or matter.community_id,
        lead_department=matter.lead_department_id,
        lead_is_community=matter.lead_is_community,
        owner_department=matter.owner_department_id,
        owner_is_community=matter.owner_is_community,
        assisting=_assisting(matter, by),
        restricted=matter.is_restricted,
        concerns=frozenset(matter.concerns.values_list("person_id", flat=True))
        if matter.is_restricted
        else frozenset(),
        substitute=matter.substitute_id,
        raisers=frozenset(v.slip for v in voices if v.kind == Voice.RAISER and v.slip),
        seconders=frozenset(v.slip for v in voices if v.kind == Voice.SECONDER and v.slip),
        raiser_people=frozenset(v.person_id for v in voices if v.kind == Voice.RAISER and v.person_id),
        last_maker=matter.undo["by"] if matter.undo else "",
    )
    roles = matter_roles(by, facts, meeting_facts(meeting, is_open=True), rhythm.day_in_china(at))
    return Standing(matter, by, at, roles, meeting, voices, late=late_meeting is not None)


def voices_of(matter: Matter) -> list[Voice]:
    """Whoever speaks for it: its own voices, and those of the matters merged into it, who keep every right."""
    return rows_where(Voice, VOICES, [matter.town_id, matter.id, matter.id])


# One index look-up for each matter; as an OR over two tables PostgreSQL would read every voice of the town.
VOICES = """town_id = %s AND withdrawn_at IS NULL AND matter_id IN (
    SELECT id FROM zhouzhouhui_matter WHERE id = %s
    UNION ALL SELECT id FROM zhouzhouhui_matter WHERE merged_into_id = %s AND state = 'merged')"""


def _assisting(matter: Matter, by: Actor) -> frozenset[UUID]:
    if not any(m.department for m in by.mandates):
        return frozenset()
    return frozenset(matter.assisting.values_list("department_id", flat=True))


def open_meeting_of(matter: Matter) -> Meeting | None:
    """The meeting of the matter's community that is open now, if one is."""
    return (
        Meeting.objects.filter(
            town_id=matter.town_id,
            community_id=matter.community.successor_id or matter.community_id,
            state=meeting_flow.MeetingState.OPEN,
        )
        .order_by("opened_at")
        .first()
    )


def meeting_facts(meeting: Meeting | None, *, is_open: bool | None = None) -> MeetingFacts | None:
    """Who hosts and records a meeting, as the rules see it (one query)."""
    if meeting is None:
        return None
    rows = list(
        Appointment.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id, ended_at=None).values_list(
            "role", "person_id"
        )
    )
    return MeetingFacts(
        community=meeting.community_id,
        hosts=frozenset(person for role, person in rows if role == "host"),
        recorders=frozenset(person for role, person in rows if role == "recorder"),
        is_open=meeting.state == meeting_flow.MeetingState.OPEN if is_open is None else is_open,
    )


def roles_in(meeting: Meeting, *, by: Actor, at: datetime) -> frozenset[Role]:
    facts = meeting_facts(meeting)
    assert facts is not None
    return meeting_roles(by, facts, rhythm.day_in_china(at))
