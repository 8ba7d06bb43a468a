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


def actor_named(*, town_id: UUID, person_id: UUID) -> Actor | None:
    """An active person of the town as an actor, with all mandates (one query)."""
    rows = Person.objects.filter(town_id=town_id, id=person_id, is_active=True).values_list(
        "mandates__role",
        "mandates__community_id",
        "mandates__department_id",
        "mandates__starts_on",
        "mandates__ends_on",
    )
    found = list(rows)
    if not found:
        return None
    return Actor(person=person_id, town=town_id, mandates=tuple(_fact(*row) for row in found if row[0]))


def _fact(
    role: str, community: UUID | None, department: UUID | None, starts_on: date, ends_on: date | None
) -> MandateFact:
    return MandateFact(Mandated(role), community, department, starts_on, ends_on)
