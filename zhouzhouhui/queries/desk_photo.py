"""A photo beside a matter that somebody may read."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhouzhouhui.models import Photo
from zhouzhouhui.rules.powers import Actor

from .access import visible


def photo_at_the_desk(actor: Actor, photo_id: UUID, *, town_id: UUID, day: date) -> Photo | None:
    """The photo, where its matter may be read with full words by this person; None otherwise (one query)."""
    readable = visible(actor=actor, town_id=town_id, day=day)
    return Photo.objects.filter(town_id=town_id, id=photo_id, erased_at=None, matter__in=readable).first()
