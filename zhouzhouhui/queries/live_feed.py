"""What a live stream reads: where a chain ends, and its lines after a place.

A line's body never holds free text, and of restricted matters only commitments, so it is public as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from zhouzhouhui.models import ChainHead, LedgerLine

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One line of a chain; `body` is the canonical JSON that `hash` is over."""

    chain_id: UUID
    seq: int
    hash: str
    body: str


def chain_of(*, town_id: UUID, short_code: str) -> tuple[UUID, UUID, int] | None:
    """The town, the chain of the community with this short code, and its last sequence number."""
    rows = ChainHead.objects.filter(town_id=town_id, community__short_code=short_code)
    return rows.values_list("town_id", "id", "seq").first()


def ends_of(chain_ids: Collection[UUID]) -> dict[UUID, int]:
    """The last sequence number of each chain."""
    return dict(ChainHead.objects.filter(id__in=chain_ids).values_list("id", "seq"))


def lines_after(places: Mapping[UUID, int], *, towns: Collection[UUID], most: int = MOST_LINES) -> list[FeedLine]:
    """The lines of several chains of these towns after the given places, in order; at most `most` of each call."""
    if not places:
        return []
    wanted = Q()
    for chain_id, seq in places.items():
        wanted |= Q(chain_id=chain_id, seq__gt=seq)
    # The town is named because the index begins with it.
    rows = LedgerLine.objects.filter(wanted, town_id__in=towns).order_by("chain_id", "seq")
    return [FeedLine(*row) for row in rows.values_list("chain_id", "seq", "hash", "body")[:most]]
