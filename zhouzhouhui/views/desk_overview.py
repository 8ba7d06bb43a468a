"""Five minutes: one page for a leader or the office, each number a link to the very matters it counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhouzhouhui.queries.desk_overview import TO_DECIDE, overview, what_to_decide
from zhouzhouhui.queries.desk_queues import PILES
from zhouzhouhui.queries.desk_scope import scope_of
from zhouzhouhui.queries.figures import figures
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.figures import MEANINGS

from .desk_arcs import late_arcs, spark
from .desk_cards import due_of, full_number, href_of, words_of
from .desk_words import PILES as PILE_WORDS
from .gate import TownRequest, gate

SHOWN = 6


@gate("leader", "office")
def overview_page(request: TownRequest) -> HttpResponse:
    """GET /desk/overview/."""
    now = timezone.now()
    today = day_in_china(now)
    scope = scope_of(request.actor, day=today)
    found = overview(request.actor, scope, town_id=request.town.id, at=now)
    mine = [code for code in TO_DECIDE if PILES[code].roles & scope.roles]
    decide = [
        {
            "matter": matter, "what": PILE_WORDS[what_to_decide(matter, mine, today)][0], "number": full_number(matter),
            "words": words_of(matter), "due": due_of(matter, today), "href": href_of(matter),
        }
        for matter in found.decide[:SHOWN]
    ]  # fmt: skip
    counted = figures(town_id=request.town.id).as_json()
    context: dict[str, Any] = {
        "current": "overview",
        "counts": found.counts,
        "piles": [(code, PILE_WORDS[code][0], found.counts[code]) for code in mine if found.counts[code]],
        "decide": decide,
        "more": max(0, found.counts["decide"] - len(decide)),
        "late": late_arcs(found.late, today),
        "late_left": max(0, found.counts["late"] - 8),
        "growing": [(growing, spark(growing.counts)) for growing in found.growing],
        "weeks": [{"from": start, "n": n, "rings": range(min(n, 12)), "is_last": place == len(found.weeks) - 1}
                  for place, (start, n) in enumerate(found.weeks)],
        "past_rings": range(min(found.counts["promises_past"], 12)),
        "figures": _figures(counted),
        "at": now,
    }  # fmt: skip
    return render(request, "desk/overview.html", context)


def _figures(counted: dict[str, Any]) -> list[dict[str, Any]]:
    """The four figures with their n and N and what they mean."""
    rated = counted["satisfaction"]["result"]
    pleased, of = rated["satisfied"] + rated["basically"], rated["satisfied"] + rated["basically"] + rated["not"]
    rows = (
        ("closed_or_answered", counted["closed_or_answered"], counted["raised"]),
        ("solved", counted["solved"], counted["raised"]),
        ("on_time", counted["on_time"]["n"], counted["on_time"]["of"]),
        ("satisfaction", pleased, of),
    )
    return [
        {"name": MEANINGS[key].name, "says": MEANINGS[key].definition, "n": n, "of": whole} for key, n, whole in rows
    ]
