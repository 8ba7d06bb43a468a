"""Raising something between meetings, without an account and, if one likes, without a name."""

from __future__ import annotations

from uuid import UUID

import segno
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.actions.raise_matter import NewMatter, raise_matter
from zhouzhouhui.models import Community, Town, uuid7
from zhouzhouhui.outside import files, keyring
from zhouzhouhui.outside.photos import PhotoRefused, take_photo
from zhouzhouhui.queries.categories import open_categories
from zhouzhouhui.queries.slips import held_by
from zhouzhouhui.queries.town_page import communities_of
from zhouzhouhui.queries.tries import count_raise
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.refusals import sentence

from .community_page import community_or_404
from .gate import PUBLIC, SLIP, TownRequest, gate
from .raise_form import RaiseForm
from .slip_cookie import hand_over_slip, slip_code, slip_digest
from .town import by_kind

TICKET_SALT, TICKET_SECONDS = "zhouzhouhui.raise", 24 * 3600
MEGABYTE = 1024 * 1024


@gate(PUBLIC)
def choose_community(request: TownRequest) -> HttpResponse:
    """GET /raise/: where is it?"""
    context = {"current": "communities", "kinds": by_kind(communities_of(request.town.id))}
    return render(request, "public/raise_where.html", context)


@gate(SLIP)
def raise_between(request: TownRequest, short: str) -> HttpResponse:
    """GET and POST /c/<short>/raise/: the form; when it was right, on to the slip. What was typed stays."""
    community = community_or_404(request, short)
    community = community.successor or community
    categories = open_categories(request.town.id)
    if request.method != "POST":
        return _show(request, community, RaiseForm(categories=categories), ticket=new_ticket())
    form = RaiseForm(request.POST, request.FILES, categories=categories)
    ticket = request.POST.get("ticket", "")
    opened = open_ticket(ticket)
    if opened is None:
        return _show(
            request, community, form, ticket=new_ticket(), said=_("这一页放得太久了。写的都还在，请再交一次。")
        )
    if not form.is_valid():
        return _show(request, community, form, ticket=ticket)
    matter_id, code = opened
    try:
        if not held_by(town_id=request.town.id, slip=slip_digest(code)):  # else it was sent twice
            count_raise(request)
            _raise(request, community, form, matter_id=matter_id, code=code)
    except PhotoRefused as unfit:
        form.add_error("photo", photo_sentence(unfit))
        return _show(request, community, form, ticket=ticket)
    except Refused as refused:
        return _show(request, community, form, ticket=ticket, said=sentence(refused), status=refused.status)
    response = HttpResponseRedirect("/follow/slip/")
    hand_over_slip(response, code)
    return response


def _raise(
    request: TownRequest,
    community: Community,
    form: RaiseForm,
    *,
    matter_id: UUID,
    code: str,
) -> None:
    photos = _photos(request, request.town)
    told = form.cleaned_data
    is_told = bool(told["name"] or told["phone"] or told["guardian"])
    speaker = Speaker(
        name=told["name"], phone=told["phone"], is_under_14=told["is_under_14"], guardian=told["guardian"],
        notice=is_told, consent=told["consent"],
    )  # fmt: skip
    item = NewMatter(
        id=matter_id, words=told["words"], kind=told["kind"] or "unknown", category=told["category"],
        place=told["place"], people_count=told["people_count"], is_private=told["is_private"], photos=photos,
        filled_in_by=told["filled_in_by"],
    )  # fmt: skip
    try:
        raise_matter(
            item=item, town_id=request.town.id, community_id=community.id, by=Actor(), at=timezone.now(),
            speaker=speaker, code=code, channel="web",
        )  # fmt: skip
    except Refused:
        for file, thumbnail, _purpose in photos:
            files.remove(file)
            files.remove(thumbnail)
        raise


def _photos(request: HttpRequest, town: Town) -> tuple[tuple[str, str, str], ...]:
    given = request.FILES.get("photo")
    if given is None:
        return ()
    taken = take_photo(given.read())
    names = [files.store(raw, town=town.code, suffix=".jpg") for raw in (taken.jpeg, taken.thumbnail)]
    return ((names[0], names[1], "before"),)


def photo_sentence(refused: PhotoRefused) -> str:
    """Why a photo could not be taken, and what to do."""
    sentences = {
        "empty": _("这个照片文件是空的。请重新拍一张或选一张。"),
        "too_large": _("照片太大了。请在手机里选小一点的尺寸再传。"),
        "not_an_image": _("这个文件不是照片。请选手机拍的照片（JPG、PNG、HEIC）。"),
        "too_many_pixels": _("照片的像素太多了。请在手机里选小一点的尺寸再传。"),
    }
    return sentences.get(refused.code, _("这张照片打不开。请重新拍一张。"))


def new_ticket() -> str:
    """What makes sending the same form twice harmless: the key of the matter and the code of its slip, signed."""
    return signing.dumps([str(uuid7()), keyring.new_code()], salt=TICKET_SALT)


def open_ticket(ticket: str) -> tuple[UUID, str] | None:
    """The key and the code; None for a ticket that is not ours or a day old."""
    try:
        matter_id, code = signing.loads(ticket, salt=TICKET_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return None
    return UUID(matter_id), code


def _show(
    request: TownRequest, community: Community, form: RaiseForm, *, ticket: str, said: str = "", status: int = 0
) -> HttpResponse:
    context = {
        "current": "communities", "community": community, "form": form, "ticket": ticket, "sentence": said,
        "had_photo": bool(request.FILES),
    }  # fmt: skip
    wrong = bool(said) or (form.is_bound and bool(form.errors))
    return render(request, "public/raise.html", context, status=status or (422 if wrong else 200))


@gate(SLIP)
@require_safe
def slip(request: TownRequest) -> HttpResponse:
    """GET /follow/slip/: the slip to keep: number, meeting, code, and a QR code that opens it."""
    code = slip_code(request)
    held = held_by(town_id=request.town.id, slip=slip_digest(code)) if code else []
    if not held:
        return HttpResponseRedirect("/follow/")
    link = request.build_absolute_uri(f"/follow/{code}/")
    drawn = segno.make(link, error="m").svg_inline(border=1, dark="#1c1b19", light=None, omitsize=True)
    context = {
        "current": "follow",
        "held": held,
        "first": held[0].matter,
        "code": code,
        "qr": mark_safe(drawn),  # noqa: S308  # made by segno from an address of ours
    }
    return render(request, "public/slip.html", context)
