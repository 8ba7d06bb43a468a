"""Writing down what comes in between two meetings: one thing, or a list that becomes numbered matters at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhouzhouhui.actions.raise_matter import NewMatter, raise_matters
from zhouzhouhui.models import Category, Community, uuid7
from zhouzhouhui.outside import files
from zhouzhouhui.outside.photos import PhotoRefused, take_photo
from zhouzhouhui.papers.raise_list import ListRefused, lines_of_file
from zhouzhouhui.queries.categories import open_categories
from zhouzhouhui.queries.desk_scope import Scope, scope_of
from zhouzhouhui.queries.town_page import communities_of
from zhouzhouhui.rules.powers import Mandated
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.text.list_split import split_list, split_with_lead
from zhouzhouhui.wording.refusals import sentence
from zhouzhouhui.wording.sheet_faults import fault_sentence

from .desk_raise_form import LONGEST_LIST, LineTyped, RaiseAtDesk
from .desk_slips import keep_slip
from .gate import TownRequest, gate
from .raise_page import new_ticket, open_ticket, photo_sentence

RAISING = ("office", "cadre", "delegate")


@gate(*RAISING)
def raise_at_desk(request: TownRequest) -> HttpResponse:
    """GET and POST /desk/raise/: one thing is kept at once; a list is shown line by line first."""
    communities, categories = _offered(request)
    told: dict[str, Any] = {"communities": communities, "categories": categories}
    if request.method != "POST":
        first = {"community": request.GET.get("community", ""), "channel": "desk"}
        return _page(request, RaiseAtDesk(initial=first, **told), ticket=new_ticket())
    form = RaiseAtDesk(request.POST, request.FILES, **told)
    ticket = request.POST.get("ticket", "")
    opened = open_ticket(ticket)
    if opened is None:
        return _page(
            request, form, ticket=new_ticket(), said=_("这一页放得太久了。写的都还在，请再交一次。"), status=422
        )
    if not form.is_valid():
        return _page(request, form, ticket=ticket, status=422)
    do = request.POST.get("do", "")
    try:
        if do in ("split", "save", "again") or form.cleaned_data["listed"]:
            return _list(request, form, categories, ticket=ticket, do=do or "split")
        return _one(request, form, opened)
    except Refused as refused:
        return _page(request, form, ticket=ticket, said=sentence(refused), status=refused.status)
    except ListRefused as refused:
        return _page(request, form, ticket=ticket, said=_file_fault(refused), status=422)
    except PhotoRefused as unfit:
        form.add_error("photo", photo_sentence(unfit))
        return _page(request, form, ticket=ticket, status=422)


def _file_fault(refused: ListRefused) -> str:
    said = fault_sentence(refused.code, refused.facts)
    if not refused.facts.get("row"):
        return said
    where = _("第 %(row)s 行“%(heading)s”：") % {"row": refused.facts["row"], "heading": refused.facts["heading"]}
    return f"{where}{said}"


def _offered(request: TownRequest) -> tuple[list[Community], list[Category]]:
    """The communities this person may write for, and the categories."""
    scope: Scope = scope_of(request.actor, day=day_in_china(timezone.now()))
    communities = communities_of(request.town.id)
    if not scope.has(Mandated.OFFICE):
        communities = [c for c in communities if c.id in scope.communities]
    return communities, open_categories(request.town.id)


def _one(request: TownRequest, form: RaiseAtDesk, opened: tuple[UUID, str]) -> HttpResponse:
    key, code = opened
    photos = _photos(request)
    try:
        return _raise(request, form, [form.item(key, words=form.cleaned_data["words"], photos=photos)], code)
    except Refused:
        for file, thumbnail, _purpose in photos:
            files.remove(file)
            files.remove(thumbnail)
        raise


def _photos(request: TownRequest) -> tuple[tuple[str, str, str], ...]:
    given = request.FILES.get("photo")
    if given is None:
        return ()
    taken = take_photo(given.read())
    names = [files.store(raw, town=request.town.code, suffix=".jpg") for raw in (taken.jpeg, taken.thumbnail)]
    return ((names[0], names[1], "form"),)


def _raise(request: TownRequest, form: RaiseAtDesk, items: list[NewMatter], code: str) -> HttpResponse:
    """All of them or none, with one slip."""
    community = next(c for c in _offered(request)[0] if c.short_code == form.cleaned_data["community"])
    raise_matters(
        items=items,
        town_id=request.town.id,
        community_id=community.id,
        by=request.actor,
        at=timezone.now(),
        speaker=form.speaker(),
        code=code,
        channel=form.cleaned_data["channel"],
    )
    keep_slip(request, code)
    return redirect("desk_slip")


def _list(request: TownRequest, form: RaiseAtDesk, categories: list[Category], *, ticket: str, do: str) -> HttpResponse:
    """The numbered preview; when every line is right and it is to be saved, all of it is kept."""
    lines = _lines_first(request, form) if do == "split" else _lines_typed(request)
    lines = [line for line in lines if not line.is_dropped] or lines
    if not lines:
        form.add_error("words", _("没有找到一件事。请把清单贴在这里，或者选一个文件。"))
        return _page(request, form, ticket=ticket, status=422)
    opened, said, status = open_ticket(ticket), "", 200
    if do == "save" and opened is not None:
        _find_faults(lines)
        if not any(line.fault for line in lines):
            try:
                return _raise(request, form, [_item(line, form) for line in lines], opened[1])
            except Refused as refused:
                said, status = sentence(refused), refused.status
    faults = sum(bool(line.fault) for line in lines)
    context = {
        "current": "raise", "form": form, "lines": lines, "ticket": ticket, "categories": form.fields["category"],
        "kinds": form.fields["kind"], "faults": faults, "sentence": said, "who": [form[n] for n in form.ABOUT_WHO],
        "lead": _lead(request, form, do),
    }  # fmt: skip
    return render(request, "desk/raise_list.html", context, status=422 if faults else status)


def _item(line: LineTyped, form: RaiseAtDesk) -> NewMatter:
    told = form.cleaned_data
    return NewMatter(
        id=UUID(line.key), words=line.words, kind=line.kind, category=line.category, is_private=line.is_private,
        hide=tuple(told["hide"].split()), filled_in_by=told["filled_in_by"],
    )  # fmt: skip


def _lines_first(request: TownRequest, form: RaiseAtDesk) -> list[LineTyped]:
    """The lines as they came, from the file or out of the pasted words."""
    told, upload = form.cleaned_data, form.cleaned_data["listed"]
    if upload is not None:
        lines = [
            LineTyped(str(uuid7()), line.words, line.kind or told["kind"] or "unknown", line.category, line.is_private)
            for line in lines_of_file(upload.read(), upload.name or "")
        ]
    else:
        lines = [
            LineTyped(str(uuid7()), words, told["kind"] or "unknown", told["category"], told["is_private"])
            for words in split_list(told["words"])
        ]
    if len(lines) > LONGEST_LIST:
        raise Refused("batch_size", limit=LONGEST_LIST, count=len(lines))
    return lines


def _lead(request: TownRequest, form: RaiseAtDesk, do: str) -> str:
    """The words that introduced a pasted list and count as no item of it: they are shown, so that nothing is lost."""
    if do != "split":
        return request.POST.get("lead", "")
    return "" if form.cleaned_data["listed"] else split_with_lead(form.cleaned_data["words"]).lead


def _lines_typed(request: TownRequest) -> list[LineTyped]:
    """The lines as they stand on the preview; one marked "joins" goes to the end of the one before it."""
    post, lines = request.POST, list[LineTyped]()
    for key in post.getlist("line")[:LONGEST_LIST]:
        line = LineTyped(
            key=key if _is_key(key) else str(uuid7()),
            words=post.get(f"words-{key}", ""),
            kind=post.get(f"kind-{key}", "unknown"),
            category=post.get(f"category-{key}", ""),
            is_private=post.get(f"private-{key}") == "on",
            is_dropped=post.get(f"drop-{key}") == "on",
        )
        if lines and post.get(f"joins-{key}") == "on":
            lines[-1].words = f"{lines[-1].words}\n{line.words}"
        else:
            lines.append(line)
    return lines


def _is_key(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False


def _find_faults(lines: list[LineTyped]) -> None:
    for line in lines:
        if not line.words.strip():
            line.fault = _("这一行是空的。写上原话，或者勾“不要这一行”。")
        elif len(line.words) > 5000:
            line.fault = _("这一行有 %(n)s 个字，最多 5000 个。请拆开。") % {"n": len(line.words)}


def _page(request: TownRequest, form: RaiseAtDesk, *, ticket: str, said: str = "", status: int = 200) -> HttpResponse:
    about = [form[name] for name in form.ABOUT_ONE]
    who = [form[name] for name in form.ABOUT_WHO]
    context = {"current": "raise", "form": form, "ticket": ticket, "sentence": said, "about": about, "who": who}
    return render(request, "desk/raise.html", context, status=status)
