"""One step of a meeting: rule, guarded write, ledger line, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Required, TypedDict
from uuid import UUID

from django.db import models

from ..models import ChainHead, LedgerLine, Meeting, uuid7
from ..queries.sittings import is_act_taken, meeting_with_roles
from ..rules.meeting_flow import MeetingState, MeetingStep, check_meeting_step
from ..rules.powers import Actor, Role, meeting_roles
from ..rules.refusals import Refused
from ..rules.rhythm import day_in_china
from ._ledger import Entry, append, hold_head_of_meeting, in_one_transaction, moment
from ._take_step import sent_before
from ._texts import digest_of, for_the_public


class Convening(TypedDict, total=False):
    """What every step of a meeting is told."""

    town_id: Required[UUID]
    meeting_id: Required[UUID]
    by: Required[Actor]
    at: Required[datetime]
    seen: int | None
    act_id: UUID | None


@dataclass
class Sitting:
    """The meeting as read, and who acts as what."""

    meeting: Meeting
    by: Actor
    at: datetime
    roles: frozenset[Role]

    @property
    def day(self) -> date:
        return day_in_china(self.at)


@dataclass
class Turn:
    """What the step does to the meeting. ``under_head`` runs while the chain is held, before the line is made;
    ``entries`` are lines that follow it."""

    to: MeetingState
    fields: dict[str, Any] = field(default_factory=dict)
    brought: dict[str, Any] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    never_public: frozenset[str] = frozenset()
    facts: dict[str, Any] = field(default_factory=dict)
    under_head: Callable[[ChainHead, "Turn"], None] | None = None
    entries: list[Entry] = field(default_factory=list)
    also: Callable[[LedgerLine], None] | None = None


@in_one_transaction
def take_meeting_step(
    verb: str,
    *,
    town_id: UUID,
    meeting_id: UUID,
    by: Actor,
    at: datetime,
    decide: Callable[[Sitting], Turn],
    seen: int | None = None,
    act_id: UUID | None = None,
    sent: Mapping[str, object] | None = None,
) -> Meeting:
    """Take one step of a meeting, or refuse; see ``take_step`` for ``seen`` and ``act_id``."""
    by.check_town(town_id)
    digest = digest_of({"verb": verb, "meeting": meeting_id, **(sent or {})}) if act_id else ""
    head = hold_head_of_meeting(meeting_id=meeting_id, town_id=town_id)
    # read while the chain is held: no matter becomes due there, and nobody else opens or ends it, until the commit
    found = meeting_with_roles(town_id=town_id, meeting_id=meeting_id, act_id=act_id)
    if head is None or found is None:
        raise Refused("not_found")
    meeting, sitting = found
    if act_id is not None and is_act_taken(meeting) and sent_before(act_id, town_id=town_id, by=by, digest=digest):
        return meeting
    roles = meeting_roles(by, sitting, day_in_china(at))
    step = _allowed_step(verb, meeting, roles, seen)
    turn = decide(Sitting(meeting, by, at, roles))
    assert turn.to in step.moves[MeetingState(meeting.state)], f"{verb} leads to {turn.to}"
    for name in step.bring:
        if turn.brought.get(name) in (None, "") or not str(turn.brought[name]).strip():
            raise Refused("must_bring", what=name)
    role = next((r.value for r in RANK if r in step.who and r in roles), "")
    if turn.under_head is not None:
        turn.under_head(head, turn)
    entry = meeting_entry(verb, meeting, turn, by=by, role=role, at=at)
    entry.act_id, entry.digest = act_id or uuid7(), digest
    write_meeting(meeting, turn)
    line = append(head, [entry, *turn.entries], algorithm=meeting.community.town.setting("hash"))[0]
    if turn.also is not None:
        turn.also(line)
    return meeting


def _allowed_step(verb: str, meeting: Meeting, roles: frozenset[Role], seen: int | None) -> MeetingStep:
    """The row of the law; whoever may take the step but looked at an older state is told what happened since."""
    moved_on = seen is not None and seen != meeting.revision
    try:
        step = check_meeting_step(verb, state=MeetingState(meeting.state), roles=roles)
    except Refused as refused:
        if not moved_on or refused.code != "wrong_state":
            raise
    if moved_on:
        raise _changed(meeting)
    return step


RANK = (Role.CLOCK, Role.HOST, Role.RECORDER, Role.CADRE, Role.LEADER, Role.OFFICE, Role.RESIDENT)


def meeting_entry(verb: str, meeting: Meeting, turn: Turn, *, by: Actor, role: str, at: datetime) -> Entry:
    """The ledger entry of a meeting's step, not appended yet."""
    after = {"number": meeting.number, "scheduled_at": meeting.scheduled_at, **turn.fields}
    facts = {
        "from": meeting.state, "to": turn.to.value, "kind": meeting.kind, "number": after["number"],
        "scheduled_at": moment(after["scheduled_at"]),
        **{name: (v.isoformat() if isinstance(v, date) else v) for name, v in turn.facts.items()},
    }  # fmt: skip
    sealed = {
        name: (words, "" if name in turn.never_public else for_the_public(words))
        for name, words in turn.sealed.items()
        if words
    }
    return Entry(
        verb=verb,
        by=by,
        role=role,
        at=at,
        meeting=meeting.id,
        subject=f"meeting:{meeting.id}",
        facts=facts,
        sealed=sealed,
    )


def write_meeting(meeting: Meeting, turn: Turn) -> None:
    """Write where the meeting still is as it was read."""
    fields = {**turn.fields, "state": turn.to.value}
    changed = Meeting.objects.filter(id=meeting.id, revision=meeting.revision).update(
        **fields, revision=models.F("revision") + 1
    )
    if not changed:
        raise _changed(meeting)
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.revision += 1


def load_meeting(*, town_id: UUID, meeting_id: UUID) -> Meeting:
    """The meeting of this town, or a refusal."""
    meeting = Meeting.objects.select_related("community__town").filter(town_id=town_id, id=meeting_id).first()
    if meeting is None:
        raise Refused("not_found")
    return meeting


def _changed(meeting: Meeting) -> Refused:
    lines = list(
        LedgerLine.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id, matter=None).order_by("-seq")[:3]
    )
    return Refused(
        "changed_meanwhile",
        number=str(meeting.number or ""),
        revision=Meeting.objects.values_list("revision", flat=True).get(id=meeting.id),
        since=[{"verb": line.verb, "at": line.recorded_at.isoformat()} for line in reversed(lines)],
    )
