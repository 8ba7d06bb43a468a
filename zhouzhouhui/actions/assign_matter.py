"""Assigning (交办): one lead, any number assisting, along a route. A promise may be handed over to another owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack
from uuid import UUID

from ..models import Assisting, Department, LedgerLine, Matter
from ..rules.matter_flow import State
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked

# 处理路径 (design §3)
ROUTES = frozenset(
    {"on_the_spot", "community", "town", "district", "special", "inquiry", "hotline", "delegate", "petition"}
)


@dataclass(frozen=True)
class Lead:
    """Who answers: a department, or the community itself."""

    department: UUID | None = None
    community: bool = False

    def __bool__(self) -> bool:
        return self.department is not None or self.community


def assign_matter(
    *, route: str, lead: Lead, assisting: Sequence[UUID] = (), reason: str = "", **act: Unpack[Acting]
) -> Matter:
    """Give the matter to one lead. A change of lead or route needs a reason.

    A department's job may not be pushed down on the community (上海居委会条例 art. 27): the route decides who may lead.
    """
    if route not in ROUTES:
        raise Refused("no_such_choice", what="route", choice=route)
    if lead.community and route in {"town", "district", "hotline", "petition"}:
        raise Refused("route_needs_department", route=route)
    checked(reason, "reason")
    names = _departments(act["town_id"], lead, assisting)

    def decide(standing: Standing) -> Change:
        return _assign(standing, route, lead, assisting, reason, names)

    sent = {"route": route, "lead": lead.department, "assisting": list(assisting), "reason": reason}
    return take_step("assign_matter", decide=decide, sent=sent, **act)


def _departments(town_id: UUID, lead: Lead, assisting: Sequence[UUID]) -> dict[UUID, str]:
    wanted = {*assisting, *([lead.department] if lead.department else [])}
    rows = Department.objects.filter(town_id=town_id, id__in=wanted, dissolved_on=None) if wanted else []
    names = {d.id: d.code for d in rows}
    if wanted - set(names):
        raise Refused("no_such_department")
    return names


def _assign(
    standing: Standing, route: str, lead: Lead, assisting: Sequence[UUID], reason: str, names: dict[UUID, str]
) -> Change:
    matter = standing.matter
    changed = matter.state != State.RAISED
    if changed and not reason.strip():
        raise Refused("must_bring", what="reason")
    fields: dict[str, Any] = {"route": route, "asked_route": ""}
    if matter.state == State.PROMISED:
        fields |= {"owner_department_id": lead.department, "owner_is_community": lead.community}
    else:
        fields |= {"assigned_at": standing.at, "taken_at": None, "return_asked_at": None}
    fields |= {"lead_department_id": lead.department, "lead_is_community": lead.community}
    is_first = matter.revision == 0  # nobody can be assisting yet
    others = [d for d in dict.fromkeys(assisting) if d != lead.department]

    def also(line: LedgerLine) -> None:
        rows = Assisting.objects.filter(town_id=matter.town_id, matter_id=matter.id)
        if not is_first:
            rows.exclude(department_id__in=others).delete()
        if others:
            new = [Assisting(town_id=matter.town_id, matter_id=matter.id, department_id=d) for d in others]
            rows.bulk_create(new, ignore_conflicts=True)

    return Change(
        State.PROMISED if matter.state == State.PROMISED else State.ASSIGNED,
        fields=fields,
        brought={"route": route, "lead": lead or None},
        sealed={"reason": reason},
        facts={
            "route": route,
            "lead": names[lead.department] if lead.department else "community",
            "assisting": [names[d] for d in others],
        },
        also=also,
        undoable=not matter.is_restricted,
    )
