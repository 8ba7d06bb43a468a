"""The page of figures: each with its parts and definition, frozen ones beside, communities in bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhouzhouhui.models import Community
from zhouzhouhui.papers.sheets_out import write_csv
from zhouzhouhui.queries.figures import figures, figures_by_community
from zhouzhouhui.queries.published import frozen_meetings
from zhouzhouhui.queries.town_page import communities_of
from zhouzhouhui.rules.figures import Figures
from zhouzhouhui.wording.figures import MEANINGS

from .figure_bars import four_figures, more_figures
from .gate import PUBLIC, TownRequest, gate
from .spoken import say_name
from .voice_curve import curve_of

FEWEST_DUE = 10  # below that a share says nothing, and a community is in no band
HIGH, MIDDLE = 0.80, 0.65
STANDING = (
    "open", "answered", "promised", "closed", "shelved", "referred", "declined", "disputed", "lapsed",
)  # fmt: skip


@dataclass(frozen=True)
class Band:
    """Communities whose share of answers on time lies in one band; inside, by 区划代码: no order of merit."""

    name: str
    says: str
    start: int  # of the ruler, in hundredths
    end: int
    members: Sequence[tuple[Community, int, int]]

    @property
    def x(self) -> str:
        """Where the band begins on its ruler."""
        return f"{self.start}%"

    @property
    def width(self) -> str:
        """How wide it is."""
        return f"{self.end - self.start}%"


@gate(PUBLIC)
def figures_page(request: TownRequest) -> HttpResponse:
    """GET /figures/?community=: the town's figures, or one community's, with their definitions."""
    communities = communities_of(request.town.id)
    chosen = _chosen(request.GET.get("community", ""), communities)
    each = figures_by_community(town_id=request.town.id)
    shown = figures(town_id=request.town.id, community_id=chosen.id if chosen else None)
    spreads = (("to_answer", shown.to_answer), ("to_done", shown.to_done))
    context = {
        "current": "figures",
        "chosen": chosen,
        "communities": communities,
        "figures": [*four_figures(shown), *more_figures(shown)],
        "counts": shown.counts,
        "standing": [(key, MEANINGS[key], shown.counts[key]) for key in STANDING],
        "days": [(MEANINGS[key], spread) for key, spread in spreads],
        "ratings": _ratings(shown),
        "frozen": frozen_meetings(chosen) if chosen else [],
        "bands": [] if chosen else bands_of(communities, each),
        "curve": curve_of(shown) if chosen else None,
    }
    return render(request, "public/figures.html", context)


@gate(PUBLIC)
def figures_table(request: TownRequest) -> HttpResponse:
    """GET /figures/table.csv: the same whole numbers, for the town and for every community."""
    communities = communities_of(request.town.id)
    each = figures_by_community(town_id=request.town.id)
    whole = figures(town_id=request.town.id)
    keys = list(whole.counts)
    rows: list[list[str | int]] = [[say_name(request.town), *(whole.counts[key] for key in keys)]]
    rows += [[say_name(c), *(each[c.id].counts[key] for key in keys)] for c in communities if c.id in each]
    response = HttpResponse(write_csv([_("村居"), *keys], rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


def _chosen(short: str, communities: Sequence[Community]) -> Community | None:
    if not short:
        return None
    found = next((c for c in communities if c.short_code == short), None)
    if found is None:
        raise Http404(_("没有这个村居。"))
    return found


def _ratings(shown: Figures) -> list[tuple[str, Mapping[str, int]]]:
    return [(_("办理结果"), shown.result), (_("办事态度"), shown.manner)]


def bands_of(communities: Sequence[Community], each: Mapping[UUID, Figures]) -> list[Band]:
    """Three bands by answers on time, and those with too few due to say."""
    parts = [(c, _on_time(each.get(c.id))) for c in communities]
    rated = [(c, n, of) for c, (n, of) in parts if of >= FEWEST_DUE]
    few = [(c, n, of) for c, (n, of) in parts if of < FEWEST_DUE]
    high = [row for row in rated if row[1] / row[2] >= HIGH]
    middle = [row for row in rated if MIDDLE <= row[1] / row[2] < HIGH]
    low = [row for row in rated if row[1] / row[2] < MIDDLE]
    bands = [
        Band(_("八成以上"), _("按期答复 80 % 以上"), 80, 100, high),
        Band(_("六成五到八成"), _("65 % 到 80 %"), 65, 80, middle),
        Band(_("六成五以下"), _("不到 65 %"), 0, 65, low),
        Band(_("还太少，不分档"), _("到过期的不满 10 条"), 0, 0, few),
    ]
    return [band for band in bands if band.members]


def _on_time(shown: Figures | None) -> tuple[int, int]:
    return (shown.counts["on_time"], shown.counts["have_been_due"]) if shown else (0, 0)
