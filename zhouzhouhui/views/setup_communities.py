"""Communities: the roll-out plan, each one's facts and rhythm."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhouzhouhui.actions.add_community import add_community
from zhouzhouhui.actions.change_community import change_community
from zhouzhouhui.queries import setup_desk
from zhouzhouhui.wording.setup_words import COMMUNITY_KINDS

from .gate import TownRequest, gate
from .setup_acts import WHO, attempt, done, form_page, found, told
from .setup_forms import CommunityForm, NewCommunityForm

FACTS = ("name", "name_en", "kind", "weekday", "meets_at", "place", "joins_on", "is_pilot")


@require_safe
@gate(*WHO)
def communities(request: TownRequest) -> HttpResponse:
    """All communities in the order in which they join."""
    rows = list(setup_desk.communities(town_id=request.town.id, at=timezone.now()))
    shown = {"current": "setup", "section": "communities", "rows": rows, "kinds": COMMUNITY_KINDS}
    return render(request, "setup/communities.html", shown)


def _facts(form: CommunityForm) -> dict[str, Any]:
    facts = dict(form.cleaned_data)
    facts["former_villages"] = [part for part in re.split(r"[、，,;；\s]+", facts["former_villages"]) if part]
    return facts


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def new_community(request: TownRequest) -> HttpResponse:
    """A community joins."""
    form = NewCommunityForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: add_community(**_facts(form), **told(request))):
        return done(request, _("加好了，最近的三次会已经排出来。"), "setup_communities")
    return form_page(
        request,
        form,
        section="communities",
        title=_("添一个村居"),
        back="setup_communities",
        submit=_("添上，排出会期"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def community(request: TownRequest, key: UUID) -> HttpResponse:
    """One community's facts and rhythm; its codes stay."""
    one = found(setup_desk.community(town_id=request.town.id, key=key))
    now = {name: getattr(one, name) for name in FACTS} | {"former_villages": "、".join(one.former_villages)}
    form = CommunityForm(request.POST or None, initial=now)
    if form.is_valid() and attempt(
        form, lambda: change_community(community_id=one.id, **_facts(form), **told(request))
    ):
        return done(request, _("改好了。已经召集的会照原来的时间开，之后的会按新的来。"), "setup_communities")
    called = setup_desk.called_meetings(town_id=request.town.id, community_id=one.id, at=timezone.now())
    return form_page(
        request, form, section="communities", title=one.name, back="setup_communities", submit=_("保存"),
        lead=_("区划代码 {code}，短码 {short}，都不能改。").format(code=one.code, short=one.short_code), called=called,
    )  # fmt: skip
