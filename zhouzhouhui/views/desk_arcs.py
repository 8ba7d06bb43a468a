"""What is late as arcs: from the day it was raised, over the meeting it should have been answered at, to today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhouzhouhui.models import Matter
from zhouzhouhui.rules.rhythm import day_in_china

from .desk_cards import href_of
from .spoken import say_day, say_name

LEFT, RIGHT, ROW, TOP = 128.0, 400.0, 42.0, 26.0
MOST = 8
Place = Callable[[date], float]


@dataclass(frozen=True)
class Arc:
    """One matter: where its points lie, and what is written beside it."""

    href: str
    said: str
    x: float
    due: float
    now: float
    y: float
    in_time: str
    over: str
    top: float
    head: str = ""
    head_count: str = ""


@dataclass(frozen=True)
class Arcs:
    """The picture, its months, and its height."""

    arcs: Sequence[Arc]
    months: Sequence[tuple[float, str]]
    height: float
    now: float
    label: str


def late_arcs(late: Sequence[Matter], today: date) -> Arcs:
    """At most eight, the longest waiting of each lead together; what is left out is told by the heading's link."""
    shown = sorted(late[:MOST], key=lambda m: (lead_name(m), m.raised_at))
    first = min((day_in_china(m.raised_at) for m in shown), default=today)
    span = max((today - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * max((day - first).days, 0) / span, 1)

    arcs, before = [], ""
    for n, matter in enumerate(shown):
        lead = lead_name(matter)
        same = sum(lead_name(m) == lead for m in late)
        arcs.append(_arc(matter, TOP + ROW * (n + 1), x, today, lead if lead != before else "", same))
        before = lead
    told = "，".join(f"{lead_name(m)} {m.number}" for m in shown)
    return Arcs(arcs, _months(first, today, x), TOP + ROW * len(shown) + 12, RIGHT, told)


def lead_name(matter: Matter) -> str:
    """Who it is stuck with."""
    if matter.lead_department:
        return say_name(matter.lead_department)
    return say_name(matter.community) if matter.lead_is_community else _("还没交办")


def _arc(matter: Matter, y: float, x: Place, today: date, head: str, same: int) -> Arc:
    start, end = x(day_in_china(matter.raised_at)), x(today)
    first = matter.first_due_meeting
    due_on = day_in_china(first.scheduled_at) if first else today
    due = min(max(x(due_on), start + 6), end - 2)
    share = (due - start) / max(end - start, 1)
    height = min(34.0, 12 + (end - start) / 8)
    # a quadratic curve from start to end, cut in two at the meeting it passed (de Casteljau)
    peak = y - 2 * height
    mid = start + (end - start) / 2
    a, b = start + (mid - start) * share, y + (peak - y) * share
    c, d = mid + (end - mid) * share, peak + (y - peak) * share
    cx, cy = a + (c - a) * share, b + (d - b) * share
    late = (today - due_on).days
    where = say_name(matter.community)
    return Arc(
        href=href_of(matter),
        said=f"{where} {ngettext('过 %(n)s 天', '过 %(n)s 天', late) % {'n': late}}",
        x=start, due=round(cx, 1), now=end, y=y,
        in_time=f"M{start:.1f} {y:.1f}Q{a:.1f} {b:.1f} {cx:.1f} {cy:.1f}",
        over=f"M{cx:.1f} {cy:.1f}Q{c:.1f} {d:.1f} {end:.1f} {y:.1f}",
        top=round(cy, 1),
        head=head,
        head_count=ngettext("%(n)s 件", "%(n)s 件", same) % {"n": same} if head else "",
    )  # fmt: skip


def _months(first: date, today: date, x: Place) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    day = date(first.year, first.month, 1) + timedelta(days=31)
    day = day.replace(day=1)
    while day < today:
        if not found or x(day) - found[-1][0] > 60:
            found.append((x(day), say_day(day)))
        day = (day + timedelta(days=31)).replace(day=1)
    return [place for place in found if RIGHT - place[0] > 50]


def spark(counts: Sequence[int]) -> str:
    """The points of a small curve, 136 wide and 40 high."""
    most = max(*counts, 1)
    step = 128 / max(len(counts) - 1, 1)
    return " ".join(f"{4 + step * n:.1f},{36 - 30 * count / most:.1f}" for n, count in enumerate(counts))
