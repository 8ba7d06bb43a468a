"""A line in the town's own chain: mandates, departments, settings and other acts that belong to no community."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ..models import LedgerLine, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._ledger import Entry, append, hold_head


def town_line(
    verb: str,
    *,
    town: Town,
    by: Actor,
    at: datetime,
    subject: str = "",
    facts: Mapping[str, Any] | None = None,
    sealed: Mapping[str, str] | None = None,
) -> LedgerLine:
    """Append one line to the town's chain, inside the caller's transaction. Names go into ``sealed``, never facts."""
    by.check_town(town.id)
    head = hold_head(community_id=None, town_id=town.id)
    role = "clock" if by.clock else "administrator" if by.holds(Mandated.ADMINISTRATOR, day_in_china(at)) else "office"
    entry = Entry(
        verb=verb, by=by, role=role, at=at, subject=subject or f"town:{town.code}", facts=dict(facts or {}),
        sealed={name: (words, "") for name, words in (sealed or {}).items() if words},
    )  # fmt: skip
    return append(head, [entry], algorithm=town.setting("hash"))[0]


def require(by: Actor, at: datetime, *roles: Mandated, community: UUID | None = None) -> None:
    """Refuse whoever holds none of the mandates. The clock stands for the installation itself (init, demo)."""
    if by.clock:
        return
    if not any(by.holds(role, day_in_china(at), community=community) for role in roles):
        raise Refused("not_allowed", verb="set_up", who=[r.value for r in roles])
