"""One community: its board, the list of all its matters, its minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from zhouzhouhui.models import Community, Meeting
from zhouzhouhui.queries.board import KIND_CHOICES, Board, board, matter_page
from zhouzhouhui.queries.public_matters import community_by_code, meetings_around
from zhouzhouhui.queries.published import at_meeting, meetings_with_minutes, published_minutes
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.meeting_flow import HELD, MeetingState
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.states import KINDS, MATTER_STATES, word_of

from .board_line import board_line
from .cards import Card, card_of
from .gate import PUBLIC, TownRequest, gate
from .promise_line import draw_tall, draw_wide

SHOWN_STATES = tuple(s.value for s in State if s is not State.VOIDED)


def community_or_404(request: TownRequest, short: str) -> Community:
    """The community of this town with this short code; the page cache then follows its chain."""
    community = community_by_code(request.town.id, short)
    if community is None:
        raise Http404(_("没有这个村居。"))
    request.depends_on_community = community.id
    return community


@gate(PUBLIC)
def community_board(request: TownRequest, short: str) -> HttpResponse:
    """GET /c/<short>/: promise line, next meeting, matters by what is owed."""
    community = community_or_404(request, short)
    now = timezone.now()
    found = board(community)
    drawn = board_line(found)
    context = {
        "current": "communities",
        "community": community,
        "board": found,
        "wide": mark_safe(draw_wide(drawn.line)),  # noqa: S308  # drawn by us, its texts escaped
        "tall": mark_safe(draw_tall(drawn.line)),  # noqa: S308
        "drawn": drawn,
        "groups": _groups(found, day_in_china(now)),
        "held": _held_count(found),
        "frozen": _frozen(found),
        "is_open_now": bool(found.next_meeting and found.next_meeting.state == MeetingState.OPEN),
        "is_late": _is_late(found.next_meeting, now),
    }
    return render(request, "public/board.html", context)


def _groups(found: Board, today: date) -> list[dict[str, Any]]:
    """The lists of the board: owed at the next meeting, promised, shelved, later, lately answered."""

    def cards(matters: Any) -> list[Card]:
        return [card_of(m, meetings=found.meetings, today=today) for m in matters]

    promised = [m for m in found.later if m.state == State.PROMISED]
    shelved = [m for m in found.later if m.state == State.SHELVED]
    later = [m for m in found.later if m.state in (State.RAISED, State.ASSIGNED)]
    shown = {
        "owed": (_("这次会上要答的"), cards(found.owed), found.due_count),
        "promised": (_("承诺了日子、还在办的"), cards(promised), len(promised)),
        "later": (_("再往后的会上要答的"), cards(later), len(later)),
        "shelved": (_("挂账的：暂时办不了，定期复核"), cards(shelved), len(shelved)),
        "latest": (_("最近几次会上答的"), cards(found.latest), 0),
    }
    private = {"owed": found.due_private}
    return [
        {"key": key, "title": title, "cards": rows, "count": count, "private": private.get(key, 0)}
        for key, (title, rows, count) in shown.items()
        if rows or (key == "owed" and count)
    ]


def _held_count(found: Board) -> int:
    last = found.last_held
    return (last.number or 0) if last else 0


def _frozen(found: Board) -> dict[str, Any] | None:
    last = found.last_held
    return last.frozen if last else None


def _is_late(meeting: Meeting | None, now: datetime) -> bool:
    """Its hour has come, and it is not open yet."""
    return meeting is not None and meeting.state == MeetingState.CALLED and meeting.scheduled_at < now


@gate(PUBLIC)
def community_matters(request: TownRequest, short: str) -> HttpResponse:
    """GET /c/<short>/matters/?state=&kind=&meeting=&before=: all matters, newest first, page by page."""
    community = community_or_404(request, short)
    asked = {name: request.GET.get(name, "") for name in ("state", "kind", "meeting", "before", "after")}
    page = matter_page(community, **asked)
    meetings = meetings_around(community, held=60)
    today = day_in_china(timezone.now())
    numbers = sorted({m.number for m in meetings if m.state in HELD and m.number}, reverse=True)
    context = {
        "current": "communities",
        "community": community,
        "asked": asked,
        "cards": [card_of(m, meetings=meetings, today=today) for m in page.matters],
        "older": page.older,
        "newer": page.newer,
        "states": [(code, word_of(MATTER_STATES, code)) for code in SHOWN_STATES],
        "kinds": [(code, word_of(KINDS, code)) for code in KIND_CHOICES],
        "numbers": [str(n) for n in numbers],
    }
    return render(request, "public/matters.html", context)


@gate(PUBLIC)
def minutes_list(request: TownRequest, short: str) -> HttpResponse:
    """GET /c/<short>/minutes/: the meetings whose minutes were published."""
    community = community_or_404(request, short)
    context = {
        "current": "communities",
        "community": community,
        "meetings": meetings_with_minutes(community),
    }
    return render(request, "public/minutes_list.html", context)


@gate(PUBLIC)
def minutes(request: TownRequest, short: str, number: int) -> HttpResponse:
    """GET /c/<short>/minutes/<n>/?edition=: the minutes of the n-th meeting, every edition kept."""
    community = community_or_404(request, short)
    published = published_minutes(community, number)
    if published is None:
        raise Http404(_("这次会的纪要还没有公布。"))
    wanted = request.GET.get("edition", "")
    shown = next((e for e in published.editions if str(e.edition) == wanted), published.newest)
    context = {
        "current": "communities",
        "community": community,
        "meeting": published.meeting,
        "edition": shown,
        "editions": published.editions,
        "is_newest": shown == published.newest,
        "words": [line.strip() for line in shown.words.splitlines()],
        "here": at_meeting(published.meeting),
        "frozen": published.meeting.frozen or {},
    }
    return render(request, "public/minutes.html", context)
