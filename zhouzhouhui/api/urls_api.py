"""The addresses of the API, version 1, under /api/v1/; every answer to a wrong call is a problem document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.utils.cache import patch_cache_control, patch_vary_headers
from ninja import NinjaAPI
from ninja.operation import PathView

from zhouzhouhui import __version__
from zhouzhouhui.rules.refusals import Refused

from . import beside_calls, matter_calls, meeting_calls, raising_calls, town_calls
from .openapi import openapi_json
from .problems import problem, speak_of_every_error
from .reader import StrictReader

View = Callable[..., HttpResponseBase]

api = NinjaAPI(
    title="周周会 zhouzhouhui", version=__version__, urls_namespace="api_v1", openapi_url=None, docs_url=None,
    parser=StrictReader(),
    description="件件有着落，下次会上见。同样的步骤、同样的规矩，和网页一样。说明见 docs/api.md。 "
    "The same acts and the same refusals as the pages; see docs/api.md.",
)  # fmt: skip
speak_of_every_error(api)
# Raising first: it is called most, and addresses are tried in this order.
for _calls in (raising_calls, town_calls, meeting_calls, matter_calls, beside_calls):
    api.add_router("", _calls.router)


def answering(view: View) -> View:
    """Answer HEAD like GET, other methods with a problem document, and keep what a caller alone may read private."""
    operations = next(cell.cell_contents for cell in view.__closure__ or () if isinstance(cell.cell_contents, PathView))

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        methods = {method for operation in operations.operations for method in operation.methods}
        asked = request.method
        if asked == "HEAD" and "GET" in methods:
            request.method = "GET"
        if request.method not in methods:
            allowed = ", ".join(sorted(methods))
            return problem(Refused("method_not_allowed", method=request.method, allowed=allowed, allow=allowed))
        response = view(request, *args, **kwargs)
        request.method = asked
        caller = getattr(request, "auth", None)
        if caller is None or not caller.is_anybody or asked == "POST":
            patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, ("Authorization", "X-Slip"))
        return response

    return answer


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever else is asked for under /api/v1/."""
    return problem(Refused("no_such_address"))


no_such_address.access_gate = "public"  # type: ignore[attr-defined]
no_such_address.csrf_exempt = True  # type: ignore[attr-defined]
describe = wraps(openapi_json)(partial(openapi_json, api=api))
describe.access_gate = "public"  # type: ignore[attr-defined]


def _patterns() -> list[URLPattern]:
    patterns = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = answering(pattern.callback)
            patterns.append(pattern)
    return patterns


urlpatterns: list[URLPattern] = [
    path("openapi.json", describe, name="openapi"),
    *_patterns(),
    re_path(r"^(?P<rest>.*)$", no_such_address, name="no_such_address"),
]
