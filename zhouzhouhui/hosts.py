"""Which town a request belongs to: by its Host, against the towns' own list of host names."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhouzhouhui.queries.town_of_host import town_of_host

Respond = Callable[[HttpRequest], HttpResponse]
WITHOUT_TOWN = ("/healthz",)


class TownFromHost:
    """Puts `request.town`; a host that no town claims is answered 421 and goes no further."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Resolve the town or refuse."""
        if request.path in WITHOUT_TOWN:
            return self.get_response(request)
        town = town_of_host(request.get_host())
        if town is None:
            sentence = _("这个网址不属于任何一个镇。请核对地址，或请管理员把它登记到本镇的域名里。")
            return HttpResponse(sentence, status=421, content_type="text/plain; charset=utf-8")
        request.town = town  # type: ignore[attr-defined]
        return self.get_response(request)


class SessionKeepsToItsTown:
    """A session of one town is worth nothing at another town's host."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out whoever belongs to another town."""
        town = getattr(request, "town", None)
        signed_in = request.session.get(SESSION_KEY) is not None
        if town is not None and signed_in and getattr(request.user, "town_id", None) != town.id:
            logout(request)
        return self.get_response(request)
