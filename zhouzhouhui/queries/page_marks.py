"""By what a public page knows that nothing it shows has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, Sum

from zhouzhouhui.models import ChainHead, Meeting


@dataclass(frozen=True, slots=True)
class PageMark:
    """How far the chains had grown; of one community and the town itself, or of all the town's chains."""

    community_id: UUID | None
    chains: int
    lines: int


def page_mark(*, town_id: UUID, community_id: UUID | None) -> PageMark:
    """The mark as of now (one query). Chains only grow, so equal marks mean that no line came between."""
    heads = ChainHead.objects.filter(town_id=town_id)
    if community_id is not None:
        heads = heads.filter(Q(community_id=community_id) | Q(community_id=None))
    sums = heads.aggregate(chains=Count("id"), lines=Sum("seq"))
    return PageMark(community_id, sums["chains"], sums["lines"] or 0)


def next_due_instant(*, town_id: UUID, after: datetime) -> datetime | None:
    """When the next meeting of the town is to begin: from then on pages read differently."""
    rows = Meeting.objects.filter(town_id=town_id, state="called", scheduled_at__gt=after)
    return rows.order_by("scheduled_at").values_list("scheduled_at", flat=True).first()
