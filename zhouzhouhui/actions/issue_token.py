"""Issuing a bearer token for a program that acts in a person's name, and revoking it."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from ..models import ApiToken, Person
from ..queries.token_holder import PREFIX, token_hash
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line

LONGEST_DAYS = 3660


@in_one_transaction
def issue_token(*, person: Person, by: Actor, at: datetime, name: str = "", days: int | None = None) -> str:
    """The new token, shown once and kept only as its hash. It holds for ``days``, or until it is revoked."""
    require(by, at, Mandated.ADMINISTRATOR)
    if not person.is_active:
        raise Refused("not_found")
    if days is not None and not 0 < days <= LONGEST_DAYS:
        raise Refused("too_long", what="days", limit=LONGEST_DAYS, length=days)
    raw = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        town_id=person.town_id, person=person, hash=token_hash(raw), name=checked(name, "name", limit=60),
        created_at=at, expires_at=at + timedelta(days=days) if days else None,
    )  # fmt: skip
    town_line(
        "issue_token", town=person.town, by=by, at=at, subject=f"token:{token.id}", sealed={"person": str(person.id)}
    )
    return raw


@in_one_transaction
def revoke_token(*, town_id: UUID, token_id: UUID, by: Actor, at: datetime) -> None:
    """From now on the token opens nothing."""
    require(by, at, Mandated.ADMINISTRATOR)
    token = ApiToken.objects.select_related("town").filter(town_id=town_id, id=token_id, revoked_at=None).first()
    if token is None:
        raise Refused("not_found")
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    town_line("revoke_token", town=token.town, by=by, at=at, subject=f"token:{token.id}")
