"""Meetings over HTTP: lists, one meeting with its agenda, and every verb of the law (rules/meeting_flow.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.queries.access import FULL, communities_served, reading_of, visible_meetings
from zhouzhouhui.queries.agenda import PARTS, Agenda, agenda
from zhouzhouhui.queries.matter_lists import readable_among
from zhouzhouhui.queries.pages import page
from zhouzhouhui.queries.published import published_editions
from zhouzhouhui.queries.references import community_named
from zhouzhouhui.rules.meeting_flow import STEPS, MeetingState
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import CHINA, day_in_china

from . import told_shapes as told
from .answers import answer, moment
from .callers import ANYBODY, Call, with_slip
from .fields import Act, Day
from .law_in_words import law_of, summary_of
from .matter_calls import action, bringing
from .meeting_shapes import SHAPES
from .taking import once_more, prepared
from .telling import draft_of, line_of, meeting_of, minutes_of, page_of

router = Router(tags=["会 meetings"])
STATES = frozenset(state.value for state in MeetingState)


class Filters(BaseModel):
    """Filters of the list; ``from`` and ``to`` are days."""

    community: str = Field("", max_length=40, description="短码或区划代码 (short or 12-digit code)")
    state: str = Field("", max_length=120, description="一个或几个，用逗号隔开 (one or several, with commas)")
    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    cursor: str = Field("", max_length=200)
    size: int = Field(50, ge=1, le=200)


@router.get(
    "/meetings", auth=ANYBODY, response=told.MeetingPage, summary="会的列表 · Meetings", operation_id="meetings"
)
def read_meetings(request: Call, wanted: Query[Filters]) -> HttpResponse:
    """Meetings called, open, held and lost, the latest first."""
    town_id = request.town.id
    rows = visible_meetings(by=request.auth.by, town_id=town_id, at=request.auth.at).select_related("community")
    if wanted.community:
        rows = rows.filter(community_id=community_named(town_id, wanted.community).id)
    if wanted.state:
        for state in wanted.state.split(","):
            if state not in STATES:
                raise Refused("no_such_choice", what="state", choice=state[:40])
        rows = rows.filter(state__in=wanted.state.split(","))
    if wanted.from_:
        rows = rows.filter(scheduled_at__gte=_midnight(wanted.from_))
    if wanted.to:
        rows = rows.filter(scheduled_at__lt=_midnight(wanted.to) + timedelta(days=1))
    found, following = page(rows, by="scheduled_at", newest_first=True, cursor=wanted.cursor, size=wanted.size)
    return answer(page_of("meetings", [meeting_of(meeting) for meeting in found], following))


def _midnight(day: Day) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


@router.get(
    "/meetings/{uuid:meeting_id}", auth=ANYBODY, response=told.WholeMeeting, summary="一次会和它的议程 · Meeting",
    operation_id="meeting",
)  # fmt: skip
def read_meeting(request: Call, meeting_id: UUID) -> HttpResponse:
    """A meeting with its agenda: what is due, what was spoken, what was raised, as far as the caller may read it."""
    caller, town_id = request.auth, request.town.id
    meetings = visible_meetings(by=caller.by, town_id=town_id, at=caller.at).select_related("community__town")
    meeting = meetings.filter(id=meeting_id).first()
    if meeting is None:
        raise Refused("not_found")
    plan = agenda(meeting)
    ids = {matter.id for matter in _all_of(plan)}
    readable = readable_among(by=caller.by, town_id=town_id, at=caller.at, ids=ids)
    served = communities_served(caller.by, day_in_china(caller.at))
    is_staff = served is None or meeting.community_id in served
    return answer({
        **meeting_of(meeting), **_plan(plan, readable),
        "came": plan.came,
        "hosts": [a.person.name for a in plan.hosts] if is_staff else [],
        "recorders": [a.person.name for a in plan.recorders] if is_staff else [],
        "minutes": [minutes_of(edition) for edition in published_editions(meeting)],
    })  # fmt: skip


def _all_of(plan: Agenda) -> Iterable[Matter]:
    for part in PARTS:
        yield from (item.matter for item in plan.parts[part])
    yield from (item.matter for item in plan.spoken)
    yield from plan.raised


def _plan(plan: Agenda, readable: dict[UUID, Matter]) -> dict[str, Any]:
    due = [item for part in PARTS for item in plan.parts[part]]
    return {
        "agenda": [
            {
                "part": item.part, "matter": line_of(readable[item.matter.id]),
                "draft": draft_of(item.draft)
                if item.draft is not None and reading_of(readable[item.matter.id]) == FULL else None,
            }
            for item in due if item.matter.id in readable
        ],
        "spoken": [
            {
                "verb": item.spoken, "at": moment(item.spoken_at), "is_grouped": item.grouped,
                "matter": line_of(readable[item.matter.id]),
            }
            for item in plan.spoken if item.matter.id in readable
        ],
        "raised": [line_of(readable[matter.id]) for matter in plan.raised if matter.id in readable],
        "apart": {
            "due": sum(item.matter.id not in readable for item in due),
            "spoken": sum(item.matter.id not in readable for item in plan.spoken),
            "raised": sum(matter.id not in readable for matter in plan.raised),
        },
    }  # fmt: skip


def _add_verb(verb: str, shape: type[Act]) -> None:
    def call(request: Call, meeting_id: UUID, brought: Any = None) -> HttpResponse:
        given: Act = brought or shape()
        caller = with_slip(request, given.slip)
        told_to = prepared(given, town_id=request.town.id)
        taken: Meeting = once_more(
            lambda: action(verb)(
                town_id=request.town.id, meeting_id=meeting_id, by=caller.by, at=caller.at, seen=given.seen,
                act_id=given.act_id, **told_to,
            )
        )  # fmt: skip
        return answer(meeting_of(taken))

    router.post(
        f"/meetings/{{uuid:meeting_id}}/{verb}", auth=ANYBODY, response=told.Meeting, operation_id=verb,
        url_name=f"api_{verb}", summary=summary_of(verb), description=law_of(verb),
    )(bringing(call, verb, shape))  # fmt: skip


# A meeting is called in a community: there is none yet to act on.
assert set(SHAPES) == set(STEPS) - {"call_meeting"}
for _verb, _shape in SHAPES.items():
    _add_verb(_verb, _shape)
