"""Follow by slip code: no account. The code is asked for once, then the holder reads and speaks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhouzhouhui.models import Matter
from zhouzhouhui.outside.keyring import NotACode
from zhouzhouhui.queries.slips import Held, held_by, held_matter, next_meeting_of, spoken_to_the_raiser
from zhouzhouhui.queries.tries import check_codes_left, count_wrong_code
from zhouzhouhui.rules.matter_flow import State, may_take
from zhouzhouhui.rules.powers import Role
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.refusals import sentence
from zhouzhouhui.wording.states import outcome_word
from zhouzhouhui.wording.steps import STEPS

from .cards import address_of, lead_of
from .follow_acts import ACTS, REVOCABLE, act_of
from .gate import SLIP, TownRequest, gate
from .slip_cookie import hand_over_slip, printed, put_away_slip, slip_code, slip_digest

SAID_WORDS = ("words", "reason", "path", "instead", "basis", "new_step")


@gate(SLIP)
def follow(request: TownRequest) -> HttpResponse:
    """GET and POST /follow/: ask for the code; a right one leads on, a wrong one is told plainly."""
    if request.method != "POST":
        return render(request, "public/follow.html", {"current": "follow"})
    return _try_code(request, request.POST.get("code", ""))


@gate(SLIP)
@require_safe
def follow_link(request: TownRequest, code: str) -> HttpResponse:
    """GET /follow/<code>/: what the QR code on the slip opens."""
    return _try_code(request, code)


def _try_code(request: TownRequest, typed: str) -> HttpResponse:
    try:
        check_codes_left(request)
        held = _held_or_refuse(request, typed)
    except Refused as refused:
        context = {"current": "follow", "typed": typed[:40], "sentence": sentence(refused)}
        return render(request, "public/follow.html", context, status=refused.status)
    where = f"/follow/mine/{held[0].matter.id}/" if len(held) == 1 else "/follow/mine/"
    response = HttpResponseRedirect(where)
    hand_over_slip(response, printed(typed))
    return response


def _held_or_refuse(request: TownRequest, typed: str) -> list[Held]:
    try:
        slip = slip_digest(typed)
    except NotACode:
        raise Refused("not_a_code") from None
    held = held_by(town_id=request.town.id, slip=slip)
    if not held:
        count_wrong_code(request)
        raise Refused("slip_unknown")
    return held


@gate(SLIP)
@require_safe
def follow_mine(request: TownRequest) -> HttpResponse:
    """GET /follow/mine/: all matters of the slip in hand."""
    code = slip_code(request)
    held = held_by(town_id=request.town.id, slip=slip_digest(code)) if code else []
    if not held:
        return HttpResponseRedirect("/follow/")
    return render(request, "public/follow_list.html", {"current": "follow", "held": held, "code": code})


@gate(SLIP)
@require_safe
def follow_matter(request: TownRequest, matter_id: UUID) -> HttpResponse:
    """GET /follow/mine/<id>/: the answer, the three questions, and what else the raiser may do."""
    held = _in_hand(request, matter_id)
    if held is None:
        return HttpResponseRedirect("/follow/")
    return _show(request, held)


@gate(SLIP)
@require_POST
def follow_act(request: TownRequest, matter_id: UUID, verb: str) -> HttpResponse:
    """POST /follow/mine/<id>/<verb>/: the raiser's word, a withdrawal, new facts, a reminder."""
    held = _in_hand(request, matter_id)
    if held is None:
        return HttpResponseRedirect("/follow/")
    try:
        taken = act_of(verb, request.POST)(
            town_id=request.town.id,
            matter_id=held.matter.id,
            slip=slip_digest(slip_code(request)),
            at=timezone.now(),
        )
    except Refused as refused:
        return _show(request, held, refused=refused, tried=verb)
    return HttpResponseRedirect(f"/follow/mine/{matter_id}/?done={taken}")


@gate(SLIP)
@require_POST
def follow_leave(request: TownRequest) -> HttpResponse:
    """POST /follow/leave/: put the slip away, for phones that several people use."""
    response = HttpResponseRedirect("/follow/")
    put_away_slip(response)
    return response


def _in_hand(request: TownRequest, matter_id: UUID) -> Held | None:
    code = slip_code(request)
    if not code:
        return None
    return held_matter(town_id=request.town.id, slip=slip_digest(code), matter_id=matter_id)


def _show(request: TownRequest, held: Held, *, refused: Refused | None = None, tried: str = "") -> HttpResponse:
    matter = held.matter
    done = request.GET.get("done", "")
    context = {
        "current": "follow",
        "matter": matter,
        "is_raiser": held.is_raiser,
        "words": _words(held),
        "lead": lead_of(matter),
        "outcome": outcome_word(matter.outcome),
        "story": address_of(matter) if not (matter.is_private or matter.is_restricted) else "",
        "said": _said(held),
        "can": _can(matter, held),
        "next": next_meeting_of(matter) if not matter.is_restricted else None,
        "typed": request.POST if refused else {},
        "sentence": sentence(refused) if refused else "",
        "tried": tried,
        "done": done if done in ACTS or done in ("accept_answer", "dispute_answer") else "",
    }
    return render(request, "public/follow_matter.html", context, status=refused.status if refused else 200)


def _words(held: Held) -> str:
    if held.is_raiser and held.matter.words:
        return held.matter.words
    return held.matter.public_words or _("写在纸上交来的，还没有录成文字。")


def _can(matter: Matter, held: Held) -> dict[str, bool]:
    """What the holder may do now. A seconder may dispute and remind, and let go their own voice."""
    roles = frozenset({Role.RAISER if held.is_raiser else Role.SECONDER})
    verbs = ("accept_answer", "dispute_answer", "withdraw_matter", "reopen_matter", "urge")
    state = State(matter.state)
    can = {v: may_take(v, state=state, roles=roles, restricted=matter.is_restricted) for v in verbs}
    can["revoke_word"] = (
        held.is_raiser
        and state is State.CLOSED
        and matter.word_from == "staff"
        and matter.word_at is not None
        and timezone.now() - matter.word_at <= REVOCABLE
    )
    can["dispute_answer"] = can["dispute_answer"] and not matter.is_decision_unread
    return can


def _said(held: Held) -> list[dict[str, Any]]:
    """What was told to the raiser, newest first. A seconder reads the masked words, as on the public page."""
    said = []
    for line in spoken_to_the_raiser(held.matter):
        texts = {s.name: (s.text if held.is_raiser else s.public_text) for s in line.sealed.all()}
        words = [texts[name] for name in SAID_WORDS if texts.get(name)]
        if line.verb == "record_contact":
            words = []
        said.append({"title": STEPS[line.verb], "day": day_in_china(line.happened_at), "words": words})
    return said
