"""Slips at the desk: shown and printed once after something was written down, and issued again when one is lost."""

from __future__ import annotations

from typing import Any

import segno
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from zhouzhouhui.actions.reissue_slip import reissue_slip
from zhouzhouhui.outside import keyring
from zhouzhouhui.queries.desk_scope import scope_of
from zhouzhouhui.queries.slips import held_by
from zhouzhouhui.queries.town_page import communities_of
from zhouzhouhui.rules.powers import Mandated
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.refusals import sentence

from .gate import TownRequest, gate
from .spoken import say_name

KEY, SHOWN_SECONDS = "desk_slip", 15 * 60


def keep_slip(request: TownRequest, code: str) -> None:
    """Keep the code for the next page and its printing, for a quarter of an hour."""
    request.session[KEY] = {"code": code, "at": timezone.now().timestamp()}


@gate("office", "cadre", "delegate", "recorder")
def desk_slip(request: TownRequest) -> HttpResponse:
    """GET /desk/slip/: the slip to print and hand over. POST: it was handed over, forget it."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if request.method == "POST" or kept is None or timezone.now().timestamp() - kept["at"] > SHOWN_SECONDS:
        request.session.pop(KEY, None)
        return redirect("desk_raise")
    code = kept["code"]
    held = held_by(town_id=request.town.id, slip=keyring.code_lookup(code))
    if not held:
        return redirect("desk_raise")
    link = request.build_absolute_uri(f"/follow/{code}/")
    drawn = segno.make(link, error="m").svg_inline(border=1, dark="#1c1b19", light=None, omitsize=True)
    context = {
        "current": "raise", "held": held, "first": held[0].matter, "code": code,
        "qr": mark_safe(drawn),  # noqa: S308  # made by segno from an address of ours
    }  # fmt: skip
    return render(request, "desk/slip.html", context)


class LostSlip(forms.Form):
    """Against the number it was taken with."""

    community = forms.ChoiceField(label=_("哪个村居"), widget=forms.Select(attrs={"class": "input"}))
    phone = forms.CharField(
        label=_("登记时留的电话"),
        help_text=_("请本人在面前报出号码。旧的编号从此作废。"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "tel", "autocomplete": "off"}),
    )


@gate("office", "cadre", "recorder")
def lost_slip(request: TownRequest) -> HttpResponse:
    """GET and POST /desk/slip/lost/: a new code for everything this number raised in the community."""
    scope = scope_of(request.actor, day=day_in_china(timezone.now()))
    communities = communities_of(request.town.id)
    if not scope.has(Mandated.OFFICE):
        communities = [c for c in communities if c.id in scope.communities]
    form = LostSlip(request.POST or None)
    field = form.fields["community"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(c.short_code, say_name(c)) for c in communities]
    context: dict[str, Any] = {"current": "raise", "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/slip_lost.html", context, status=422 if request.method == "POST" else 200)
    chosen = next(c for c in communities if c.short_code == form.cleaned_data["community"])
    try:
        code, _opened = reissue_slip(
            town_id=request.town.id, community_id=chosen.id, phone=form.cleaned_data["phone"], by=request.actor,
            at=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        context["sentence"] = sentence(refused)
        return render(request, "desk/slip_lost.html", context, status=refused.status)
    keep_slip(request, code)
    return redirect("desk_slip")
