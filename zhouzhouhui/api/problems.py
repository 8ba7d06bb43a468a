"""Refusals over HTTP: RFC 9457 problem documents, in the caller's language, with the code and facts for programs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zhouzhouhui.queries.tries import count_wrong_code
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.field_faults import fault_sentence
from zhouzhouhui.wording.refusals import remedies, sentence

from .answers import answer

PROBLEM = "application/problem+json; charset=utf-8"
FAULTS_SAID = 3
WRAPPERS = ("body", "query", "path", "brought", "wanted", "one", "many")  # names of ours, not of the caller's
log = logging.getLogger("zhouzhouhui.api")


def problem(refused: Refused) -> HttpResponse:
    """The problem document of a refusal."""
    left = remedies(refused)
    document = {
        "type": f"/api/v1/problems/{refused.code}",
        "title": title_of(refused.status),
        "status": refused.status,
        "detail": sentence(refused),
        "code": refused.code,
        "facts": refused.facts,
        **({"remedies": left} if left else {}),
    }
    response = answer(document, status=refused.status, content_type=PROBLEM)
    if refused.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="zhouzhouhui"'
    if refused.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        response["Retry-After"] = str(60 * int(refused.facts.get("minutes", 0)) or 5)
    if "allow" in refused.facts:
        response["Allow"] = str(refused.facts["allow"])
    response["Cache-Control"] = "no-store"
    return response


def title_of(status: int) -> str:
    """What kind of refusal it is, in a few words."""
    titles = {
        400: _("看不懂这个请求"),
        401: _("要先出示令牌"),
        403: _("没有这个职务"),
        404: _("没有找到"),
        405: _("不能用这个方法"),
        409: _("和现在的情况对不上"),
        413: _("内容太大"),
        415: _("格式不对"),
        422: _("这样不行"),
        429: _("试得太多了"),
        500: _("系统出错"),
        503: _("现在太忙"),
    }
    return titles.get(status, HTTPStatus(status).phrase)


def speak_of_every_error(api: NinjaAPI) -> None:
    """Whatever goes wrong under the API is answered by a problem document."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refused: _refused,
        ValidationError: _invalid,
        AuthenticationError: lambda request, error: problem(Refused("token_needed")),
        HttpError: _unreadable,
        Http404: lambda request, error: problem(Refused("no_such_address")),
        RequestDataTooBig: lambda request, error: problem(too_large()),
        IntegrityError: _collided,
        OperationalError: _busy,
        Exception: _broken,
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)


def too_large() -> Refused:
    """More bytes than a call may bring."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    return Refused("body_too_large", limit=limit // (1024 * 1024))


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    caller = getattr(request, "auth", None)
    if caller is not None and caller.by_slip_only and refused.code in ("not_found", "not_allowed"):
        count_wrong_code(request)
    return problem(refused)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [_fault(one) for one in error.errors]
    said = "；".join(f"{fault['where']}：{fault['what']}" for fault in faults[:FAULTS_SAID])
    return problem(Refused("invalid_fields", count=len(faults), faults=said, fields=faults))


def _fault(error: dict[str, Any]) -> dict[str, str]:
    where = [str(part) for part in error["loc"] if part not in WRAPPERS]
    return {
        "where": ".".join(where) or "body",
        "what": fault_sentence(error["type"], error.get("ctx", {})),
        "kind": error["type"],
    }


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, Refused):
        return problem(cause)
    if isinstance(cause, orjson.JSONDecodeError):
        return problem(Refused("bad_json", problem=str(cause)))
    return problem(Refused("bad_json", problem=str(error)))


def _collided(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """Two callers wrote the same thing at once and the second try collided too: nothing was written by this one."""
    log.warning("collision: %s", error)
    return problem(Refused("same_id_other_words"))


def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    log.warning("database busy: %s", error)
    return problem(Refused("database_busy"))


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("broken inside", exc_info=error)
    return problem(Refused("broken_inside"))
