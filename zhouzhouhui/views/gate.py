"""The access gate: every address says who may pass, in one word or several, before its view runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control

from zhouzhouhui.models import Person, Town
from zhouzhouhui.queries.actors import actor_of
from zhouzhouhui.rules.powers import Actor, Mandated
from zhouzhouhui.rules.rhythm import day_in_china

from .kept_form import KEPT_PAGE, keep_typed, remember_writer, sent_again
from .second_factor import DOOR, has_second_factor, needs_second_factor

PUBLIC = "public"  # anybody; when nobody is signed in, the page may be cached
SLIP = "slip"  # anybody, but it speaks only to the holder of a slip code: never stored anywhere
SIGNED_IN = "signed_in"  # whoever has signed in
ROLES = frozenset(role.value for role in Mandated)

View = Callable[..., HttpResponseBase]


class TownRequest(HttpRequest):
    """A request as the views see it, after the middleware and the gate."""

    town: Town
    actor: Actor
    depends_on_community: UUID  # set by a public page that shows one community only: the page cache follows it
    user: Person  # an AnonymousUser only behind the public and the slip gate


def gate(*who: str) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Let only `who` pass: "public", "slip", "signed_in", or names of mandates (any one of them is enough).

    Sets `view.access_gate` (a house test walks all addresses) and, for the view, `request.actor`. Whoever
    has not signed in is sent to sign in and comes back; whoever lacks the mandate today is answered 403.
    """
    unknown = set(who) - ROLES - {PUBLIC, SLIP, SIGNED_IN}
    if not who or unknown:
        raise ValueError(f"no such gate: {sorted(unknown) or who}")
    is_open = PUBLIC in who or SLIP in who

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: TownRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not is_open:
                turned_away = _turn_away(request, who)
                if turned_away is not None:
                    return turned_away
            else:
                request.actor = Actor()
            response = view(request, *args, **kwargs)
            if not is_open:
                remember_writer(request, response)
            if PUBLIC not in who:
                patch_cache_control(response, private=True, no_store=True)
            return response

        guarded.access_gate = who  # type: ignore[attr-defined]
        return guarded

    return decorate


def _turn_away(request: TownRequest, who: tuple[str, ...]) -> HttpResponse | None:
    signed_in: bool = getattr(request.user, "is_authenticated", False)
    if not signed_in:
        kept = request.method == "POST" and keep_typed(request)
        return redirect_to_login(KEPT_PAGE if kept else request.get_full_path())
    request.actor = actor_of(request.user)
    if request.method == "POST":
        sent_again(request)
    if needs_second_factor(request) and not request.path.startswith(DOOR) and not has_second_factor(request):
        return redirect("account_page")
    today = day_in_china(timezone.now())
    if SIGNED_IN in who or any(request.actor.holds(Mandated(role), today) for role in who):
        return None
    raise PermissionDenied(",".join(who))
