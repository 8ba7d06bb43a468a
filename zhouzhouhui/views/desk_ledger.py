"""The ledger at the desk: for auditors, the office and leaders; nobody can change or delete a line."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhouzhouhui.queries.desk_ledger import Asked, audit_lines, chains, sign_ins
from zhouzhouhui.rules.powers import Mandated
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.acts import VERBS

from .gate import TownRequest, gate

SIGN_IN_READERS = ("auditor", "administrator")


@gate("auditor", "office", "leader")
def ledger(request: TownRequest) -> HttpResponse:
    """GET /desk/ledger/: one chain at a time, by act and by day."""
    asked = _asked(request)
    heads = chains(request.town.id)
    head = next((h for h in heads if h.name == asked.chain), heads[0])
    lines, more = audit_lines(head, asked)
    context = {
        "current": "ledger",
        "heads": heads,
        "head": head,
        "lines": lines,
        "more": more,
        "asked": asked,
        "may_see_sign_ins": any(
            request.actor.holds(Mandated(role), day_in_china(timezone.now())) for role in SIGN_IN_READERS
        ),
        "verbs": sorted(VERBS.items(), key=lambda pair: str(pair[1])),
    }
    return render(request, "desk/ledger.html", context)


@gate(*SIGN_IN_READERS)
def sign_in_log(request: TownRequest) -> HttpResponse:
    """GET /desk/ledger/sign-ins/: who came through the door."""
    return render(request, "desk/sign_ins.html", {"current": "ledger", "rows": sign_ins(request.town)})


def _asked(request: TownRequest) -> Asked:
    get = request.GET
    before = get.get("before", "")
    return Asked(
        chain=get.get("chain", "")[:12],
        verb=get.get("verb", "")[:30],
        from_on=_day(get.get("from", "")),
        until_on=_day(get.get("until", "")),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0,
    )


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None
