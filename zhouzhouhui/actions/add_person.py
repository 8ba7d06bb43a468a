"""Adding a person: a login within the town, a name, and a password only if they are to sign in."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from ..models import Person, Town
from ..outside import keyring
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line


@in_one_transaction
def add_person(
    *, town: Town, by: Actor, at: datetime, login: str, name: str, password: str = "", email: str = "", phone: str = "",
    workplace: str = "", delegate_kind: str = "",
) -> Person:  # fmt: skip
    """Write the person. Without a password they stand on the roster and cannot sign in."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    person = build_person(
        town=town, login=login, name=name, password=password, email=email, phone=phone, workplace=workplace,
        delegate_kind=delegate_kind,
    )  # fmt: skip
    if Person.objects.filter(town=town, login=person.login).exists():
        raise Refused("login_taken", login=login)
    person.save(force_insert=True)
    town_line("add_person", town=town, by=by, at=at, subject=f"person:{person.id}", sealed={"name": name})
    return person


def build_person(
    *, town: Town, login: str, name: str, password: str = "", email: str = "", phone: str = "", workplace: str = "",
    delegate_kind: str = "",
) -> Person:  # fmt: skip
    """A person's row, checked and not written yet."""
    login = login.strip().lower()
    for what, text, limit in (("login", login, 40), ("name", name, 60)):
        if not checked(text, what, limit=limit).strip():
            raise Refused("must_bring", what=what)
    if any(c.isspace() or c == "/" for c in login):
        raise Refused("login_characters", login=login)
    return Person(
        town=town, login=login, username=f"{town.code}/{login}", name=name, email=email, workplace=workplace,
        delegate_kind=delegate_kind, phone_sealed=keyring.encrypt(phone) if phone else "",
        password=make_password(password or None),
    )  # fmt: skip
