"""The town's own calendar, for years whose holidays the State Council has not published yet."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhouzhouhui.actions.clear_day import clear_day
from zhouzhouhui.actions.import_rows import import_rows
from zhouzhouhui.actions.set_day import set_day
from zhouzhouhui.queries import setup_desk
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.setup_words import DAY_KINDS

from .gate import TownRequest, gate
from .setup_acts import WHO, attempt, done, told
from .setup_forms import DaysForm

MOST_DAYS = 31


def _set(request: TownRequest, typed: dict[str, Any]) -> None:
    """Set every day from the first to the last, all or none."""
    first, last = typed["first"], typed["last"] or typed["first"]
    number = (last - first).days + 1
    if number < 1:
        raise Refused("term_backwards", what="last")
    if number > MOST_DAYS:
        raise Refused("out_of_range", what="days", least=1, most=MOST_DAYS)
    one = partial(set_day, kind=typed["kind"], note=typed["note"], **told(request))

    def act(day: date) -> str:
        one(day=day)
        return "set"

    days = [first + timedelta(days=step) for step in range(number)]
    for result in import_rows(rows=days, act=act, write=True):
        if result.refused is not None:
            raise result.refused


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def calendar(request: TownRequest) -> HttpResponse:
    """Which years are published, and the days the town has set itself."""
    form = DaysForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _set(request, form.cleaned_data)):
        return done(request, _("记下了。以后召集的会按新的日历排；已经召集的，请逐次改期。"), "setup_calendar")
    at = timezone.now()
    shown = {
        "current": "setup", "section": "calendar", "form": form,
        "days": setup_desk.calendar(town_id=request.town.id, at=at),
        "years": setup_desk.years(town_id=request.town.id, at=at), "kinds": DAY_KINDS,
    }  # fmt: skip
    return render(request, "setup/calendar.html", shown, status=422 if form.is_bound else 200)


@require_POST
@gate(*WHO)
def clear(request: TownRequest, day: str) -> HttpResponse:
    """Take a day out again."""
    try:
        clear_day(day=date.fromisoformat(day), **told(request))
    except (ValueError, Refused):
        raise Http404 from None
    return done(request, _("去掉了。这一天按国务院的安排，或平常的星期算。"), "setup_calendar")
