"""What every page knows: its town, the day in China, and how the reader wants to read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from zhouzhouhui.rules.rhythm import day_in_china

MODE_COOKIE = "mode"
ELDER = "elder"


def is_elder(request: HttpRequest) -> bool:
    """Whether the reader asked for large type (关怀版)."""
    return request.COOKIES.get(MODE_COOKIE) == ELDER


def site(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    return {
        "town": getattr(request, "town", None),
        "today": day_in_china(timezone.now()),
        "is_elder": is_elder(request),
        "release": settings.RELEASE,
    }
