"""By what a public page knows that nothing it shows has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhouzhouhui.models import Meeting

from .quick_rows import prepared


@dataclass(frozen=True, slots=True)
class PageMark:
    """How far the chains had grown; of one community and the town itself, or of all the town's chains."""

    community_id: UUID | None
    chains: int
    lines: int


_OF_COMMUNITY = """
    SELECT count(*), coalesce(sum(seq), 0) FROM zhouzhouhui_chainhead
    WHERE town_id = %s AND (community_id = %s OR community_id IS NULL)
"""
_OF_TOWN = "SELECT count(*), coalesce(sum(seq), 0) FROM zhouzhouhui_chainhead WHERE town_id = %s"


def page_mark(*, town_id: UUID, community_id: UUID | None) -> PageMark:
    """The mark as of now (one query). Chains only grow, so equal marks mean that no line came between.

    Written by hand: this is all that a kept page costs the database.
    """
    with connection.cursor() as cursor:
        if community_id is None:
            cursor.execute(_OF_TOWN, prepared([town_id]))
        else:
            cursor.execute(_OF_COMMUNITY, prepared([town_id, community_id]))
        chains, lines = cursor.fetchone()
    return PageMark(community_id, int(chains), int(lines))


def next_due_instant(*, town_id: UUID, after: datetime) -> datetime | None:
    """When the next meeting of the town is to begin: from then on pages read differently."""
    rows = Meeting.objects.filter(town_id=town_id, state="called", scheduled_at__gt=after)
    return rows.order_by("scheduled_at").values_list("scheduled_at", flat=True).first()
