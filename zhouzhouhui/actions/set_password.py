"""Setting a person's password, by whoever administers the town; the person changes it after signing in."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ..models import Person, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._town_line import require, town_line


@in_one_transaction
def set_password(*, town: Town, by: Actor, at: datetime, person_id: UUID, password: str) -> Person:
    """Write a new password; signed-in sessions of the person end. Empty: the person can no longer sign in."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    person = Person.objects.select_for_update().filter(town=town, id=person_id, is_active=True).first()
    if person is None:
        raise Refused("not_found")
    if password:
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise Refused("password_too_weak") from error
    person.password = make_password(password or None)
    person.save(update_fields=["password"])
    facts = {"can_sign_in": bool(password)}
    town_line("set_password", town=town, by=by, at=at, subject=f"person:{person.id}", facts=facts)
    return person
