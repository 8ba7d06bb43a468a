"""What somebody reads when a page cannot be given: what happened, and what to do."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.acts import ROLES, words_for
from zhouzhouhui.wording.refusals import remedies, sentence


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400, _("这个请求看不懂"), _("网址或交上来的内容不完整。请回到上一页，再试一次。"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: names the roles that may."""
    who = words_for([role for role in str(exception).split(",") if role in ROLES], ROLES)
    said = (
        _("这一页只给%(who)s看。您的职务里没有这一项，或者任期已经过了。") % {"who": who}
        if who
        else _("您不能看这一页。")
    )
    return _page(request, 403, _("这一页您进不去"), said)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the sentence of whoever raised it, or a general one."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    general = _("网址可能写错了，或者这一页从来没有过。记下的事项不会被删掉：用编号从村居的页上找得到。")
    return _page(request, 404, _("没有这一页"), said or general)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: must not need anything that may itself be broken."""
    try:
        return _page(
            request,
            500,
            _("这里出了毛病"),
            _("不是您的错，已经记下来了。刚才那一步没有做成：请过一会儿回到上一页再试。"),
        )
    except Exception:  # the page itself cannot be made: say it without one
        plain = "这里出了毛病，请过一会儿再试。 Something went wrong here. Please try again in a while.\n"
        return HttpResponse(plain, status=500, content_type="text/plain; charset=utf-8")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page had been open too long, or without cookies."""
    said = _("这一页放得太久了，或者浏览器不收 cookie。请按浏览器的后退，写的东西还在；刷新一下再交。")
    return _page(request, 403, _("没有交成"), said)


class RefusalsAsPages:
    """A refusal no view has taken care of becomes a page with its sentence, and its status."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        assert callable(self.get_response)
        response: HttpResponseBase = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only refusals; everything else stays an error."""
        if not isinstance(exception, Refused):
            return None
        if exception.status == 404:
            return not_found(request, PermissionDenied())
        title = _("请等一会儿") if exception.status == 429 else _("这一步没有做成")
        return _page(request, exception.status, title, sentence(exception), remedies(exception))


def _page(request: HttpRequest, status: int, title: str, said: str, more: list[str] | None = None) -> HttpResponse:
    context = {"title": title, "said": said, "more": more or [], "status": status, "current": ""}
    html = render_to_string("error.html", context, request=request)
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
