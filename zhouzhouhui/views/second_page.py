"""Seconding (附议): one more voice on a matter, once for each phone, without a name."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.models import Matter
from zhouzhouhui.outside import keyring
from zhouzhouhui.queries.public_matters import numbered, readable
from zhouzhouhui.queries.tries import count_raise
from zhouzhouhui.rules.matter_flow import State, may_take
from zhouzhouhui.rules.powers import Actor, Role
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.refusals import sentence

from .cards import address_of, words_of
from .community_page import community_or_404
from .gate import SLIP, TownRequest, gate
from .slip_cookie import hand_over_slip

DEVICE_COOKIE, DEVICE_SALT, DEVICE_DAYS = "device", "zhouzhouhui.device", 400


@gate(SLIP)
def second(request: TownRequest, short: str, number: str) -> HttpResponse:
    """GET and POST /c/<short>/m/<number>/second/: ask once more, then add the voice and give a slip for it."""
    community = community_or_404(request, short)
    matter = numbered(readable(request.town.id), number).filter(community_id=community.id).first()
    if matter is None or not may_be_seconded(matter):
        raise Http404(_("没有这一件，或者它已经不能附议了。"))
    said, status = "", 200
    if request.method == "POST":
        try:
            return _add_voice(request, matter)
        except Refused as refused:
            said, status = sentence(refused), refused.status
    context = {
        "current": "communities", "community": community, "matter": matter, "words": words_of(matter),
        "story": address_of(matter), "sentence": said,
    }  # fmt: skip
    return render(request, "public/second.html", context, status=status)


def may_be_seconded(matter: Matter) -> bool:
    """Whether one more voice can be added now."""
    roles = frozenset({Role.RESIDENT})
    return may_take("second_matter", state=State(matter.state), roles=roles, restricted=matter.is_restricted)


def _add_voice(request: TownRequest, matter: Matter) -> HttpResponse:
    count_raise(request)
    device = _device(request) or secrets.token_hex(16)
    code = keyring.new_code()
    second_matter(town_id=request.town.id, matter_id=matter.id, by=Actor(device=device), at=timezone.now(), code=code)
    response = HttpResponseRedirect("/follow/slip/")
    hand_over_slip(response, code)
    response.set_cookie(
        DEVICE_COOKIE, signing.dumps(device, salt=DEVICE_SALT), max_age=DEVICE_DAYS * 24 * 3600, httponly=True,
        samesite="Lax", secure=settings.HTTPS,
    )  # fmt: skip
    return response


def _device(request: HttpRequest) -> str:
    """The token of this phone, which tells nothing but that it is the same phone."""
    try:
        device: str = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_SALT)
    except signing.BadSignature:
        return ""
    return device
