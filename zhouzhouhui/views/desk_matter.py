"""One matter at the desk: its words, its past, and every act that this person may take on it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhouzhouhui.actions.add_photo import add_photo
from zhouzhouhui.models import Matter
from zhouzhouhui.outside import files
from zhouzhouhui.outside.photos import Photo
from zhouzhouhui.queries.categories import open_categories
from zhouzhouhui.queries.desk_evenings import due_rows
from zhouzhouhui.queries.desk_matter import Dossier, dossier, likely_same, links_of, people_to_name
from zhouzhouhui.queries.desk_past import answered_alike
from zhouzhouhui.queries.desk_scope import at_the_desk, scope_of
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import CHINA, day_in_china
from zhouzhouhui.wording.acts import VERBS
from zhouzhouhui.wording.refusals import remedies, sentence

from .desk_acts import ACTS, PAIRED, Act, first_act, offered_acts
from .desk_cards import coming_number, due_of, full_number, look_of, marks_of, meeting_head, meta_of, words_of
from .desk_forms import DeskForm
from .desk_story import told
from .gate import TownRequest, gate

QUEUE = 40


@gate("signed_in")
def matter_page(request: TownRequest, matter_id: UUID, verb: str = "") -> HttpResponse:
    """GET and POST /desk/m/<key>/<verb>/: the page, with one act's form open; a refusal keeps what was typed."""
    if verb and verb not in ACTS:
        raise Http404
    opened, queue = _open(request, matter_id)
    if request.method == "POST" and verb:
        return _take(request, opened, queue, ACTS[verb])
    acts = offered_acts(opened)
    if verb and not any(act.verb == verb for act in acts):
        return redirect("desk_matter", matter_id=matter_id)
    verb = verb or first_act(opened, acts)
    form = _form(request, opened, ACTS[verb]) if verb else None
    return _show(request, opened, queue, verb=verb, form=form)


def _open(request: TownRequest, matter_id: UUID) -> tuple[Dossier, list[Matter]]:
    """The matter and the queue beside it; whoever may not read it is told that there is none."""
    now = timezone.now()
    scope = scope_of(request.actor, day=day_in_china(now))
    rows = due_rows(request.actor, scope, town_id=request.town.id, at=now, also=matter_id, most=QUEUE)
    matter = next((row for row in rows if row.id == matter_id), None)
    if matter is None:
        raise Http404
    opened = dossier(matter, request.actor, day=day_in_china(now))
    if opened is None:
        raise Http404
    others = sorted(
        (row for row in rows if row.due_meeting is not None and not row.is_restricted),
        key=lambda m: (m.due_meeting.scheduled_at, m.number_meeting, m.number_place) if m.due_meeting else (now, 0, 0),
    )
    return opened, others


def _form(
    request: TownRequest, opened: Dossier, act: Act, *, typed: bool = False, changes: Mapping[str, Any] | None = None
) -> DeskForm:
    """The form of an act, empty or with what was typed; ``changes`` are put in place of typed values."""
    offered: Sequence[Any] = ()
    if act.form.needs == "people":
        offered = people_to_name(request.town.id)
    elif act.form.needs == "categories":
        offered = open_categories(request.town.id)
    elif act.form.needs == "alike":
        asked = request.GET.get("q", "") or request.POST.get("q", "")
        matters = at_the_desk(request.actor, town_id=request.town.id, day=day_in_china(timezone.now()))
        offered = likely_same(opened.matter, matters, q=asked[:80], any_community=act.verb == "link_matters")
    initial = {"contacted_at": timezone.localtime(timezone.now(), CHINA)} if act.verb == "record_contact" else {}
    if not typed:
        return act.form(dossier=opened, offered=offered, initial=initial)
    post = request.POST.copy()
    for name, value in (changes or {}).items():
        post[name] = value
    return act.form(post, request.FILES, dossier=opened, offered=offered, initial=initial)


def _take(request: TownRequest, opened: Dossier, queue: list[Matter], act: Act) -> HttpResponse:
    """Take the act, or show the page again with everything that was typed and what stands in the way."""
    quoted = _quoted(request, opened)
    form = _form(request, opened, act, typed=True, changes=quoted)
    if quoted is not None:
        return _show(request, opened, queue, verb=act.verb, form=form)
    if not form.is_valid():
        return _show(request, opened, queue, verb=act.verb, form=form, status=422)
    try:
        _run(request, opened.matter, act, form)
    except Refused as refused:
        fresh, queue = _open(request, opened.matter.id)
        form.dossier = fresh
        return _show(request, fresh, queue, verb=act.verb, form=form, refused=refused, status=refused.status)
    said = _("记下了：%(number)s，%(act)s。") % {"number": opened.matter.number, "act": VERBS[act.verb]}
    messages.add_message(request, messages.SUCCESS, said, extra_tags="done")
    if act.verb == "mark_restricted" and not _may_open(request, opened.matter.id):
        return redirect("desk_home")  # whoever handed it over may no longer read it: that is no missing page
    return redirect("desk_matter", matter_id=opened.matter.id)


def _may_open(request: TownRequest, matter_id: UUID) -> bool:
    try:
        _open(request, matter_id)
    except Http404:
        return False
    return True


def _run(request: TownRequest, matter: Matter, act: Act, form: DeskForm) -> None:
    brought = form.brought()
    photo: Photo | None = brought.pop("photo", None)
    is_public = bool(brought.pop("is_public", False))
    seen = request.POST.get("seen", "")
    acting: dict[str, Any] = {
        "town_id": request.town.id, "matter_id": matter.id, "by": request.actor, "at": timezone.now(),
        "seen": int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None,
    }  # fmt: skip
    kept = _keep(request, photo) if photo is not None else {}
    try:
        if act.verb == "add_photo":
            act.run(**acting, **kept, **brought, is_public=is_public)
            return
        act.run(**acting, **brought)
    except Refused:
        for name in kept.values():
            files.remove(name)
        raise
    if kept:
        add_photo(**{**acting, "seen": None, **kept}, purpose="after", is_public=is_public)


def _keep(request: TownRequest, photo: Photo) -> dict[str, str]:
    """The photo and its small copy in the files, under random names."""
    code = request.town.code
    return {
        "file": files.store(photo.jpeg, town=code, suffix=".jpg"),
        "thumbnail": files.store(photo.thumbnail, town=code, suffix=".jpg"),
    }


def _quoted(request: TownRequest, opened: Dossier) -> dict[str, str] | None:
    """What the fields become when an earlier answer is quoted into them; None when that was not asked."""
    asked = request.POST.get("quote", "")
    if not asked:
        return None
    key, _sep, part = asked.partition(":")
    earlier = next((e for e in answered_alike(opened.matter) if str(e.matter.id) == key), None)
    if earlier is None:
        return {}
    source = f"（{full_number(earlier.matter)}）"
    if part == "basis":
        return {"basis": (request.POST.get("basis", "") + earlier.basis + source).strip()}
    return {"words": (request.POST.get("words", "") + earlier.words + source).strip()}


def _show(
    request: TownRequest, opened: Dossier, queue: list[Matter], *, verb: str, form: DeskForm | None,
    refused: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    now = timezone.now()
    today, matter = day_in_china(now), opened.matter
    acts = offered_acts(opened)
    pair = PAIRED.get(verb, "")
    context: dict[str, Any] = {
        "current": "matters",
        "dossier": opened,
        "matter": matter,
        "number": full_number(matter),
        "words": words_of(matter),
        "meta": meta_of(matter),
        "state": look_of(matter),
        "marks": marks_of(matter, today, red=False),
        "due": due_of(matter, today),
        "days": (day_in_china(matter.due_meeting.scheduled_at) - today).days if matter.due_meeting else None,
        "past": told(opened),
        "groups": _groups(queue, now),
        "acts": [act for act in acts if act.verb not in (verb, pair)],
        "verb": verb,
        "form": form,
        "pair": ACTS[pair].form(dossier=opened) if any(act.verb == pair for act in acts) else None,
        "pair_verb": pair,
        "links": [] if verb == "draft_answer" or (form and form.needs) else links_of(matter),
        "alike": answered_alike(opened.matter) if verb == "draft_answer" else [],
        "refused": sentence(refused) if refused else "",
        "remedies": remedies(refused) if refused else [],
        "asked": request.GET.get("q", ""),
    }
    return render(request, "desk/matter.html", context, status=status)


def _groups(queue: list[Matter], now: datetime) -> list[dict[str, Any]]:
    """The queue by due meeting, as the left column shows it."""
    today = day_in_china(now)
    groups: dict[UUID, dict[str, Any]] = {}
    for matter in queue:
        meeting = matter.due_meeting
        assert meeting is not None
        head = meeting_head(meeting, today, number=coming_number(matter))
        near = (day_in_china(meeting.scheduled_at) - today).days <= 1
        group = groups.setdefault(meeting.id, {"head": head, "near": near, "rows": []})
        marks = marks_of(matter, today, red=False)
        group["rows"].append(
            {"matter": matter, "words": words_of(matter), "state": look_of(matter), "mark": marks[0] if marks else None}
        )
    return list(groups.values())
