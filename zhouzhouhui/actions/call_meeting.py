"""Calling meetings: the clock keeps three regular ones called ahead; the office may call an extra one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce

from ..models import Community, Matter, Meeting
from ..queries.calendar import calendar_of
from ..rules import rhythm
from ..rules.meeting_flow import MEETINGS_AHEAD, MeetingKind, MeetingState, check_meeting_step
from ..rules.powers import CLOCK, Actor, MeetingFacts, meeting_roles
from ..rules.refusals import Refused
from ._ledger import Entry, append, hold_head, in_one_transaction, moment
from ._texts import checked


@in_one_transaction
def call_meeting(
    *, town_id: UUID, community_id: UUID, by: Actor, at: datetime, scheduled_at: datetime, place: str
) -> Meeting:
    """Call an extra meeting: numbered and guarded like a regular one, beside the rhythm."""
    by.check_town(town_id)
    community = Community.objects.select_related("town").filter(town_id=town_id, id=community_id).first()
    if community is None:
        raise Refused("not_found")
    roles = meeting_roles(by, MeetingFacts(community.id), rhythm.day_in_china(at))
    check_meeting_step("call_meeting", state=None, roles=roles)
    if not place.strip():
        raise Refused("must_bring", what="place")
    checked(place, "place")
    if scheduled_at <= at:
        raise Refused("time_in_the_past")
    return write_call(
        community, [new_meeting(community, at, scheduled_at, place, MeetingKind.EXTRA)], by, "office", at
    )[0]


@in_one_transaction
def call_meetings_ahead(*, community_id: UUID, at: datetime) -> list[Meeting]:
    """Top up to three regular meetings called after ``at``, along the rhythm, holidays and the town's own table.

    No community is ever without a next meeting; a dissolved one meets no more (its successor does).
    """
    community = Community.objects.select_related("town").get(id=community_id)
    ahead = Meeting.objects.filter(
        town_id=community.town_id, community_id=community.id, kind=MeetingKind.REGULAR, state=MeetingState.CALLED,
        scheduled_at__gt=at,
    )  # fmt: skip
    if community.dissolved_on is not None or ahead.count() >= MEETINGS_AHEAD:
        return []
    head = hold_head(community_id=community.id, town_id=community.town_id)
    meetings, entries = called_ahead(community, at)  # two clocks that tick at once: the second finds them called
    if entries:
        append(head, entries, algorithm=community.town.setting("hash"))
    return meetings


def called_ahead(
    community: Community, at: datetime, *, called: Sequence[Meeting] | None = None, without: UUID | None = None
) -> tuple[list[Meeting], list[Entry]]:
    """The meetings that are missing after ``at``, written, and their lines, to be appended to the held head.

    ``called`` are those called after ``at``, where they were read under the held head; ``without`` is one of
    them that is about to be lost.
    """
    if community.dissolved_on is not None:
        return [], []
    ahead, last_slot, last_at = _known_ahead(community, at, called, without)
    if ahead >= MEETINGS_AHEAD:
        return [], []
    meetings = [
        new_meeting(community, at, moment_of, community.place, MeetingKind.REGULAR, slot_on)
        for slot_on, moment_of in _slots(community, last_slot, last_at, at, MEETINGS_AHEAD - ahead)
    ]
    return meetings, write_meetings(community, meetings, CLOCK, "clock", at)


def _known_ahead(
    community: Community, at: datetime, called: Sequence[Meeting] | None, without: UUID | None
) -> tuple[int, date | None, datetime | None]:
    """How many regular meetings are called after ``at``; the last slot and moment of any that ever was."""
    if called:  # nothing held or lost lies after a called meeting
        slots = [meeting.slot_on for meeting in called if meeting.slot_on]
        last_at = max(meeting.scheduled_at for meeting in called)
        return len({meeting.id for meeting in called} - {without}), max(slots), last_at
    regular = Meeting.objects.filter(town_id=community.town_id, community_id=community.id, kind=MeetingKind.REGULAR)
    known = regular.aggregate(
        ahead=models.Count("id", filter=models.Q(state=MeetingState.CALLED, scheduled_at__gt=at)),
        slot=models.Max("slot_on"),
        at=models.Max("scheduled_at"),
    )
    return known["ahead"], known["slot"], known["at"]


def _slots(
    community: Community, last_slot: date | None, last_at: datetime | None, at: datetime, count: int
) -> list[tuple[date, datetime]]:
    """The next free slots of the rhythm: after every slot already called, after today, not before joining."""
    own = rhythm.Rhythm(community.weekday, community.meets_at, community.anchor_on)
    after = max(rhythm.day_in_china(at), community.joins_on - timedelta(days=1))
    if last_at is not None:
        after = max(after, rhythm.day_in_china(last_at))
    found: list[tuple[date, datetime]] = []
    overrides = calendar_of(community.town_id)
    while len(found) < count:
        for slot in rhythm.upcoming(own, after, count + 2, overrides):
            after = slot.held_on
            if (last_slot is None or slot.planned_on > last_slot) and len(found) < count:
                found.append((slot.planned_on, rhythm.starts_at(own, slot.held_on)))
    return found


def new_meeting(
    community: Community, at: datetime, scheduled_at: datetime, place: str, kind: MeetingKind,
    slot_on: date | None = None,
) -> Meeting:  # fmt: skip
    """A meeting's row, not written yet."""
    return Meeting(
        town_id=community.town_id, community=community, kind=kind.value, state=MeetingState.CALLED.value,
        slot_on=slot_on, scheduled_at=scheduled_at, place=place, called_at=at,
    )  # fmt: skip


def write_call(community: Community, meetings: list[Meeting], by: Actor, role: str, at: datetime) -> list[Meeting]:
    """Write called meetings with their lines."""
    head = hold_head(community_id=community.id, town_id=community.town_id)
    append(head, write_meetings(community, meetings, by, role, at), algorithm=community.town.setting("hash"))
    return meetings


def write_meetings(community: Community, meetings: list[Meeting], by: Actor, role: str, at: datetime) -> list[Entry]:
    """Write called meetings while the head is held; promises that had no meeting yet find theirs. Their lines."""
    Meeting.objects.bulk_create(meetings)
    taken = _take_up(community, [meeting for meeting in meetings if meeting.kind == MeetingKind.REGULAR])
    return [
        Entry(
            verb="call_meeting", by=by, role=role, at=at, meeting=m.id, subject=f"meeting:{m.id}",
            facts={
                "from": None, "to": m.state, "kind": m.kind, "number": None, "scheduled_at": moment(m.scheduled_at),
                "slot_on": m.slot_on.isoformat() if m.slot_on else None,
                **({"takes": taken[m.id]} if m.id in taken else {}),
            },
        )
        for m in meetings
    ]  # fmt: skip


def _take_up(community: Community, meetings: list[Meeting]) -> dict[UUID, list[str]]:
    """What waited for a meeting on or after its day is due at the first such one (one query where nothing waited)."""
    if not meetings:
        return {}
    days = {rhythm.day_in_china(m.scheduled_at): m for m in sorted(meetings, key=lambda m: m.scheduled_at)}
    waiting = Matter.objects.filter(
        models.Q(community_id=community.id) | models.Q(community__successor_id=community.id),
        town_id=community.town_id, due_meeting=None, due_from__lte=max(days),
    )  # fmt: skip
    taken: dict[UUID, list[str]] = {}
    for key, due_from in waiting.values_list("id", "due_from"):
        assert due_from is not None  # asked for
        meeting = next(meeting for day, meeting in days.items() if day >= due_from)
        taken.setdefault(meeting.id, []).append(str(key))
    for meeting in days.values():
        ids = sorted(taken.get(meeting.id, []))
        if ids:
            taken[meeting.id] = ids
            _due_at(meeting, ids)
    return taken


def _due_at(meeting: Meeting, ids: list[str]) -> None:
    rows = Matter.objects.filter(town_id=meeting.town_id, id__in=ids)
    first = Coalesce("first_due_meeting_id", models.Value(meeting.id, models.UUIDField()))
    rows.update(
        due_meeting=meeting, due_from=None, first_due_meeting_id=first, revision=models.F("revision") + 1, undo=None
    )
