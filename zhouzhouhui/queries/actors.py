"""Who acts: people with their mandates, as the rules see them."""

from datetime import date
from uuid import UUID

from ..models import Mandate, Person
from ..rules.powers import Actor, Mandated, MandateFact


def actor_of(person: Person, *, slips: frozenset[str] = frozenset()) -> Actor:
    """The actor a signed-in person is, with all mandates (one query); their terms are judged when they act."""
    rows = Mandate.objects.filter(town_id=person.town_id, person_id=person.id).values_list(
        "role", "community_id", "department_id", "starts_on", "ends_on"
    )
    return Actor(person=person.id, town=person.town_id, mandates=tuple(_fact(*row) for row in rows), slips=slips)


def _fact(
    role: str, community: UUID | None, department: UUID | None, starts_on: date, ends_on: date | None
) -> MandateFact:
    return MandateFact(Mandated(role), community, department, starts_on, ends_on)
