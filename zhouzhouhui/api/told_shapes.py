"""What answers look like, for the OpenAPI document; the answers themselves are put together in ``telling``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel


class Problem(BaseModel):
    """RFC 9457. ``code`` and ``facts`` are for programs, ``detail`` is a sentence in the caller's language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    facts: dict[str, Any]
    remedies: list[str] = []


class Due(BaseModel):
    """When it is due: at a meeting, at the first one from a day on, or on a day at the restricted desk."""

    meeting: UUID | None
    at: datetime | None
    from_on: date | None
    desk_on: date | None


class Standing(BaseModel):
    """Where a matter stands; no words of anybody."""

    id: UUID
    number: str
    community: str
    state: str
    revision: int
    kind: str
    is_private: bool
    is_restricted: bool
    due: Due | None
    outcome: str
    promise_on: date | None
    done_on: date | None
    review_on: date | None
    is_decision_unread: bool
    is_disputed: bool
    seconds: int


class MatterLine(Standing):
    """A matter in a list. ``reading``: full and own give the words as spoken, public the masked ones."""

    reading: Literal["full", "own", "public"]
    words: str
    place: str
    category: str | None
    people_count: int | None
    is_legacy: bool
    legacy_since: str
    awaits_typing: bool
    channel: str
    raised_at: datetime
    raised_meeting: UUID | None
    route: str
    lead: str | None
    owner: str | None
    answered_at: datetime | None
    answer_count: int
    carried_count: int
    dispute_count: int
    solved: str
    manner: str
    result: str
    word_from: str
    merged_into: UUID | None
    split_from: UUID | None


class Line(BaseModel):
    """One line of the ledger: ``line`` is what was hashed; ``texts`` are the words beside it that you may read."""

    seq: int
    hash: str
    verb: str
    happened_at: datetime
    line: dict[str, Any]
    texts: dict[str, str]
    erased: list[str]
    is_voided: bool


class Draft(BaseModel):
    state: str
    outcome: str
    words: str
    basis: str
    promise_on: date | None
    owner: str | None
    prepared_at: datetime
    signed_at: datetime | None
    reason: str


class Photo(BaseModel):
    id: UUID
    purpose: str
    is_public: bool
    at: datetime


class Story(MatterLine):
    """A matter with everything that happened to it, oldest first."""

    request: str
    filled_in_by: str
    asked_route: str
    steps: list[Line]
    photos: list[Photo]
    links: list[UUID]
    assisting: list[str]
    drafts: list[Draft]


class MatterPage(BaseModel):
    matters: list[MatterLine]
    next: str | None


class Raised(BaseModel):
    """``slip`` is shown this once; it is null when the same had been sent before."""

    matters: list[Standing]
    slip: str | None
    again: bool


class Meeting(BaseModel):
    id: UUID
    community: str
    kind: str
    state: str
    number: int | None
    slot_on: date | None
    scheduled_at: datetime
    moved_from: datetime | None
    place: str
    opened_at: datetime | None
    ended_at: datetime | None
    reason: str
    continues: UUID | None
    frozen: dict[str, Any] | None
    unspoken: list[str]
    revision: int


class MeetingPage(BaseModel):
    meetings: list[Meeting]
    next: str | None


class AgendaItem(BaseModel):
    part: Literal["decisions", "answers", "owed", "promises"]
    matter: MatterLine
    draft: Draft | None


class Spoken(BaseModel):
    verb: str
    at: datetime
    is_grouped: bool
    matter: MatterLine


class Apart(BaseModel):
    """Due or spoken here, but not for the reader's eyes: counted only."""

    due: int
    spoken: int
    raised: int


class Minutes(BaseModel):
    edition: int
    words: str
    published_at: datetime | None
    head_seq: int | None
    head_hash: str


class WholeMeeting(Meeting):
    agenda: list[AgendaItem]
    spoken: list[Spoken]
    raised: list[MatterLine]
    apart: Apart
    came: dict[str, int]
    hosts: list[str]
    recorders: list[str]
    minutes: list[Minutes]


class Community(BaseModel):
    id: UUID
    code: str
    short_code: str
    name: str
    name_en: str
    kind: str
    is_pilot: bool
    former_villages: list[str]
    joins_on: date
    weekday: int
    meets_at: str
    place: str
    dissolved_on: date | None
    successor: str | None
    next_meeting: UUID | None
    next_at: datetime | None
    head_seq: int
    head_hash: str


class Communities(BaseModel):
    communities: list[Community]


class Department(BaseModel):
    id: UUID
    code: str
    name: str
    name_en: str
    level: str
    phone: str
    dissolved_on: date | None
    successor: str | None


class Departments(BaseModel):
    departments: list[Department]


class Category(BaseModel):
    code: str
    parent: str | None
    name: str
    name_en: str
    owner: str | None
    is_restricted: bool
    retired_on: date | None


class Categories(BaseModel):
    categories: list[Category]


class Mandate(BaseModel):
    role: str
    community: str | None
    department: str | None
    title: str
    starts_on: date
    ends_on: date | None


class Person(BaseModel):
    id: UUID
    login: str
    name: str
    mandates: list[Mandate]


class People(BaseModel):
    people: list[Person]
    next: str | None


class Reissued(BaseModel):
    slip: str
    matters: int


class Grouped(BaseModel):
    matters: list[Standing]


class Explained(BaseModel):
    code: str
    status: int
    title: str
    sentence: str
