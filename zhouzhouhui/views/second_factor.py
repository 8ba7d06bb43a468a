"""Whether somebody must bring a second factor, and whether they did (design §7: office, leader, administrators)."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.utils import timezone

from zhouzhouhui.models import Town
from zhouzhouhui.rules.powers import Actor, Mandated
from zhouzhouhui.rules.rhythm import day_in_china

MUST = (Mandated.OFFICE, Mandated.LEADER, Mandated.ADMINISTRATOR)
DOOR = "/desk/account/"  # where a second factor is set up: open without one
SESSION_KEY = "second_factor_is_set"


def needs_second_factor(request: object) -> bool:
    """Whether the town asks a second factor of somebody with these mandates today."""
    town: Town = request.town  # type: ignore[attr-defined]
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = day_in_china(timezone.now())
    return bool(town.setting("require_second_factor")) and any(actor.holds(role, today) for role in MUST)


def has_second_factor(request: object) -> bool:
    """Whether one is set up; asked of the database once in a session (the library asks for it at each sign-in)."""
    session, user = request.session, request.user  # type: ignore[attr-defined]
    if session.get(SESSION_KEY) == str(user.pk):
        return True
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    if not Authenticator.objects.filter(user=user, type__in=kinds).exists():
        return False
    session[SESSION_KEY] = str(user.pk)
    return True
