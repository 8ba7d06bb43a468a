"""Appointing host or recorder: a person with a mandate, whom no due matter concerns, else with a deputy for those."""

from typing import Literal
from uuid import UUID

from ..models import Appointment, Concern, LedgerLine
from ..queries.actors import actor_named
from ..rules.meeting_flow import MeetingState
from ..rules.powers import Mandated
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._meeting_step import Sitting, Turn

MAY_BE = {
    "host": (Mandated.HOST, Mandated.CADRE, Mandated.LEADER, Mandated.OFFICE),
    "recorder": (Mandated.RECORDER, Mandated.HOST, Mandated.CADRE, Mandated.OFFICE),
}


def appoint(sitting: Sitting, person_id: UUID, role: Literal["host", "recorder"], *, is_deputy: bool) -> Turn:
    """The change that an appointment makes. A new host replaces the one before; recorders are added."""
    meeting = sitting.meeting
    actor = actor_named(town_id=meeting.town_id, person_id=person_id)
    if actor is None:
        raise Refused("not_found")
    held_on = day_in_china(meeting.scheduled_at)
    if not any(actor.holds(m, held_on, community=meeting.community_id) for m in MAY_BE[role]):
        raise Refused("no_mandate", role=role)
    if role == "host" and not is_deputy and _is_concerned(sitting, person_id):
        raise Refused("host_is_concerned")

    def also(line: LedgerLine) -> None:
        rows = Appointment.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id, role=role, ended_at=None)
        if role == "host":
            rows.filter(is_deputy=is_deputy).update(ended_at=sitting.at)
        else:
            rows.filter(person_id=person_id).update(ended_at=sitting.at)
        Appointment.objects.create(
            town_id=meeting.town_id, meeting_id=meeting.id, person_id=person_id, role=role, is_deputy=is_deputy
        )

    return Turn(
        MeetingState(meeting.state), brought={"person": person_id}, sealed={"person": str(person_id)},
        never_public=frozenset({"person"}), facts={"deputy": is_deputy}, also=also,
    )  # fmt: skip


def _is_concerned(sitting: Sitting, person_id: UUID) -> bool:
    """Whether a matter due at this meeting concerns the person (restricted matters are not due at meetings)."""
    return Concern.objects.filter(
        town_id=sitting.meeting.town_id, person_id=person_id, matter__due_meeting_id=sitting.meeting.id
    ).exists()
