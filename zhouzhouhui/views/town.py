"""The town's front page, and the list of its communities."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhouzhouhui.models import Community
from zhouzhouhui.queries.town_page import communities_of, due_count, town_page
from zhouzhouhui.rules.figures import Figures

from .cards import address_of
from .figure_bars import four_figures, steps_of
from .gate import PUBLIC, TownRequest, gate
from .timetable import timetable
from .voice_curve import curve_of


@gate(PUBLIC)
def front_page(request: TownRequest) -> HttpResponse:
    """GET /: all words laid out, this week's meetings, the last answers, four figures, the voice curve."""
    now = timezone.now()
    page = town_page(town_id=request.town.id, at=now)
    counts = page.figures.counts
    context = {
        "current": "town",
        "page": page,
        "counts": counts,
        "open_count": counts["raised"] - counts["closed_or_answered"],
        "steps": steps_of(page.figures, page.overdue),
        "days": timetable(page.week),
        "soon": page.next_meeting,
        "soon_due": due_count(page.next_meeting) if page.next_meeting else 0,
        "answers": [(matter, address_of(matter)) for matter in page.answers],
        "four": four_figures(page.figures),
        "curve": curve_of(page.figures),
        "kinds": by_kind(page.communities),
        "apart": _apart(page.figures),
    }
    return render(request, "public/town.html", context)


@gate(PUBLIC)
def community_list(request: TownRequest) -> HttpResponse:
    """GET /c/: every community with its weekday and hour, in no order of merit."""
    communities = communities_of(request.town.id)
    context = {"current": "communities", "kinds": by_kind(communities), "how_many": len(communities)}
    return render(request, "public/communities.html", context)


def by_kind(communities: Sequence[Community]) -> list[tuple[str, list[Community]]]:
    """Neighbourhoods, then villages; a kind nobody is of is left out."""
    found = [
        (kind, [c for c in communities if c.kind == kind]) for kind in (Community.NEIGHBOURHOOD, Community.VILLAGE)
    ]
    return [(kind, members) for kind, members in found if members]


def _apart(figures: Figures) -> int:
    return figures.counts["private"] + figures.counts["restricted"]
