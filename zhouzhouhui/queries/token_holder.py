"""Whose a bearer token is. Tokens are kept only as their hash, so looking one up costs no password hashing."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhouzhouhui.models import ApiToken, Person

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
