"""At the door: what is told after too many tries, the page of one's own account, and what waited for a sign-in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .gate import SIGNED_IN, TownRequest, gate
from .kept_form import forget_kept, kept_fields, kept_form
from .second_factor import has_second_factor, needs_second_factor


def locked_out(request: HttpRequest, original: Any = None, credentials: Any = None) -> HttpResponse:
    """Too many wrong passwords for one name: how long it stays shut, and whom to ask (axes calls this)."""
    told = {
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
        "tries": settings.AXES_FAILURE_LIMIT,
    }
    return render(request, "account/locked.html", told, status=429)


@gate(SIGNED_IN)
def account_page(request: TownRequest) -> HttpResponse:
    """One's own account: mandates, password, second factor."""
    keys = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    told = {
        "mandates": request.user.mandates.select_related("community", "department").order_by("starts_on"),
        "has_totp": Authenticator.Type.TOTP in keys,
        "keys": keys.count(Authenticator.Type.WEBAUTHN),
        "must": needs_second_factor(request) and not has_second_factor(request),
    }
    return render(request, "account/account.html", told)


@gate(SIGNED_IN)
def kept(request: TownRequest) -> HttpResponse:
    """What was typed when the session ended, to be sent off again or thrown away."""
    form = kept_form(request)
    if form is None:
        return redirect("/desk/")
    if request.method == "POST":
        forget_kept(request)
        return redirect(form["back"])
    fields = [(name, value) for name, values in kept_fields(form) for value in values]
    long = [value for name, value in fields if len(value) > 1 and not name.startswith("_") and not value.isascii()]
    told = {"form": form, "fields": fields, "long": long, "title": _("您写的都在")}
    return render(request, "account/kept.html", told)
