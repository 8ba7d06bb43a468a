"""What is done in a meeting: each button is one verb, the same action as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.adjourn_meeting import adjourn_meeting
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.actions.appoint_recorder import appoint_recorder
from zhouzhouhui.actions.break_off_meeting import break_off_meeting
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.open_meeting import open_meeting
from zhouzhouhui.actions.raise_matter import NewMatter, raise_matters
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.sign_in import sign_in
from zhouzhouhui.actions.speak_group import speak_group
from zhouzhouhui.actions.void_entry import void_entry
from zhouzhouhui.models import uuid7
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.text.list_split import SplitList, split_with_lead

from .gate import TownRequest, gate
from .hall import STAFF_ROLES, show_meeting
from .raise_page import open_ticket

Bring = Callable[[QueryDict], dict[str, Any]]


def answer_typed(post: QueryDict) -> Answer | None:
    """The answer on the form; None gives the signed draft."""
    if not post.get("outcome"):
        return None
    return Answer(
        str(post["outcome"]), post.get("words", ""), post.get("basis", ""), day_typed(post.get("promise_on", "")),
        owner_is_community=post.get("owner") == "community",
    )  # fmt: skip


def day_typed(raw: str) -> date | None:
    """A date as the browser sends it; anything else is refused in words."""
    if not raw.strip():
        return None
    try:
        return date.fromisoformat(raw.strip())
    except ValueError as error:
        raise Refused("not_a_date", typed=raw[:30]) from error


def key_typed(raw: str) -> UUID | None:
    """A key from the form; a broken one belongs to nothing here."""
    try:
        return UUID(raw) if raw else None
    except ValueError as error:
        raise Refused("not_found") from error


MATTER_VERBS: dict[str, tuple[Callable[..., Any], Bring]] = {
    "give_answer": (give_answer, lambda p: {"answer": answer_typed(p), "told": p.get("told", "")}),
    "carry_over": (
        carry_over,
        lambda p: {
            "words": p.get("words", ""), "reason": p.get("reason", ""), "new_step": p.get("new_step", ""),
            "leader": key_typed(p.get("leader", "")), "ask_route": p.get("ask_route", ""),
        },
    ),
    "read_decision": (read_decision, lambda p: {}),
    "accept_answer": (
        accept_answer,
        lambda p: {"solved": p.get("solved", ""), "manner": p.get("manner", ""), "result": p.get("result", "")},
    ),
    "dispute_answer": (dispute_answer, lambda p: {"reason": p.get("reason", ""), "manner": p.get("manner", "")}),
    "void_entry": (void_entry, lambda p: {}),
}  # fmt: skip
MEETING_VERBS: dict[str, tuple[Callable[..., Any], Bring]] = {
    "open_meeting": (open_meeting, lambda p: {}),
    "adjourn_meeting": (adjourn_meeting, lambda p: {}),
    "break_off_meeting": (break_off_meeting, lambda p: {"reason": p.get("reason", "")}),
    "sign_in": (sign_in, lambda p: {"kind": p.get("kind", ""), "heads": whole(p.get("heads", "1"))}),
    "appoint_host": (
        appoint_host,
        lambda p: {"person": key_typed(p.get("person", "")), "is_deputy": p.get("deputy") == "on"},
    ),
    "appoint_recorder": (appoint_recorder, lambda p: {"person": key_typed(p.get("person", ""))}),
}


def whole(raw: str) -> int:
    """A count as typed; 0 when it is none, which the action refuses."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 0


def seen_typed(post: QueryDict) -> int | None:
    """The revision the page showed; None when the field is missing or is no number."""
    raw = post.get("seen", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else None


@require_POST
@gate(*STAFF_ROLES)
def act_on_meeting(request: TownRequest, meeting_id: UUID, verb: str) -> HttpResponse:
    """One step of the meeting; a refusal shows the page again with what can be done."""
    if verb not in MEETING_VERBS:
        raise Http404
    act, bring = MEETING_VERBS[verb]
    try:
        act(town_id=request.town.id, meeting_id=meeting_id, by=request.actor, at=timezone.now(), **bring(request.POST))
    except Refused as refused:
        return show_meeting(request, meeting_id, refused=refused, typed=request.POST.dict())
    return redirect("hall_meeting", meeting_id=meeting_id)


@require_POST
@gate(*STAFF_ROLES)
def act_on_matter(request: TownRequest, meeting_id: UUID, matter_id: UUID, verb: str) -> HttpResponse:
    """One step of a matter in the hall; what was typed stays where it was typed."""
    if verb not in MATTER_VERBS:
        raise Http404
    act, bring = MATTER_VERBS[verb]
    try:
        matter = act(
            town_id=request.town.id, matter_id=matter_id, by=request.actor, at=timezone.now(),
            seen=seen_typed(request.POST), **bring(request.POST),
        )  # fmt: skip
    except Refused as refused:
        return show_meeting(request, meeting_id, refused=refused, at_matter=matter_id, typed=request.POST.dict())
    remember_undo(request, meeting_id, matter, verb)
    return redirect("hall_meeting", meeting_id=meeting_id)


def remember_undo(request: TownRequest, meeting_id: UUID, matter: Any, verb: str) -> None:
    """Offer to undo this entry for ten seconds."""
    if verb == "void_entry":
        request.session.pop("undo", None)
        return
    request.session["undo"] = {
        "meeting": str(meeting_id), "matter": str(matter.id), "number": matter.number, "verb": verb,
        "at": timezone.now().timestamp(),
    }  # fmt: skip


@require_POST
@gate(*STAFF_ROLES)
def speak_together(request: TownRequest, meeting_id: UUID) -> HttpResponse:
    """Several matters with one answer or one reason: one line each, marked as grouped."""
    post = request.POST
    try:
        ids = [key for raw in post.getlist("matter") if (key := key_typed(raw))]
        done = speak_group(
            manner=post.get("manner", ""), town_id=request.town.id, matter_ids=ids, by=request.actor, at=timezone.now(),
            answer=answer_typed(post) if post.get("manner") == "give_answer" else None,
            words=post.get("words", ""), reason=post.get("reason", ""), told=post.get("told", ""),
        )  # fmt: skip
    except Refused as refused:
        typed = {**post.dict(), "matter": post.getlist("matter"), "group": True}
        return show_meeting(request, meeting_id, refused=refused, typed=typed)
    numbers = "、".join(m.number for m in done)
    messages.success(request, _("{numbers} 已合在一起说了，每件各记一行。").format(numbers=numbers), extra_tags="done")
    return redirect("hall_meeting", meeting_id=meeting_id)


@require_POST
@gate(*STAFF_ROLES)
def raise_here(request: TownRequest, meeting_id: UUID) -> HttpResponse:
    """Write down what is said on the floor; several lines are several matters with one slip."""
    post = request.POST
    found = (
        split_with_lead(post.get("words", "")) if post.get("split") == "on" else SplitList("", [post.get("words", "")])
    )
    key, code = open_ticket(post.get("ticket", "")) or (uuid7(), "")
    try:
        raised = raise_matters(
            items=[_item(text, post, key=UUID(int=key.int ^ n)) for n, text in enumerate(found.items or [""])],
            town_id=request.town.id, meeting_id=meeting_id, by=request.actor, at=timezone.now(), speaker=_speaker(post),
            code=code,
        )  # fmt: skip
    except Refused as refused:
        return show_meeting(request, meeting_id, refused=refused, typed={**post.dict(), "floor": True})
    if raised.code or code:  # sent twice, it is the same slip
        request.session["slip"] = {"code": raised.code or code, "numbers": [m.number for m in raised.matters]}
    if found.lead:
        messages.info(request, _("这一句没有算作一件：{words}").format(words=found.lead))
    if not raised.again:
        remember_undo(request, meeting_id, raised.matters[-1], "raise_matter")
    return redirect("hall_meeting", meeting_id=meeting_id)


def _item(words: str, post: QueryDict, *, key: UUID) -> NewMatter:
    people = post.get("people_count", "")
    return NewMatter(
        id=key, words=words, kind=post.get("kind") or "unknown", category=post.get("category", ""),
        place=post.get("place", ""),
        people_count=whole(people) if people.strip() else None, is_private=post.get("is_private") == "on",
        is_legacy=bool(post.get("legacy_since")), legacy_since=post.get("legacy_since", ""),
        hide=tuple(post.get("hide", "").split()),
    )  # fmt: skip


def _speaker(post: QueryDict) -> Speaker | None:
    if not any(post.get(name) for name in ("name", "phone", "address", "guardian", "is_under_14")):
        return None
    return Speaker(
        name=post.get("name", ""), phone=post.get("phone", ""), address=post.get("address", ""),
        is_under_14=post.get("is_under_14") == "on", guardian=post.get("guardian", ""),
        notice=post.get("consent") == "on", consent=post.get("consent") == "on",
    )  # fmt: skip
