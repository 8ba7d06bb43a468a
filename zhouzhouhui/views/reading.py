"""How one wants to read: language and type size, remembered in two cookies; works without script or form."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from .gate import PUBLIC, gate
from .site_context import ELDER, MODE_COOKIE

YEAR = 365 * 24 * 3600


@gate(PUBLIC)
def reading(request: HttpRequest) -> HttpResponse:
    """GET /reading/?mode=elder|plain&language=zh-hans|en&next=/…: remember, and go back to the page."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) or not back.startswith("/"):
        back = "/"
    response = HttpResponseRedirect(back)
    response.headers["Cache-Control"] = "private, no-store"
    mode, language = request.GET.get("mode"), request.GET.get("language")
    if mode in (ELDER, "plain"):
        _remember(response, MODE_COOKIE, mode)
    if language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
