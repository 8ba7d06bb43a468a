"""A person leaves and hands open work over: mandates, meetings to host or record, restricted matters in their hands."""

from datetime import date, datetime
from uuid import UUID

from django.db import models

from ..models import ApiToken, Appointment, Mandate, Matter, Person, Town
from ..rules.matter_flow import ENDED
from ..rules.meeting_flow import MeetingState
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._ledger import in_one_transaction
from ._meeting_step import Convening
from ._town_line import require, town_line
from .appoint_host import appoint_host
from .appoint_recorder import appoint_recorder
from .grant_mandate import mandate_facts
from .name_substitute import name_substitute

# a post that may not stand empty when its only holder leaves
NEEDED = (Mandated.OFFICE, Mandated.LEADER, Mandated.CADRE, Mandated.OFFICER, Mandated.ADMINISTRATOR)


@in_one_transaction
def hand_over(
    *,
    town: Town,
    by: Actor,
    at: datetime,
    person_id: UUID,
    successor_id: UUID | None = None,
    left_on: date | None = None,
) -> Person:
    """End everything the person holds on ``left_on`` (by default today) and give it to the successor.

    Without a successor it is refused while something would be left in nobody's hands: a meeting called, a
    restricted matter, or a post that nobody else holds. What the person did stays under their name.
    """
    require(by, at, Mandated.OFFICE)
    today = day_in_china(at)
    last_day = left_on or today
    if last_day > today:
        raise Refused("time_in_the_future", what="left_on")
    person = _active(town, person_id)
    successor = _active(town, successor_id) if successor_id is not None else None
    if person is None or (successor_id is not None and successor is None):
        raise Refused("not_found")
    if successor_id == person_id or by.person == person_id:
        raise Refused("successor_is_somebody_else")
    mandates = list(_held(person, last_day).select_related("community", "department"))
    meetings = list(_to_come(person).select_related("meeting"))
    matters = list(_in_hand(person, by))
    if successor is None:
        posts = [m.role for m in mandates if m.role in NEEDED and not _others_hold(m, today)]
        if meetings or matters or posts:
            left = {"to_hold": len(meetings), "in_hand": len(matters)}
            raise Refused("hand_over_needed", who=sorted(set(posts)), **left)
    else:
        _take_mandates(mandates, successor, last_day)
        for appointment in meetings:
            _appoint(appointment, successor, by, at)
        for matter in matters:
            name_substitute(substitute=successor.id, town_id=town.id, matter_id=matter.id, by=by, at=at)
    facts = {
        "on": last_day.isoformat(), "mandates": [mandate_facts(m) for m in mandates], "meetings": len(meetings),
        "has_successor": successor is not None,
    }  # fmt: skip
    _end(person, mandates, last_day, at)
    sealed = {"name": person.name, "successor": str(successor.id) if successor else ""}
    town_line("hand_over", town=town, by=by, at=at, subject=f"person:{person.id}", facts=facts, sealed=sealed)
    return person


def _active(town: Town, person_id: UUID) -> Person | None:
    return Person.objects.select_for_update().filter(town=town, id=person_id, is_active=True).first()


def _in_hand(person: Person, by: Actor) -> models.QuerySet[Matter]:
    """Restricted matters in the person's hands. One that concerns whoever hands over does not exist for them: it
    stays where it is, and the leader names another substitute (信访工作条例 art. 30)."""
    rows = Matter.objects.filter(town_id=person.town_id, substitute=person).exclude(state__in=ENDED)
    return rows.exclude(concerns__person_id=by.person) if by.person is not None else rows


def _appoint(appointment: Appointment, successor: Person, by: Actor, at: datetime) -> None:
    told: Convening = {"town_id": appointment.town_id, "meeting_id": appointment.meeting_id, "by": by, "at": at}
    if appointment.role == "host":
        appoint_host(person=successor.id, is_deputy=appointment.is_deputy, **told)
    else:
        appoint_recorder(person=successor.id, **told)


def _held(person: Person, last_day: date) -> models.QuerySet[Mandate]:
    """Mandates that would hold after the last day."""
    return Mandate.objects.filter(
        models.Q(ends_on=None) | models.Q(ends_on__gt=last_day), town_id=person.town_id, person=person
    )


def _to_come(person: Person) -> models.QuerySet[Appointment]:
    return Appointment.objects.filter(
        town_id=person.town_id, person=person, ended_at=None,
        meeting__state__in=(MeetingState.CALLED, MeetingState.OPEN),
    ).order_by("meeting__scheduled_at")  # fmt: skip


def _others_hold(mandate: Mandate, today: date) -> bool:
    return (
        Mandate.objects.filter(
            models.Q(ends_on=None) | models.Q(ends_on__gt=today), town_id=mandate.town_id, role=mandate.role,
            community=mandate.community, department=mandate.department, person__is_active=True,
        )
        .exclude(person_id=mandate.person_id)
        .exists()
    )  # fmt: skip


def _take_mandates(mandates: list[Mandate], successor: Person, last_day: date) -> None:
    """The successor holds the same posts for the rest of the term, from the last day on: no day is left uncovered."""
    for mandate in mandates:
        same = _held(successor, last_day).filter(
            role=mandate.role, community=mandate.community, department=mandate.department
        )
        if not same.exists():
            Mandate.objects.create(
                town_id=mandate.town_id, person=successor, role=mandate.role, community_id=mandate.community_id,
                department_id=mandate.department_id, title=mandate.title,
                starts_on=max(mandate.starts_on, last_day), ends_on=mandate.ends_on,
            )  # fmt: skip


def _end(person: Person, mandates: list[Mandate], last_day: date, at: datetime) -> None:
    for mandate in mandates:
        if mandate.starts_on > last_day:
            mandate.delete()  # it never began; the line in the town's chain names it
        else:
            mandate.ends_on = last_day
            mandate.save(update_fields=["ends_on"])
    _to_come(person).update(ended_at=at)
    ApiToken.objects.filter(town_id=person.town_id, person=person, revoked_at=None).update(revoked_at=at)
    person.is_active, person.left_on = False, last_day
    person.save(update_fields=["is_active", "left_on"])
