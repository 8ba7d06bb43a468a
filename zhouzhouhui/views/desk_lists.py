"""Lists at the desk: every pile and every matter, filtered, sorted, paged, with what is due when."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhouzhouhui.queries.calendar import calendar_of
from zhouzhouhui.queries.desk_list import SORTS as SORT_CODES
from zhouzhouhui.queries.desk_list import Wanted, choices, listed
from zhouzhouhui.queries.desk_queues import pile_of
from zhouzhouhui.queries.desk_scope import at_the_desk, scope_of
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.states import KINDS, MATTER_STATES

from .desk_cards import desk_card
from .desk_words import DUES, PILES, SORTS
from .gate import TownRequest, gate

HANDLING = ("office", "leader", "cadre", "host", "recorder", "officer", "delegate")
FILTERS = ("community", "state", "kind", "category", "department", "due", "q")


@gate(*HANDLING)
def matters(request: TownRequest, pile: str = "") -> HttpResponse:
    """GET /desk/matters/ and /desk/pile/<code>/: filters in the query, at most twelve queries."""
    now = timezone.now()
    scope = scope_of(request.actor, day=day_in_china(now))
    chosen = pile_of(scope, pile) if pile else None
    if pile and chosen is None:
        raise Http404
    wanted = wanted_of(request)
    rows = at_the_desk(request.actor, town_id=request.town.id, day=day_in_china(now))
    found = listed(rows, scope, wanted, pile=chosen, at=now)
    calendar = calendar_of(request.town.id)
    offered = choices(request.town.id, scope)
    title, says = PILES[pile] if pile else (_("全部事项"), _("您看得到的每一件，包括已经答过的。"))
    told: dict[str, Any] = {
        "current": "matters",
        "title": title,
        "says": says,
        "pile": pile,
        "cards": [desk_card(matter, at=now, calendar=calendar) for matter in found.rows],
        "found": found,
        "wanted": wanted,
        "choices": offered,
        "states": [(code, word) for code, word in MATTER_STATES.items() if code != "voided"],
        "kinds": KINDS.items(),
        "dues": DUES.items(),
        "sorts": SORTS.items(),
        "is_filtered": any(getattr(wanted, name) for name in FILTERS),
    }
    return render(request, "desk/list.html", told)


def wanted_of(request: TownRequest) -> Wanted:
    """What the query asks for; nonsense is as good as nothing."""
    given = {name: request.GET.get(name, "").replace("\x00", "")[:80] for name in FILTERS}
    sort, page = request.GET.get("sort", "due"), request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Wanted(**given, sort=sort if sort in SORT_CODES else "due", page=number)
