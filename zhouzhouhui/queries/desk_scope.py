"""What a member of staff may read at the desk, and what of it is theirs to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhouzhouhui.models import Matter
from zhouzhouhui.rules.powers import Actor, Mandated

from .access import visible

TOWN_WIDE = frozenset({Mandated.OFFICE, Mandated.LEADER})
OF_A_COMMUNITY = frozenset({Mandated.CADRE, Mandated.HOST, Mandated.RECORDER, Mandated.DELEGATE})


@dataclass(frozen=True)
class Scope:
    """Whom somebody works for today: roles held, communities and departments by role; None stands for all."""

    person: UUID | None
    roles: frozenset[Mandated]
    cadre_of: frozenset[UUID] = frozenset()
    communities: frozenset[UUID] = frozenset()
    departments: frozenset[UUID] = frozenset()
    everywhere: bool = False

    def has(self, *roles: Mandated) -> bool:
        """Whether one of these roles is held today."""
        return bool(self.roles & set(roles))

    @property
    def owes(self) -> Q:
        """Matters whose answer this person's department or community leads."""
        return Q(lead_department_id__in=self.departments) | Q(lead_is_community=True, community_id__in=self.cadre_of)

    @property
    def owns(self) -> Q:
        """Matters whose promise this person's department or community keeps."""
        return Q(owner_department_id__in=self.departments) | Q(owner_is_community=True, community_id__in=self.cadre_of)


def scope_of(actor: Actor, *, day: date) -> Scope:
    """The scope of somebody's mandates on ``day``."""
    held = [m for m in actor.mandates if m.holds(day)]
    return Scope(
        person=actor.person,
        roles=frozenset(m.role for m in held),
        cadre_of=frozenset(m.community for m in held if m.role is Mandated.CADRE and m.community),
        communities=frozenset(m.community for m in held if m.role in OF_A_COMMUNITY and m.community),
        departments=frozenset(m.department for m in held if m.role is Mandated.OFFICER and m.department),
        everywhere=any(m.role in TOWN_WIDE for m in held),
    )


def at_the_desk(actor: Actor, *, town_id: UUID, day: date) -> QuerySet[Matter]:
    """The matters whose full words this person may read: the same permission as the API's."""
    return visible(actor=actor, town_id=town_id, day=day)
