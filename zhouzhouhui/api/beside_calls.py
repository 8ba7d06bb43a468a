"""What stands beside the tables: speaking in groups, recording late, calling a meeting, issuing a slip again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Body, Router
from ninja.errors import ValidationError
from pydantic import ValidationError as FieldFaults

from zhouzhouhui.actions.call_meeting import call_meeting
from zhouzhouhui.actions.late_record import late_record
from zhouzhouhui.actions.raise_matter import Raised
from zhouzhouhui.actions.reissue_slip import reissue_slip
from zhouzhouhui.actions.speak_group import speak_group
from zhouzhouhui.queries.references import community_named, matter_named, matters_named
from zhouzhouhui.rules.matter_flow import LATE_VERBS
from zhouzhouhui.rules.refusals import Refused

from . import told_shapes as told
from .answers import answer
from .callers import STAFF, Call
from .law_in_words import law_of, summary_of
from .matter_shapes import SHAPES
from .meeting_shapes import Call as CallMeeting
from .meeting_shapes import Group, Late, Reissue
from .raising_calls import forget_photos, new_matters, raised_answer
from .taking import answer_told, prepared, speaker_told
from .telling import meeting_of, standings_of

router = Router(tags=["会 meetings"])
GROUP = "几件一起说，每件一行，标明是一起说的；要么全部，要么都不。谁可以：主持人、记录员 (all or none; host, recorder)"
LATE = (
    "会上发生、散会后才送到镇里的：按当时的情况核对。可以补录："
    + ", ".join(f"`{verb}`" for verb in sorted(LATE_VERBS))
    + "。谁可以：那次会的主持人、记录员 (checked against the state then; host or recorder of that meeting)"
)
AGAIN = "对着登记时的电话补发回执，旧码作废。谁可以：村居干部、办公室、记录员 (against the phone; the old code ends)"


@router.post(
    "/meetings/{uuid:meeting_id}/speak_group", auth=STAFF, response=told.Grouped, operation_id="speak_group",
    summary="几件一起说 · Speak as a group", description=GROUP,
)  # fmt: skip
def speak(request: Call, meeting_id: UUID, brought: Body[Group]) -> HttpResponse:
    """See GROUP."""
    caller, town_id = request.auth, request.town.id
    given = answer_told(
        outcome=brought.outcome, words=brought.words, basis=brought.basis, promise_on=brought.promise_on,
        owner=brought.owner, town_id=town_id,
    )  # fmt: skip
    matters = speak_group(
        manner=brought.manner, town_id=town_id, matter_ids=matters_named(town_id, brought.matters), by=caller.by,
        at=caller.at, answer=given if brought.manner == "give_answer" else None, words=brought.words,
        reason=brought.reason, told=brought.told,
    )  # fmt: skip
    return answer({"matters": standings_of(matters)})


@router.post(
    "/meetings/{uuid:meeting_id}/late_record", auth=STAFF, response={200: told.Standing, 201: told.Raised},
    operation_id="late_record", summary=summary_of("late_record"), description=LATE,
)  # fmt: skip
def record_late(request: Call, meeting_id: UUID, brought: Body[Late]) -> HttpResponse:
    """See LATE."""
    caller, town_id = request.auth, request.town.id
    known: dict[str, Any] = {
        "verb": brought.verb, "town_id": town_id, "meeting_id": meeting_id, "by": caller.by, "at": caller.at,
        "happened_at": brought.happened_at,
    }  # fmt: skip
    if brought.verb == "raise_matter":
        matters = new_matters(request, brought.items)
        try:
            raised = late_record(items=matters, speaker=speaker_told(brought.speaker), **known)
        except BaseException:
            forget_photos(matters)
            raise
        assert isinstance(raised, Raised)
        return raised_answer(raised)
    if brought.verb not in LATE_VERBS:
        raise Refused("not_a_late_verb", verb=brought.verb)
    matter_id = matter_named(town_id, brought.matter) if brought.matter else None
    matter = late_record(matter_id=matter_id, **_brought(brought, town_id), **known)
    assert not isinstance(matter, Raised)
    return answer(standings_of([matter])[0])


def _brought(brought: Late, town_id: UUID) -> dict[str, Any]:
    try:
        act = SHAPES[brought.verb].model_validate(brought.brought)
    except FieldFaults as error:
        raise ValidationError([dict(one) for one in error.errors(include_url=False)]) from error
    return prepared(act, town_id=town_id)


@router.post(
    "/communities/{code}/call_meeting", auth=STAFF, response={201: told.Meeting}, operation_id="call_meeting",
    summary=summary_of("call_meeting"), description=law_of("call_meeting"),
)  # fmt: skip
def call(request: Call, code: str, brought: Body[CallMeeting]) -> HttpResponse:
    """An extra meeting beside the rhythm, numbered and guarded like a regular one."""
    caller, town_id = request.auth, request.town.id
    meeting = call_meeting(
        town_id=town_id, community_id=community_named(town_id, code).id, by=caller.by, at=caller.at,
        scheduled_at=brought.scheduled_at, place=brought.place,
    )  # fmt: skip
    return answer(meeting_of(meeting), status=201)


@router.post(
    "/communities/{code}/reissue_slip", auth=STAFF, response=told.Reissued, operation_id="reissue_slip",
    summary="补发回执 · Issue a slip again", description=AGAIN,
)  # fmt: skip
def issue_again(request: Call, code: str, brought: Body[Reissue]) -> HttpResponse:
    """See AGAIN."""
    caller, town_id = request.auth, request.town.id
    slip, opened = reissue_slip(
        town_id=town_id, community_id=community_named(town_id, code).id, phone=brought.phone, by=caller.by, at=caller.at
    )
    return answer({"slip": slip, "matters": opened})
