"""Raising over HTTP: one matter or many, at a meeting or between meetings, all of them or none."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Body, Router
from pydantic import Discriminator, Tag

from zhouzhouhui.actions.raise_matter import NewMatter, Raised, raise_matters
from zhouzhouhui.models import uuid7
from zhouzhouhui.outside import files, keyring
from zhouzhouhui.queries.references import community_named, people_named
from zhouzhouhui.queries.tries import count_raise

from . import told_shapes as told
from .answers import answer
from .callers import ANYBODY, STAFF, Call
from .law_in_words import law_of, summary_of
from .matter_calls import stored_photo
from .matter_shapes import Item, RaiseMany, RaiseOne
from .taking import once_more, slip_printed, speaker_told
from .telling import standings_of

router = Router(tags=["登记 raising"])
ONE_FIELDS = frozenset(Item.model_fields)


def _one_or_many(told_so: Any) -> str:
    return "many" if isinstance(told_so, RaiseMany) or (isinstance(told_so, dict) and "items" in told_so) else "one"


Raising = Annotated[Annotated[RaiseOne, Tag("one")] | Annotated[RaiseMany, Tag("many")], Discriminator(_one_or_many)]


def raise_at_meeting(request: Call, meeting_id: UUID, brought: Body[Raising]) -> HttpResponse:
    """Raised in an open meeting: due at the community's next regular one."""
    return _raise(request, brought, meeting_id=meeting_id)


def raise_between(request: Call, code: str, brought: Body[Raising]) -> HttpResponse:
    """Raised between meetings, by anybody: due at the first regular meeting at least three working days away."""
    if request.auth.by.person is None:
        count_raise(request)
    return _raise(request, brought, community=community_named(request.town.id, code))


def new_matters(request: Call, items: list[Item]) -> list[NewMatter]:
    """The things raised, as the action wants them; photos are stored on the way."""
    names = sorted({name for item in items for name in item.concerns})
    people = dict(zip(names, people_named(request.town.id, names), strict=True)) if names else {}
    return [_new_matter(request, item, people) for item in items]


def _new_matter(request: Call, item: Item, people: dict[str, UUID]) -> NewMatter:
    fields = {name: getattr(item, name) for name in ONE_FIELDS}
    fields["id"] = item.id or uuid7()
    fields["concerns"] = tuple(people[name] for name in item.concerns)
    fields["hide"] = tuple(item.hide)
    fields["photos"] = tuple((*stored_photo(p.photo, request.town), p.purpose) for p in item.photos)
    return NewMatter(**fields)


def _raise(request: Call, brought: RaiseOne | RaiseMany, **where: Any) -> HttpResponse:
    items = brought.items if isinstance(brought, RaiseMany) else [brought]
    code = slip_printed(brought.slip) if brought.slip else keyring.new_code()
    matters = new_matters(request, list(items))
    try:
        raised = once_more(
            lambda: raise_matters(
                items=matters, town_id=request.town.id, by=request.auth.by, at=request.auth.at,
                speaker=speaker_told(brought.speaker), channel=brought.channel, code=code, **where,
            )
        )  # fmt: skip
    except BaseException:
        forget_photos(matters)
        raise
    if raised.again:
        forget_photos(matters)
    return raised_answer(raised)


def raised_answer(raised: Raised) -> HttpResponse:
    """201 for what is new, 200 for what had been raised before by the very same call."""
    content = {"matters": standings_of(raised.matters), "slip": raised.code or None, "again": raised.again}
    return answer(content, status=200 if raised.again else 201)


def forget_photos(matters: list[NewMatter]) -> None:
    """Remove stored photos of what was not raised."""
    for matter in matters:
        for file, thumbnail, _purpose in matter.photos:
            files.remove(file)
            files.remove(thumbnail)


for _path, _call, _auth in (
    ("/meetings/{uuid:meeting_id}/matters", raise_at_meeting, STAFF),
    ("/communities/{code}/matters", raise_between, ANYBODY),
):
    router.post(
        _path, auth=_auth, response={201: told.Raised, 200: told.Raised}, operation_id=_call.__name__,
        summary=summary_of("raise_matter"), description=f"{_call.__doc__}\n\n{law_of('raise_matter')}",
    )(_call)  # fmt: skip
