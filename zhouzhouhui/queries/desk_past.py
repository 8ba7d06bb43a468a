"""How the same kind of thing was answered before: for whoever drafts an answer now."""

from __future__ import annotations

from django.db.models import QuerySet

from zhouzhouhui.models import Matter
from zhouzhouhui.rules.matter_flow import State

MOST = 4


def answered_alike(matter: Matter, matters: QuerySet[Matter]) -> list[Matter]:
    """Answered matters of the same category, those whose raiser was content first (one query; none if unclassed)."""
    if matter.category_id is None:
        return []
    rows = matters.filter(
        category_id=matter.category_id, is_private=False, is_restricted=False, is_disputed=False,
        state__in=[State.ANSWERED, State.PROMISED, State.CLOSED],
    )  # fmt: skip
    nearest = list(
        rows.exclude(id=matter.id)
        .exclude(answer_words="")
        .select_related("community")
        .order_by("-last_answered_at")[:40]
    )
    nearest.sort(
        key=lambda m: (m.result not in ("satisfied", "basically"), m.lead_department_id != matter.lead_department_id)
    )
    return nearest[:MOST]
