"""How the same kind of thing was answered before, anywhere in the town: for whoever drafts an answer now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from zhouzhouhui.models import Matter, Sealed
from zhouzhouhui.rules.matter_flow import State

from .public_matters import readable

MOST = 4


@dataclass(frozen=True)
class Earlier:
    """One answer as it was read out, masked as the public reads it."""

    matter: Matter
    words: str
    basis: str


def answered_alike(matter: Matter) -> list[Earlier]:
    """Public answers of the same category, those whose raiser was content first (one query; none if unclassed)."""
    if matter.category_id is None:
        return []
    given = Sealed.objects.filter(
        town_id=OuterRef("town_id"), line__town_id=OuterRef("town_id"), line__matter_id=OuterRef("id"),
        line__verb="give_answer",
    ).order_by("-line__seq")  # fmt: skip
    rows = (
        readable(matter.town_id)
        .filter(
            category_id=matter.category_id, state__in=[State.ANSWERED, State.PROMISED, State.CLOSED], is_disputed=False
        )
        .exclude(id=matter.id)
        .annotate(
            said=Subquery(given.filter(name="words").values("public_text")[:1]),
            based_on=Subquery(given.filter(name="basis").values("public_text")[:1]),
        )
        .order_by("-last_answered_at")[:40]
    )
    found = [Earlier(m, getattr(m, "said", "") or "", getattr(m, "based_on", "") or "") for m in rows]
    found = [earlier for earlier in found if earlier.words]
    found.sort(key=lambda e: e.matter.result not in ("satisfied", "basically"))
    return found[:MOST]
