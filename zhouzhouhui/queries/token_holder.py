"""Whose a bearer token is. Tokens are kept only as their hash, so looking one up costs no password hashing."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from zhouzhouhui.models import ApiToken, Person
from zhouzhouhui.rules.powers import Actor, Mandated, MandateFact

from .quick_rows import prepared

PREFIX = "zzh_"


def token_hash(raw: str) -> str:
    """What is kept of a token: SHA-256 in hex; 256 random bits need no salt."""
    return hashlib.sha256(raw.encode()).hexdigest()


def person_of_token(raw: str, *, town_id: UUID, at: datetime) -> Person | None:
    """The active person of this town whose token it is, unless it is revoked or over (one query)."""
    if not raw.startswith(PREFIX) or len(raw) > 100:
        return None
    rows = ApiToken.objects.filter(hash=token_hash(raw), town_id=town_id, revoked_at=None, person__is_active=True)
    found = rows.filter(Q(expires_at=None) | Q(expires_at__gt=at)).select_related("person").first()
    return found.person if found else None


# One statement for both, written by hand: every call of the API asks it.
_HOLDER = """
    SELECT t.person_id, m.role, m.community_id, m.department_id, m.starts_on, m.ends_on
    FROM zhouzhouhui_apitoken t
    JOIN zhouzhouhui_person p ON p.id = t.person_id AND p.is_active
    LEFT JOIN zhouzhouhui_mandate m ON m.town_id = t.town_id AND m.person_id = t.person_id
    WHERE t.hash = %s AND t.town_id = %s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %s)
"""


def actor_of_token(raw: str, *, town_id: UUID, at: datetime, slips: frozenset[str] = frozenset()) -> Actor | None:
    """The same person as an actor with all mandates (one query); their terms are judged when they act."""
    if not raw.startswith(PREFIX) or len(raw) > 100:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_HOLDER, prepared([token_hash(raw), town_id, at]))
        rows = cursor.fetchall()
    if not rows:
        return None
    held = tuple(
        MandateFact(Mandated(role), _key(community), _key(department), _day(starts), _day(ends) if ends else None)
        for _, role, community, department, starts, ends in rows
        if role
    )
    return Actor(person=_key(rows[0][0]), town=town_id, mandates=held, slips=slips)


def _key(stored: Any) -> UUID | None:
    return stored if stored is None or isinstance(stored, UUID) else UUID(stored)


def _day(stored: Any) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(stored)
