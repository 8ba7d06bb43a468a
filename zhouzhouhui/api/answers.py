"""What goes back: JSON with Chinese as it is, moments in China time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import timezone

JSON = "application/json; charset=utf-8"


def answer(content: Any, *, status: int = 200, content_type: str = JSON) -> HttpResponse:
    """A JSON answer. Keys of facts may be whatever the rules gave; anything unknown is written as text."""
    raw = orjson.dumps(content, default=str, option=orjson.OPT_NON_STR_KEYS)
    return HttpResponse(raw, status=status, content_type=content_type)


def moment(at: datetime | None) -> str | None:
    """A moment as every answer tells it: ISO 8601 in China time, to the second."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None
