"""The categories a matter can be of."""

from __future__ import annotations

from uuid import UUID

from zhouzhouhui.models import Category


def open_categories(town_id: UUID) -> list[Category]:
    """The town's categories in use, both levels, by code as people count: 2 before 10 (one query)."""
    rows = Category.objects.filter(town_id=town_id, retired_on=None)
    return sorted(rows, key=lambda c: [(len(part), part) for part in c.code.split(".")])
