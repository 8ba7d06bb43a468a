"""What somebody was typing when their session ended: kept in the new session until they have signed in again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

KEY = "kept_form"
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code"})
MOST_CHARACTERS = 1_000_000
KEPT_PAGE = "/desk/kept/"


def keep_typed(request: HttpRequest) -> bool:
    """Keep the posted fields; False where nothing was typed. Files cannot be kept and are named."""
    fields = {name: values for name, values in request.POST.lists() if name not in LEFT_OUT}
    if not fields or sum(len(v) for values in fields.values() for v in values) > MOST_CHARACTERS:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "back": request.headers.get("Referer", "/desk/") if _same_host(request) else "/desk/",
        "fields": fields,
        "files": [file.name for _field, chosen in request.FILES.lists() for file in chosen],
    }
    return True


def _same_host(request: HttpRequest) -> bool:
    return request.headers.get("Referer", "").startswith(f"{request.scheme}://{request.get_host()}/")


def kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept, if anything is waiting."""
    found: dict[str, Any] | None = request.session.get(KEY)
    return found


def kept_fields(form: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Its fields with all their values."""
    return list(form["fields"].items())


def forget_kept(request: HttpRequest) -> None:
    """Throw it away: it was sent, or nobody wants it."""
    request.session.pop(KEY, None)


def sent_again(request: HttpRequest) -> None:
    """A form that is sent off needs no keeping any more."""
    kept = kept_form(request)
    if kept is not None and kept["path"] == request.get_full_path():
        forget_kept(request)
