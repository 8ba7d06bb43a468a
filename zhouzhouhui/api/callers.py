"""Who calls: a program with a bearer token in a person's name, a slip holder, a phone in the hall, or anybody."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from zhouzhouhui.models import Town
from zhouzhouhui.outside import keyring
from zhouzhouhui.queries.token_holder import actor_of_token
from zhouzhouhui.queries.tries import check_codes_left
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.refusals import Refused

SLIP_HEADER, DEVICE_HEADER = "HTTP_X_SLIP", "HTTP_X_DEVICE"


@dataclass(frozen=True)
class Caller:
    """The actor behind a call, and the moment of it."""

    by: Actor
    at: datetime

    @property
    def by_slip_only(self) -> bool:
        """Whether a slip code is all this caller has shown."""
        return bool(self.by.slips) and self.by.person is None

    @property
    def is_anybody(self) -> bool:
        """Nobody in particular: what they read may be kept and given to others."""
        return self.by == Actor()


class Call(HttpRequest):
    """A request as the operations see it, after the host and the caller are known."""

    town: Town
    auth: Caller


class Callers(HttpBearer):
    """Finds out who calls. A token that is wrong is refused even where none is needed."""

    def __init__(self, *, token_needed: bool) -> None:
        super().__init__()
        self.token_needed = token_needed

    def __call__(self, request: HttpRequest) -> Caller:
        """The caller, or a refusal."""
        now = timezone.now()
        shown = request.META.get("HTTP_AUTHORIZATION", "")
        slips = _slips(request, request.META.get(SLIP_HEADER, ""))
        if not shown:
            if self.token_needed:
                raise Refused("token_needed")
            return Caller(Actor(slips=slips, device=_device(request)), now)
        scheme, _, raw = shown.partition(" ")
        town: Town = request.town  # type: ignore[attr-defined]
        by = actor_of_token(raw.strip(), town_id=town.id, at=now, slips=slips) if scheme.lower() == "bearer" else None
        if by is None:
            raise Refused("token_unknown")
        return Caller(by, now)

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Not asked: the whole call is looked at above."""
        return self(request)


ANYBODY = Callers(token_needed=False)
STAFF = Callers(token_needed=True)


def with_slip(request: Call, code: str | None) -> Caller:
    """The caller, who also brought a slip code in the body."""
    caller = request.auth
    if not code:
        return caller
    slips = caller.by.slips | _slips(request, code)
    request.auth = replace(caller, by=replace(caller.by, slips=slips))
    return request.auth


def _slips(request: HttpRequest, code: str) -> frozenset[str]:
    if not code:
        return frozenset()
    check_codes_left(request)
    try:
        return frozenset({keyring.code_lookup(code)})
    except keyring.NotACode as error:
        raise Refused("not_a_code") from error


def _device(request: HttpRequest) -> str:
    """A phone's own random token, kept only as its hash."""
    told = request.META.get(DEVICE_HEADER, "").strip()
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest() if len(told) >= 16 else ""
