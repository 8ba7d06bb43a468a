"""Matters over HTTP: lists, whole stories, and every verb of the law (rules/matter_flow.py)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Body, Query, Router
from pydantic import BaseModel, Field

from zhouzhouhui.models import Matter, Town
from zhouzhouhui.outside import files
from zhouzhouhui.outside.photos import PhotoRefused, take_photo
from zhouzhouhui.queries.matter_lists import Wanted, matters_wanted
from zhouzhouhui.queries.pages import page
from zhouzhouhui.queries.references import matters_named
from zhouzhouhui.queries.whole_story import Happened, WholeStory, whole_story
from zhouzhouhui.rules.matter_flow import STEPS
from zhouzhouhui.rules.refusals import Refused

from . import told_shapes as told
from .answers import answer, moment
from .callers import ANYBODY, Call, with_slip
from .fields import Act, Day
from .law_in_words import law_of, summary_of
from .matter_shapes import SHAPES, AddPhoto
from .taking import named_in, once_more, prepared
from .telling import draft_of, line_of, page_of, standings_of

router = Router(tags=["诉求 matters"])
SLIP = {"name": "X-Slip", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 60}}
DEVICE = {"name": "X-Device", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 200}}
MATTER = "编号 (YXY-13-08, YXY-13+02) 或 UUID (number or UUID)"


class Filters(BaseModel):
    """Filters of a list; all of them narrow together."""

    community: str = Field("", max_length=40, description="短码或区划代码 (short or 12-digit code)")
    state: str = Field("", max_length=120, description="一个或几个，用逗号隔开 (one or several, with commas)")
    kind: str = Field("", max_length=120)
    category: str = Field("", max_length=20)
    due: str = Field("", max_length=40, description="会的 UUID，或日期 (a meeting or a day)")
    lead: str = Field("", max_length=20, description="单位代码，或 community")
    raised_from: Day | None = None
    raised_to: Day | None = None
    q: str = Field("", max_length=100, description="在话里找；公众找的是遮挡后的话 (the public searches masked words)")
    cursor: str = Field("", max_length=200)
    size: int = Field(50, ge=1, le=200)


@router.get(
    "/matters", auth=ANYBODY, response=told.MatterPage, summary="诉求列表 · Matters", operation_id="matters",
    openapi_extra={"parameters": [SLIP]},
)  # fmt: skip
def read_matters(request: Call, wanted: Query[Filters]) -> HttpResponse:
    """What the caller may read, newest first: masked words for the public, words as spoken for those at work on it."""
    caller = request.auth
    filters = Wanted(**wanted.model_dump(exclude={"cursor", "size"}))
    rows = matters_wanted(by=caller.by, town_id=request.town.id, at=caller.at, wanted=filters)
    found, following = page(rows, by="raised_at", newest_first=True, cursor=wanted.cursor, size=wanted.size)
    return answer(page_of("matters", [line_of(matter) for matter in found], following))


@router.get(
    "/matters/{name}", auth=ANYBODY, response=told.Story, summary="一件诉求的全过程 · Story", operation_id="matter",
    openapi_extra={"parameters": [SLIP]},
)  # fmt: skip
def read_matter(request: Call, name: str) -> HttpResponse:
    """One matter by number or UUID, with every line of the ledger about it and the words the caller may read."""
    caller = request.auth
    return answer(_told_whole(whole_story(by=caller.by, town_id=request.town.id, at=caller.at, name=name)))


def _told_whole(story: WholeStory) -> dict[str, Any]:
    matter, in_full = story.matter, story.reading != "public"
    return {
        **line_of(matter),
        "request": matter.request if in_full else "",
        "filled_in_by": matter.filled_in_by if story.reading == "full" else "",
        "asked_route": matter.asked_route,
        "steps": [_step(happened) for happened in story.happened],
        "photos": [
            {"id": p.id, "purpose": p.purpose, "is_public": p.is_public, "at": moment(p.at)} for p in story.photos
        ],
        "links": list(story.links), "assisting": list(story.assisting),
        "drafts": [draft_of(draft) for draft in story.drafts],
    }  # fmt: skip


def _step(happened: Happened) -> dict[str, Any]:
    line = happened.line
    return {
        "seq": line.seq, "hash": line.hash, "verb": line.verb, "happened_at": moment(line.happened_at),
        "line": happened.body, "texts": happened.texts, "erased": list(happened.erased),
        "is_voided": happened.is_voided,
    }  # fmt: skip


def take(verb: str, request: Call, name: str, brought: Act) -> Matter:
    """Take one step of a matter in the caller's name."""
    caller = with_slip(request, brought.slip)
    town: Town = request.town
    matter_id = matters_named(town.id, [name, *named_in(brought)])[0]
    told_to = prepared(brought, town_id=town.id) if verb != "add_photo" else {}
    act = action(verb)

    def step(**more: Any) -> Matter:
        taken: Matter = once_more(
            lambda: act(
                town_id=town.id, matter_id=matter_id, by=caller.by, at=caller.at, seen=brought.seen,
                act_id=brought.act_id, **told_to, **more,
            )
        )  # fmt: skip
        return taken

    return _with_photo(brought, town, step) if isinstance(brought, AddPhoto) else step()


def action(verb: str) -> Callable[..., Any]:
    """The action of a verb: the function of its name, in the file of its name."""
    act: Callable[..., Any] = getattr(import_module(f"zhouzhouhui.actions.{verb}"), verb)
    return act


def _with_photo(brought: AddPhoto, town: Town, step: Callable[..., Matter]) -> Matter:
    file, thumbnail = stored_photo(brought.photo, town)
    try:
        return step(file=file, thumbnail=thumbnail, purpose=brought.purpose, is_public=brought.is_public)
    except BaseException:
        files.remove(file)
        files.remove(thumbnail)
        raise


def stored_photo(encoded: str, town: Town) -> tuple[str, str]:
    """The names of a photo's file and thumbnail, re-encoded; refused when it is no photo."""
    try:
        photo = take_photo(base64.b64decode(encoded, validate=True))
    except (PhotoRefused, binascii.Error, ValueError) as error:
        raise Refused("photo_refused", reason=getattr(error, "code", "not_base64")) from error
    file, thumbnail = (files.store(raw, town=town.code, suffix=".jpg") for raw in (photo.jpeg, photo.thumbnail))
    return file, thumbnail


def _add_verb(verb: str, shape: type[Act]) -> None:
    def call(request: Call, name: str, brought: Any = None) -> HttpResponse:
        matter = take(verb, request, name, brought or shape())
        return answer(standings_of([matter])[0])

    router.post(
        f"/matters/{{name}}/{verb}", auth=ANYBODY, response=told.Standing, operation_id=verb, url_name=f"api_{verb}",
        summary=summary_of(verb), description=law_of(verb), openapi_extra={"parameters": [SLIP, DEVICE]},
    )(bringing(call, verb, shape))  # fmt: skip


def bringing(call: Callable[..., HttpResponse], verb: str, shape: type[Act]) -> Callable[..., HttpResponse]:
    """The call as the verb's own: it brings ``shape``, and may bring nothing where nothing of it is needed."""
    call.__name__ = verb
    call.__annotations__["brought"] = Annotated[shape, Body(...)]  # type: ignore[type-arg]  # an alias to mypy, a function when run
    if any(field.is_required() for field in shape.model_fields.values()):
        call.__defaults__ = None
    return call


# Raising has calls of its own, at a meeting or in a community; there is no matter yet.
assert set(SHAPES) == set(STEPS) - {"raise_matter"}
for _verb, _shape in SHAPES.items():
    _add_verb(_verb, _shape)
