"""Changing what is known of a person: name, telephone, workplace. The login stays."""

from datetime import datetime
from uuid import UUID

from ..models import Person, Town
from ..outside import keyring
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line
from .set_password import administers


@in_one_transaction
def change_person(
    *, town: Town, by: Actor, at: datetime, person_id: UUID, name: str, email: str = "", phone: str | None = None,
    workplace: str = "", delegate_kind: str = "",
) -> Person:  # fmt: skip
    """Write what changed; ``phone`` None keeps the number. The town's chain tells which facts, never their words."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    person = Person.objects.select_for_update().filter(town=town, id=person_id).first()
    if person is None:
        raise Refused("not_found")
    limits = (
        ("name", name, 60),
        ("email", email, 254),
        ("workplace", workplace, 120),
        ("delegate_kind", delegate_kind, 40),
    )
    for what, text, limit in limits:
        checked(text, what, limit=limit)
    if not name.strip():
        raise Refused("must_bring", what="name")
    wanted = {"name": name, "email": email, "workplace": workplace, "delegate_kind": delegate_kind}
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    if "email" in changed and administers(person, at):
        require(by, at, Mandated.ADMINISTRATOR)  # a password can be asked for by e-mail
    for field in changed:
        setattr(person, field, wanted[field])
    if phone is not None and keyring.decrypt(person.phone_sealed) != phone:
        person.phone_sealed = keyring.encrypt(phone) if phone else ""
        changed.append("phone_sealed")
    if changed:
        person.save(update_fields=changed)
        facts = {"changed": sorted(field.removesuffix("_sealed") for field in changed)}
        town_line(
            "change_person", town=town, by=by, at=at, subject=f"person:{person.id}", facts=facts, sealed={"name": name}
        )
    return person
