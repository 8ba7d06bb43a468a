"""One matter: its words, its own promise line, and its story as one line of time."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from zhouzhouhui.outside import files
from zhouzhouhui.queries.published import public_photo
from zhouzhouhui.queries.story import story
from zhouzhouhui.rules.meeting_flow import HELD
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.states import kind_word, outcome_word, route_word

from .cards import lead_of, marks_of, words_of
from .community_page import community_or_404
from .gate import PUBLIC, TownRequest, gate
from .promise_line import draw_one_narrow, draw_one_wide
from .second_page import may_be_seconded
from .story_line import story_line
from .story_steps import shown_steps

SECONDS = 300  # a photo may be erased: no cache keeps it for long


@gate(PUBLIC)
def matter_story(request: TownRequest, short: str, number: str) -> HttpResponse:
    """GET /c/<short>/m/<number>/: private and restricted matters are answered like one that never was."""
    community = community_or_404(request, short)
    found = story(community, number)
    if found is None:
        raise Http404(_("没有这一件，或者它是不公开内容的个人事项。"))
    line = story_line(found)
    matter = found.matter
    held = [m for m in found.meetings if m.state in HELD]
    context = {
        "current": "communities",
        "community": community,
        "matter": matter,
        "words": words_of(matter),
        "lead": lead_of(matter),
        "kind": kind_word(matter.kind),
        "route": route_word(matter.route),
        "outcome": outcome_word(matter.outcome),
        "marks": marks_of(matter, held, today=day_in_china(timezone.now())),
        "steps": shown_steps(found),
        "last": found.steps[-1] if found.steps else None,
        "printed": found.printed,
        "merged_into": found.merged_into,
        "merged_here": found.merged_here,
        "wide": mark_safe(draw_one_wide(line)) if line else "",  # noqa: S308  # drawn by us, texts escaped
        "narrow": mark_safe(draw_one_narrow(line)) if line else "",  # noqa: S308
        "line": line,
        "may_second": may_be_seconded(matter),
    }
    return render(request, "public/story.html", context)


@gate(PUBLIC)
def photo(request: TownRequest, photo_id: UUID) -> HttpResponseBase:
    """GET /photo/<uuid>.jpg, ?small=1 for the thumbnail: only photos that anybody may see."""
    found = public_photo(town_id=request.town.id, photo_id=photo_id)
    if found is None:
        raise Http404(_("没有这张照片。"))
    name = found.thumbnail if request.GET.get("small") and found.thumbnail else found.file
    try:
        opened = files.open_file(name)
    except OSError:
        raise Http404(_("没有这张照片。")) from None
    response = FileResponse(opened, content_type="image/jpeg")
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response
