"""The OpenAPI document: made once per process, with the problem document as every other answer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import NinjaAPI
from pydantic.json_schema import models_json_schema

from .answers import JSON, answer
from .told_shapes import Problem

PREFIX = "api/v1/"


@lru_cache(maxsize=1)
def document(api: NinjaAPI) -> bytes:
    """The document as it is sent."""
    described: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    _, shapes = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    described["components"].setdefault("schemas", {}).update(shapes["$defs"])
    wrong = {
        "description": "不能这样办，原因和办法都在里面 (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for path in described["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = wrong
            if operation["operationId"] not in STAFF_ONLY:
                operation["security"] = [*operation.get("security", []), {}]
    return bytes(answer(described).content)


STAFF_ONLY = frozenset({"people", "raise_at_meeting", "speak_group", "late_record", "call_meeting", "reissue_slip"})


def openapi_json(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    """GET /api/v1/openapi.json."""
    response = HttpResponse(document(api), content_type=JSON)
    patch_cache_control(response, public=True, max_age=300)
    return response
