"""Every address says who may pass: pages by the gate of views/, API operations by auth or an explicit auth=None."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views.generic import RedirectView
from ninja.operation import PathView

# Addresses of libraries and of the program itself that everybody may call; each is harmless by its own nature.
OPEN_TO_ALL = {
    "zhouzhouhui.health.healthz": "says only whether the database answers",
    "django.views.i18n.set_language": "sets the reader's own cookie",
    "zhouzhouhui.api.openapi.openapi_json": "describes the API, holds nothing of any town",
    "ninja.openapi.views.default_home": "answers 404 and lists nothing",
}
LIBRARIES = ("allauth.",)  # sign-in itself: the library guards what belongs to an account


def addresses(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def is_guarded(callback: Callable[..., Any]) -> bool:
    """Whether an address passes a gate: one of ours, an operation's, or one listed above with its reason."""
    # The library hands out a plain function that holds the operations of its path.
    for cell in getattr(callback, "__closure__", None) or ():
        if isinstance(cell.cell_contents, PathView):
            operations = cell.cell_contents.operations
            return all(operation.auth_callbacks or operation.auth_param is None for operation in operations)
    callback = getattr(callback, "func", callback)
    if getattr(callback, "view_class", None) is RedirectView:  # shows nothing, sends on to a guarded address
        return True
    name = f"{callback.__module__}.{getattr(callback, '__qualname__', '')}"
    if getattr(callback, "access_gate", None):
        return True
    return name in OPEN_TO_ALL or name.startswith(LIBRARIES)


def test_every_address_passes_a_gate() -> None:
    found = list(addresses(get_resolver().url_patterns))
    assert len(found) > 10
    assert [where for where, callback in found if not is_guarded(callback)] == []


def test_an_address_without_a_gate_is_seen() -> None:
    def page(request: object) -> None: ...

    inner = [path("page/", page)]  # type: ignore[arg-type]
    ((where, callback),) = addresses(inner)
    assert where == "page/"
    assert not is_guarded(callback)


def test_an_operation_that_says_nothing_about_auth_is_seen() -> None:
    from ninja import NinjaAPI

    api = NinjaAPI(urls_namespace="gates", openapi_url=None, docs_url=None)
    api.get("/silent")(lambda request: {})
    api.get("/open", auth=None)(lambda request: {})
    guarded = {where: is_guarded(callback) for where, callback in addresses(api.urls[0]) if where in ("silent", "open")}
    assert guarded == {"silent": False, "open": True}
