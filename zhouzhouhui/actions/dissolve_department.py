"""Dissolving a department (机构撤并): while it owes anything, only with a successor, who takes over all of it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models

from ..models import Assisting, Category, Department, Mandate, Matter, Town
from ..rules.matter_flow import State
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._ledger import in_one_transaction
from ._town_line import require, town_line
from .assign_matter import Lead, assign_matter

OWES = (State.ASSIGNED, State.PROMISED)


@in_one_transaction
def dissolve_department(
    *, town: Town, by: Actor, at: datetime, department_id: UUID, reason: str, successor_id: UUID | None = None,
    on: date | None = None,
) -> Department:  # fmt: skip
    """End the department ``on`` (by default today). Its open matters are handed over one by one, each with its
    line; its officers go with the work; its categories get the successor as owner."""
    require(by, at, Mandated.OFFICE)
    if not reason.strip():
        raise Refused("must_bring", what="reason")
    last_day = on or day_in_china(at)
    if last_day > day_in_china(at):
        raise Refused("time_in_the_future", what="dissolved_on")
    rows = {d.id: d for d in Department.objects.select_for_update().filter(town=town, dissolved_on=None)}
    department = rows.get(department_id)
    if department is None:
        raise Refused("not_found")
    successor = rows.get(successor_id) if successor_id is not None else None
    if (successor_id is not None and successor is None) or successor_id == department_id:
        raise Refused("no_such_department")
    handed = _hand_over_matters(department, successor, by, at, reason)
    Category.objects.filter(town=town, owner_department=department).update(owner_department=successor)
    _hand_over_people(department, successor, last_day)
    department.dissolved_on, department.successor = last_day, successor
    department.save(update_fields=["dissolved_on", "successor"])
    facts = {"on": last_day.isoformat(), "successor": successor.code if successor else None, "handed_over": handed}
    town_line(
        "dissolve_department", town=town, by=by, at=at, subject=f"department:{department.code}", facts=facts,
        sealed={"reason": reason},
    )  # fmt: skip
    return department


def _hand_over_matters(
    department: Department, successor: Department | None, by: Actor, at: datetime, reason: str
) -> int:
    """Give everything the department leads, owns or assists to the successor; return how many it owed."""
    its = Matter.objects.filter(town_id=department.town_id)
    owed = list(
        its.filter(
            models.Q(lead_department=department) | models.Q(owner_department=department), state__in=OWES
        ).order_by("raised_at", "id")
    )
    assisted = Assisting.objects.filter(town_id=department.town_id, department=department, matter__state__in=OWES)
    if successor is None:
        if owed or assisted.exists():
            raise Refused("department_owes", count=len(owed) or assisted.count())
        return 0
    for matter in owed:
        others = set(matter.assisting.values_list("department_id", flat=True)) - {department.id, successor.id}
        assign_matter(
            route=matter.route, lead=Lead(department=successor.id), assisting=sorted(others), reason=reason,
            town_id=department.town_id, matter_id=matter.id, by=by, at=at,
        )  # fmt: skip
    # what it only assists in, and what is answered but may be disputed and come back
    helped = Assisting.objects.filter(town_id=department.town_id, department=successor).values("matter_id")
    assisted.exclude(matter_id__in=helped).update(department=successor)
    Assisting.objects.filter(town_id=department.town_id, department=department).delete()
    its.filter(lead_department=department).update(lead_department=successor)
    its.filter(owner_department=department).update(owner_department=successor)
    return len(owed)


def _hand_over_people(department: Department, successor: Department | None, last_day: date) -> None:
    """Officers' mandates end with the department; in the successor they go on the day after."""
    open_ended = models.Q(ends_on=None) | models.Q(ends_on__gt=last_day)
    for mandate in Mandate.objects.filter(open_ended, town_id=department.town_id, department=department):
        if successor is not None:
            Mandate.objects.create(
                town_id=department.town_id, person_id=mandate.person_id, role=mandate.role, department=successor,
                title=mandate.title, starts_on=max(mandate.starts_on, last_day + timedelta(days=1)),
                ends_on=mandate.ends_on,
            )  # fmt: skip
        mandate.ends_on = max(mandate.starts_on, last_day)
        mandate.save(update_fields=["ends_on"])
