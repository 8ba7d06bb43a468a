"""Putting answers together: plain dictionaries in the shapes of ``told_shapes``, without a query of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from zhouzhouhui.models import AnswerDraft, Matter, Meeting, Minutes
from zhouzhouhui.queries.access import ANYBODY, reading_of
from zhouzhouhui.text.masking import mask

from .answers import moment

Told = dict[str, Any]
COMMUNITY = "community"
DUE = Matter._meta.get_field("due_meeting")
LEAD = Matter._meta.get_field("lead_department")
BESIDE = ("community", "category", "lead_department", "owner_department", "due_meeting")


def standing_of(matter: Matter) -> Told:
    """Where a matter stands after a step."""
    return {
        "id": matter.id, "number": full_number(matter), "community": matter.community.short_code,
        "state": matter.state, "revision": matter.revision, "kind": matter.kind, "is_private": matter.is_private,
        "is_restricted": matter.is_restricted, "due": _due(matter), "outcome": matter.outcome,
        "promise_on": matter.promise_on, "done_on": matter.done_on, "review_on": matter.review_on,
        "is_decision_unread": matter.is_decision_unread, "is_disputed": matter.is_disputed,
        "seconds": matter.seconds,
    }  # fmt: skip


def standings_of(matters: Sequence[Matter]) -> list[Told]:
    """The same for several, with one query at most for the meetings they are due at."""
    waiting = [m for m in matters if m.due_meeting_id and not DUE.is_cached(m)]
    if waiting:
        prefetch_related_objects(waiting, "due_meeting")
    return [standing_of(matter) for matter in matters]


def full_number(matter: Matter) -> str:
    """The number with the community's short code before it: YXY-13-08."""
    return f"{matter.community.short_code}-{matter.number}"


def line_of(matter: Matter) -> Told:
    """A matter in a list, as its reader may read it; loaded with BESIDE."""
    reading = reading_of(matter)
    masked = reading == ANYBODY
    return {
        **standing_of(matter), "reading": reading,
        "words": matter.public_words if masked else matter.words,
        "place": matter.public_place if masked else matter.place,
        "category": matter.category.code if matter.category else None, "people_count": matter.people_count,
        "is_legacy": matter.is_legacy, "legacy_since": matter.legacy_since, "awaits_typing": matter.awaits_typing,
        "channel": matter.channel, "raised_at": moment(matter.raised_at), "raised_meeting": matter.raised_meeting_id,
        "route": matter.route, "lead": _party(matter.lead_department, matter.lead_is_community),
        "owner": _party(matter.owner_department, matter.owner_is_community),
        "answered_at": moment(matter.answered_at), "answer_count": matter.answer_count,
        "carried_count": matter.carried_count, "dispute_count": matter.dispute_count, "solved": matter.solved,
        "manner": matter.manner, "result": matter.result, "word_from": matter.word_from,
        "merged_into": matter.merged_into_id, "split_from": matter.split_from_id,
    }  # fmt: skip


def _due(matter: Matter) -> Told | None:
    if matter.due_meeting_id is None and matter.due_from is None and matter.desk_due_on is None:
        return None
    meeting = matter.due_meeting if matter.due_meeting_id else None
    return {
        "meeting": matter.due_meeting_id, "at": moment(meeting.scheduled_at) if meeting else None,
        "from_on": matter.due_from, "desk_on": matter.desk_due_on,
    }  # fmt: skip


def _party(department: Any, is_community: bool) -> str | None:
    return COMMUNITY if is_community else department.code if department else None


def draft_of(draft: AnswerDraft) -> Told:
    """A prepared answer, for those at work on it."""
    return {
        "state": draft.state, "outcome": draft.outcome, "words": draft.words, "basis": draft.basis,
        "promise_on": draft.promise_on, "owner": _party(draft.owner_department, draft.owner_is_community),
        "prepared_at": moment(draft.prepared_at), "signed_at": moment(draft.signed_at), "reason": draft.reason,
    }  # fmt: skip


def meeting_of(meeting: Meeting) -> Told:
    """A meeting; loaded with its community."""
    return {
        "id": meeting.id, "community": meeting.community.short_code, "kind": meeting.kind, "state": meeting.state,
        "number": meeting.number, "slot_on": meeting.slot_on, "scheduled_at": moment(meeting.scheduled_at),
        "moved_from": moment(meeting.moved_from), "place": meeting.place, "opened_at": moment(meeting.opened_at),
        "ended_at": moment(meeting.ended_at), "reason": mask(meeting.reason), "continues": meeting.continues_id,
        "frozen": meeting.frozen, "unspoken": meeting.unspoken, "revision": meeting.revision,
    }  # fmt: skip


def minutes_of(minutes: Minutes) -> Told:
    """A published edition."""
    return {
        "edition": minutes.edition, "words": minutes.words, "published_at": moment(minutes.published_at),
        "head_seq": minutes.head_seq, "head_hash": minutes.head_hash,
    }  # fmt: skip


def page_of(name: str, rows: Sequence[Told], following: str | None, **more: Any) -> Mapping[str, Any]:
    """A page of a list; ``next`` is the cursor of the following one."""
    return {name: rows, "next": following, **more}
