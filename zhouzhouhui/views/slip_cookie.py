"""The slip in hand: its code in a signed cookie that only the pages for slips are sent, for half an hour."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from zhouzhouhui.outside import keyring

COOKIE, SALT, PATH = "slip", "zhouzhouhui.slip", "/follow/"
SECONDS = 1800


def slip_code(request: HttpRequest) -> str:
    """The code in hand, as printed; empty when there is none or it is too old."""
    try:
        code: str = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return ""
    return code


def slip_digest(code: str) -> str:
    """Under what the slip is kept; raises `keyring.NotACode` for what can be no code."""
    return keyring.code_lookup(code)


def hand_over_slip(response: HttpResponse, code: str) -> None:
    """Put the slip into the visitor's hand."""
    response.set_cookie(
        COOKIE, signing.dumps(code, salt=SALT), max_age=SECONDS, path=PATH, httponly=True, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip


def put_away_slip(response: HttpResponse) -> None:
    """Take it out again."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def printed(code: str) -> str:
    """XXXX-XXXX-XXXX, however it was typed."""
    signs = keyring.normalise_code(code)
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))
