"""A meeting's agenda, built by itself: decisions to read, answers to give, what is still owed, promises, the floor."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from zhouzhouhui.models import AnswerDraft, Appointment, LedgerLine, Matter, Meeting, Sealed
from zhouzhouhui.rules.matter_flow import DECISIONS, State
from zhouzhouhui.rules.meeting_flow import FLOOR_MINUTES, THIRD_CARRY_OVER

SPOKEN = ("give_answer", "carry_over", "read_decision")
DECIDING = ("refer_matter", "decline_matter", "shelve_matter", "review_shelved", "merge_matter")
MINUTES_A_MATTER = 3
BESIDE = ("category", "lead_department", "owner_department", "raised_meeting", "merged_into")


@dataclass
class Item:
    """One matter on the agenda."""

    matter: Matter
    part: str  # decisions, answers, owed, promises
    draft: AnswerDraft | None = None
    spoken: str = ""  # the verb it was spoken with at this meeting
    spoken_at: datetime | None = None
    grouped: bool = False
    decision: dict[str, str] = field(default_factory=dict)  # the words of the decision to be read
    line_id: UUID | None = None  # the line it was spoken with
    outcome: str = ""  # as given then
    promise_on: date | None = None
    said: dict[str, str] = field(default_factory=dict)  # what was said with it here, for the public: words, reason …


@dataclass
class Agenda:
    """What this meeting has to say, what it has said, and what it has heard."""

    meeting: Meeting
    parts: dict[str, list[Item]]
    spoken: list[Item]
    raised: list[Matter]
    came: dict[str, int]
    hosts: list[Appointment]
    recorders: list[Appointment]

    @property
    def unspoken(self) -> int:
        return sum(len(items) for items in self.parts.values())

    @property
    def total(self) -> int:
        return self.unspoken + len(self.spoken)

    @property
    def needs_leader(self) -> bool:
        """Whether a carry over here would be the third in a row, which names a leader."""
        return any(i.matter.carried_in_a_row + 1 >= THIRD_CARRY_OVER for items in self.parts.values() for i in items)

    @property
    def needs_groups(self) -> bool:
        """Whether speaking matters one by one would leave the floor less than its twenty minutes."""
        planned = self.meeting.community.town.setting("meeting_minutes")
        return bool(self.unspoken * MINUTES_A_MATTER > planned - FLOOR_MINUTES)


PARTS = ("decisions", "answers", "owed", "promises")


def agenda(meeting: Meeting) -> Agenda:
    """The agenda as it stands now (seven queries, however long it is). Restricted matters are not on it."""
    due = list(
        Matter.objects.filter(town_id=meeting.town_id, due_meeting_id=meeting.id, is_restricted=False)
        .select_related(*BESIDE)
        .order_by("number_meeting", "is_between", "number_place")
    )
    lines = _lines(meeting)
    spoken, raised_ids = _spoken(lines)
    _hear(meeting, spoken)
    drafts = _drafts(meeting, [m.id for m in due])
    decisions = _decisions(meeting, [m.id for m in due if m.state in DECISIONS])
    parts: dict[str, list[Item]] = {name: [] for name in PARTS}
    for matter in due:
        draft = drafts.get(matter.id)
        item = Item(matter, _part(matter, draft), draft, decision=decisions.get(matter.id, {}))
        parts[item.part].append(item)
    appointments = list(
        Appointment.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id, ended_at=None).select_related(
            "person"
        )
    )
    still_due = {m.id for m in due}
    return Agenda(
        meeting=meeting,
        parts=parts,
        spoken=[item for item in spoken if item.matter.id not in still_due],
        raised=[
            line.matter
            for line in lines
            if line.matter_id in raised_ids and line.verb == "raise_matter" and line.matter
        ],
        came=_came(lines),
        hosts=[a for a in appointments if a.role == "host"],
        recorders=[a for a in appointments if a.role == "recorder"],
    )


def _part(matter: Matter, draft: AnswerDraft | None) -> str:
    if matter.state in DECISIONS and matter.is_decision_unread:
        return "decisions"
    if matter.state == State.PROMISED:
        return "promises"
    return "answers" if draft is not None and draft.state == "signed" else "owed"


def _lines(meeting: Meeting) -> list[LedgerLine]:
    return list(
        LedgerLine.objects.filter(
            town_id=meeting.town_id, meeting_id=meeting.id, verb__in=[*SPOKEN, "raise_matter", "void_entry", "sign_in"]
        )
        .exclude(matter__is_restricted=True)
        .select_related("matter", *(f"matter__{name}" for name in BESIDE))
        .order_by("seq")
    )


def _spoken(lines: list[LedgerLine]) -> tuple[list[Item], set[UUID | None]]:
    """What was spoken at the meeting, voided entries left out, and the keys of what was raised."""
    bodies = {line.id: json.loads(line.body) for line in lines}
    voided = {body.get("voids") for body in bodies.values()}
    last: dict[UUID, Item] = {}
    for line in lines:
        if line.verb in SPOKEN and line.matter is not None and str(line.id) not in voided:
            last[line.matter.id] = Item(
                line.matter,
                "",
                spoken=line.verb,
                spoken_at=line.happened_at,
                grouped=bool(bodies[line.id].get("group")),
                line_id=line.id,
                outcome=bodies[line.id].get("outcome") or "",
                promise_on=date.fromisoformat(day) if (day := bodies[line.id].get("promise_on")) else None,
            )
    raised = {line.matter_id for line in lines if line.verb == "raise_matter" and str(line.id) not in voided}
    return list(last.values()), raised


def _hear(meeting: Meeting, spoken: list[Item]) -> None:
    """Put beside each what was said with it then: later answers do not change an earlier meeting's minutes."""
    rows = Sealed.objects.filter(town_id=meeting.town_id, line_id__in=[item.line_id for item in spoken])
    said: dict[UUID, dict[str, str]] = {}
    for line_id, name, words in rows.exclude(name="by").values_list("line_id", "name", "public_text"):
        said.setdefault(line_id, {})[name] = words
    read = [item.matter.id for item in spoken if item.spoken == "read_decision"]
    decisions = _decisions(meeting, read)
    for item in spoken:
        assert item.line_id is not None
        item.said = said.get(item.line_id, {})
        item.decision = decisions.get(item.matter.id, {}) if item.spoken == "read_decision" else {}


def _drafts(meeting: Meeting, ids: list[UUID]) -> dict[UUID, AnswerDraft]:
    rows = (
        AnswerDraft.objects.filter(
            town_id=meeting.town_id, matter_id__in=ids, state__in=["prepared", "signed", "sent_back"]
        )
        .select_related("owner_department", "signed_by")
        .order_by("prepared_at", "id")
    )
    return {draft.matter_id: draft for draft in rows}


def _decisions(meeting: Meeting, ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    """The words sealed with the newest decision on each matter."""
    if not ids:
        return {}
    rows = (
        Sealed.objects.filter(
            town_id=meeting.town_id, line__town_id=meeting.town_id, line__matter_id__in=ids, line__verb__in=DECIDING
        )
        .exclude(name="by")
        .order_by("line__seq")
        .values_list("line__matter_id", "line__seq", "name", "text")
    )
    newest: dict[UUID, tuple[int, dict[str, str]]] = {}
    for matter_id, seq, name, text in rows:
        if matter_id not in newest or newest[matter_id][0] != seq:
            newest[matter_id] = (seq, {})
        newest[matter_id][1][name] = text
    return {matter_id: words for matter_id, (_, words) in newest.items()}


def _came(lines: list[LedgerLine]) -> dict[str, int]:
    """Heads by kind, as the sign-in lines of the meeting count them."""
    came: dict[str, int] = {}
    for line in lines:
        if line.verb == "sign_in":
            body = json.loads(line.body)
            came[body["came"]] = came.get(body["came"], 0) + body["heads"]
    return came


def meetings_near(*, town_id: UUID, community_ids: list[UUID] | None) -> list[Meeting]:
    """Open meetings and the next called ones, of some communities or of all (one query)."""
    rows = Meeting.objects.filter(town_id=town_id, state__in=["called", "open"])
    if community_ids is not None:
        rows = rows.filter(community_id__in=community_ids)
    return list(rows.select_related("community").order_by("-state", "scheduled_at")[:60])
