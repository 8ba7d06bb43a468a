"""What somebody was typing when their session ended: kept in the new session until they have signed in again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

WRITER = "writer"  # a signed cookie that outlives the session: whose words they were
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
        "writer": request.get_signed_cookie(WRITER, default="", salt=WRITER),
        "back": request.headers.get("Referer", "/desk/") if _same_host(request) else "/desk/",
        "fields": fields,
        "files": [file.name for _field, chosen in request.FILES.lists() for file in chosen],
    }
    return True


def _same_host(request: HttpRequest) -> bool:
    return request.headers.get("Referer", "").startswith(f"{request.scheme}://{request.get_host()}/")


def kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept, if anything is waiting; only for whoever wrote it, and thrown away for anybody else."""
    found: dict[str, Any] | None = request.session.get(KEY)
    if found is not None and found["writer"] != str(request.user.pk):
        forget_kept(request)
        return None
    return found


def remember_writer(request: HttpRequest, response: HttpResponseBase) -> None:
    """Leave word in the browser who is writing here, to know them again when their session has ended."""
    writer = str(request.user.pk)
    if request.get_signed_cookie(WRITER, default="", salt=WRITER) != writer:
        response.set_signed_cookie(
            WRITER, writer, salt=WRITER, secure=request.is_secure(), httponly=True, samesite="Lax"
        )


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
