"""Photos as staff see them: through the permission of their matter, never by a public address."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone

from zhouzhouhui.outside import files
from zhouzhouhui.queries.desk_photo import photo_at_the_desk
from zhouzhouhui.rules.rhythm import day_in_china

from .gate import SIGNED_IN, TownRequest, gate


@gate(SIGNED_IN)
def photo(request: TownRequest, photo_id: UUID) -> HttpResponse:
    """GET /desk/photo/<key>/: the photo, or its small copy with ?small=1."""
    today = day_in_china(timezone.now())
    found = photo_at_the_desk(request.actor, photo_id, town_id=request.town.id, day=today)
    if found is None:
        raise Http404
    name = found.thumbnail if request.GET.get("small") and found.thumbnail else found.file
    try:
        return HttpResponse(files.read(name), content_type="image/jpeg")
    except OSError as error:
        raise Http404 from error
