"""Reading what a call brings: JSON in UTF-8, strictly; nothing is guessed or repaired."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from zhouzhouhui.rules.refusals import Refused


class StrictReader(Parser):
    """The body of a call, or a refusal that says what to change."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The JSON value. A lone surrogate, a comment or NaN is no JSON; a NUL cannot be stored."""
        kind = request.content_type or ""
        if kind not in ("", "application/json") and not kind.endswith("+json"):
            raise Refused("json_wanted", content_type=kind)
        if (request.content_params or {}).get("charset", "utf-8").lower().replace("-", "") != "utf8":
            raise Refused("wrong_encoding")
        raw = request.body
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            _check_encoding(raw)
            raise
        if b"\\u0000" in raw and _has_nul(value):
            raise Refused("unreadable_characters", what="JSON")
        return value

    def parse_querydict(
        self, told: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The filters; a NUL in them is refused, since no database can look for it."""
        if _has_nul([told.getlist(name) for name in told]):
            raise Refused("unreadable_characters", what="?")
        return super().parse_querydict(told, list_fields, request)


def _check_encoding(raw: bytes) -> None:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("wrong_encoding") from error


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(name) or _has_nul(one) for name, one in value.items())
    return isinstance(value, list) and any(_has_nul(one) for one in value)
