"""Recording late (补录): what happened in a meeting and reached the town after it had ended."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ..models import ChainHead, LedgerLine, Matter, Meeting
from ..rules.matter_flow import LATE_VERBS
from ..rules.meeting_flow import HELD, MeetingState
from ..rules.powers import Actor, Role
from ..rules.refusals import Refused
from ._answer import Answer
from ._ledger import append, hold_head, in_one_transaction
from ._meeting_step import Turn, load_meeting, meeting_entry, write_meeting
from ._standing import roles_in
from .accept_answer import accept_answer
from .carry_over import carry_over
from .dispute_answer import dispute_answer
from .give_answer import give_answer
from .raise_matter import NewMatter, Raised, raise_matters
from .read_decision import read_decision

VERBS: dict[str, Callable[..., Matter]] = {
    "give_answer": give_answer,
    "carry_over": carry_over,
    "read_decision": read_decision,
    "accept_answer": accept_answer,
    "dispute_answer": dispute_answer,
}
EARLY = timedelta(hours=12)


@in_one_transaction
def late_record(
    *, verb: str, town_id: UUID, meeting_id: UUID, by: Actor, at: datetime, happened_at: datetime,
    matter_id: UUID | None = None, items: list[NewMatter] | None = None, answer: Answer | None = None, **brought: Any,
) -> Matter | Raised:  # fmt: skip
    """Write an act down as spoken then: checked against the state, by host or recorder of that meeting.

    Refused where the matter has moved on since it happened. A meeting marked not held that was held after
    all, without network, is held from now on. The figures frozen at its end stay; this is shown beside them.
    """
    if verb not in LATE_VERBS:
        raise Refused("not_a_late_verb", verb=verb)
    by.check_town(town_id)
    meeting = load_meeting(town_id=town_id, meeting_id=meeting_id)
    roles = roles_in(meeting, by=by, at=at)
    if not roles & {Role.HOST, Role.RECORDER}:
        raise Refused("not_allowed", verb="late_record", who=["host", "recorder"])
    _check_time(meeting, happened_at, at)
    if meeting.state == MeetingState.NOT_HELD:
        _held_after_all(meeting, by=by, roles=roles, happened_at=happened_at, at=at)
    if meeting.state not in HELD:
        raise Refused("meeting_not_over", state=meeting.state)
    if verb == "raise_matter":
        return raise_matters(
            items=items or [], town_id=town_id, meeting_id=meeting_id, by=by, at=happened_at, recorded_at=at, **brought
        )
    if matter_id is None:
        raise Refused("not_found")
    _check_unmoved(town_id, matter_id, happened_at)
    extra = {"answer": answer} if verb == "give_answer" else {}
    return VERBS[verb](
        town_id=town_id,
        matter_id=matter_id,
        by=by,
        at=happened_at,
        late_meeting=meeting,
        recorded_at=at,
        **extra,
        **brought,
    )


def _check_time(meeting: Meeting, happened_at: datetime, at: datetime) -> None:
    begins = (meeting.opened_at or meeting.scheduled_at) - EARLY
    ends = (meeting.ended_at or at) + EARLY
    if happened_at > at or not begins <= happened_at <= ends:
        raise Refused("not_in_that_meeting")


def _check_unmoved(town_id: UUID, matter_id: UUID, happened_at: datetime) -> None:
    later = LedgerLine.objects.filter(town_id=town_id, matter_id=matter_id, happened_at__gt=happened_at).order_by("seq")
    moved = [line for line in later if '"from"' in line.body and line.verb not in ("add_note", "add_photo", "urge")]
    if moved:
        since = [{"verb": line.verb, "at": line.recorded_at.isoformat()} for line in moved]
        raise Refused("changed_meanwhile", number="", revision=None, since=since)


def _held_after_all(
    meeting: Meeting, *, by: Actor, roles: frozenset[Role], happened_at: datetime, at: datetime
) -> None:
    """A meeting marked not held did take place: it gets the next number, if none was opened since."""
    later = Meeting.objects.filter(
        town_id=meeting.town_id, community_id=meeting.community_id, opened_at__gt=meeting.scheduled_at
    )
    if later.exists():
        raise Refused("later_meeting_opened")
    head: ChainHead = hold_head(community_id=meeting.community_id, town_id=meeting.town_id)
    head.last_number += 1
    head.place = head.place_between = 0
    turn = Turn(
        MeetingState.ADJOURNED,
        fields={"number": head.last_number, "opened_at": happened_at, "ended_at": at},
        facts={"late": True},
    )
    role = "host" if Role.HOST in roles else "recorder"
    entry = meeting_entry("late_record", meeting, turn, by=by, role=role, at=at)
    write_meeting(meeting, turn)
    append(head, [entry], algorithm=meeting.community.town.setting("hash"))
    Matter.objects.filter(town_id=meeting.town_id, first_due_meeting_id=meeting.id, answer_count=0).update(
        first_due_lost=False
    )
