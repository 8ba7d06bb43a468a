"""Setting a person's password, by whoever administers the town; the person changes it after signing in."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models

from ..models import Mandate, Person, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._ledger import in_one_transaction
from ._town_line import require, town_line


@in_one_transaction
def set_password(*, town: Town, by: Actor, at: datetime, person_id: UUID, password: str) -> Person:
    """Write a new password; signed-in sessions of the person end. Empty: the person can no longer sign in."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    person = Person.objects.select_for_update().filter(town=town, id=person_id, is_active=True).first()
    if person is None:
        raise Refused("not_found")
    if administers(person, at):
        require(by, at, Mandated.ADMINISTRATOR)  # else the office could sign in as its administrator
    if password:
        check_password_strength(password, person)
    person.password = make_password(password or None)
    person.save(update_fields=["password"])
    facts = {"can_sign_in": bool(password)}
    town_line("set_password", town=town, by=by, at=at, subject=f"person:{person.id}", facts=facts)
    return person


def check_password_strength(password: str, person: Person | None = None) -> None:
    """Refuse a password that is short, common or only digits."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("password_too_weak") from error


def administers(person: Person, at: datetime) -> bool:
    """Whether the person administers the town today or later."""
    today = day_in_china(at)
    term = models.Q(ends_on=None) | models.Q(ends_on__gte=today)
    return Mandate.objects.filter(term, town_id=person.town_id, person=person, role=Mandated.ADMINISTRATOR).exists()
