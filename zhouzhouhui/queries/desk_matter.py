"""One matter at the desk: its words, who stands how towards it, every line with its full words, drafts, photos."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhouzhouhui.models import (
    AnswerDraft,
    Department,
    LedgerLine,
    Matter,
    MatterLink,
    Person,
    Photo,
    Resident,
    Sealed,
    Voice,
)
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.powers import Actor, MatterFacts, Role, matter_roles

from .desk_list import said

MOST_LINES = 300
TO_CONTACT = frozenset({Role.LEAD, Role.OWNER, Role.CADRE, Role.OFFICE, Role.DESK})


@dataclass(frozen=True)
class Line:
    """One act on the matter with its full words; ``by`` is the name of whoever took it."""

    id: UUID
    verb: str
    at: datetime
    facts: Mapping[str, Any]
    texts: Mapping[str, str]
    by: str = ""
    erased: bool = False


@dataclass(frozen=True)
class Contact:
    """How the raiser is reached: only for those who have to."""

    name: str = ""
    phone: str = ""
    address: str = ""
    guardian: str = ""


@dataclass(frozen=True)
class Dossier:
    """What the page of a matter shows to one member of staff."""

    matter: Matter
    roles: frozenset[Role]
    lines: Sequence[Line]
    drafts: Sequence[AnswerDraft]
    departments: Mapping[str, Department]
    assisting: Sequence[Department]
    photos: Sequence[Photo] = ()
    contacts: Sequence[Contact] = ()
    raisers: int = 0
    concerns: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def standing_draft(self) -> AnswerDraft | None:
        """The draft in force: the newest one prepared, signed or sent back."""
        return next((d for d in self.drafts if d.state in ("prepared", "signed", "sent_back")), None)

    @property
    def voided(self) -> frozenset[str]:
        """Keys of the lines that were undone."""
        return frozenset(line.facts["voids"] for line in self.lines if line.facts.get("voids"))


def dossier(matter: Matter, actor: Actor, *, day: date) -> Dossier | None:
    """Everything of a matter that was read with what stands beside it; None for a person it concerns.

    At most seven queries, :func:`links_of` one more. The roles leave out host and recorder: what they do, they
    do on the screen of the meeting.
    """
    voices = _voices(matter)
    lines = _lines(matter)
    departments = _departments(matter.town_id)
    assisting = [departments[code] for code in _assisting(lines) if code in departments]
    concerns = frozenset(matter.concerns.values_list("person_id", flat=True)) if matter.is_restricted else frozenset()
    roles = matter_roles(actor, _facts(matter, voices, assisting, concerns), None, day)
    if not roles:
        return None
    return Dossier(
        matter=matter,
        roles=roles,
        lines=_named(lines, matter.town_id),
        drafts=list(
            AnswerDraft.objects.filter(town_id=matter.town_id, matter_id=matter.id)
            .select_related("prepared_by", "signed_by", "owner_department")
            .order_by("-prepared_at", "-id")[:20]
        ),
        departments=departments,
        assisting=assisting,
        photos=list(
            Photo.objects.filter(town_id=matter.town_id, matter_id=matter.id, erased_at=None).order_by("at")[:24]
        ),
        contacts=_contacts(voices) if roles & TO_CONTACT else [],
        raisers=sum(v.kind == Voice.RAISER for v in voices),
        concerns=concerns,
    )


def _voices(matter: Matter) -> list[Voice]:
    # two look-ups by index; as an OR over two tables PostgreSQL would read every voice of the town
    merged = Matter.objects.filter(merged_into_id=matter.id, state=State.MERGED).values("id")
    spoken_by = Matter.objects.filter(id=matter.id).values("id").union(merged, all=True)
    rows = Voice.objects.filter(matter_id__in=spoken_by, town_id=matter.town_id, withdrawn_at=None)
    return list(rows.select_related("resident").order_by("at"))


def _facts(
    matter: Matter, voices: Sequence[Voice], assisting: Sequence[Department], concerns: frozenset[UUID]
) -> MatterFacts:
    return MatterFacts(
        community=matter.community.successor_id or matter.community_id,
        lead_department=matter.lead_department_id,
        lead_is_community=matter.lead_is_community,
        owner_department=matter.owner_department_id,
        owner_is_community=matter.owner_is_community,
        assisting=frozenset(d.id for d in assisting),
        restricted=matter.is_restricted,
        concerns=concerns,
        substitute=matter.substitute_id,
        raiser_people=frozenset(v.person_id for v in voices if v.kind == Voice.RAISER and v.person_id),
        last_maker=matter.undo["by"] if matter.undo else "",
    )


def _lines(matter: Matter) -> list[Line]:
    """Every line has something sealed beside it (who did it, at least), so one query brings both."""
    rows = (
        Sealed.objects.filter(town_id=matter.town_id, line__town_id=matter.town_id, line__matter_id=matter.id)
        .select_related("line")
        .order_by("line__seq")[: MOST_LINES * 4]
    )
    texts: dict[UUID, dict[str, str]] = {}
    gone: set[UUID] = set()
    lines: dict[UUID, LedgerLine] = {}
    for row in rows:
        lines[row.line_id] = row.line
        texts.setdefault(row.line_id, {})[row.name] = row.text
        if row.erased_at is not None:
            gone.add(row.line_id)
    return [
        Line(key, line.verb, line.happened_at, json.loads(line.body), texts[key], erased=key in gone)
        for key, line in lines.items()
    ]


def _named(lines: Sequence[Line], town_id: UUID) -> list[Line]:
    """The lines with the names of those who took them (one query)."""
    keys = {
        line.texts.get("by", "").removeprefix("person:")
        for line in lines
        if line.texts.get("by", "").startswith("person:")
    }
    names = {
        str(key): name for key, name in Person.objects.filter(town_id=town_id, id__in=keys).values_list("id", "name")
    }
    return [
        Line(
            line.id, line.verb, line.at, line.facts, {n: t for n, t in line.texts.items() if n != "by"},
            names.get(line.texts.get("by", "").removeprefix("person:"), ""), line.erased,
        )
        for line in lines
    ]  # fmt: skip


def _departments(town_id: UUID) -> dict[str, Department]:
    return {d.code: d for d in Department.objects.filter(town_id=town_id).order_by("level", "code")}


def _assisting(lines: Sequence[Line]) -> list[str]:
    """The assisting departments' codes, as the last assignment named them."""
    named = [line.facts.get("assisting") or [] for line in lines if line.verb == "assign_matter"]
    return list(named[-1]) if named else []


def links_of(matter: Matter) -> list[Matter]:
    """Matters with the same root, linked either way; restricted ones are not told (one query, none for those)."""
    if matter.is_restricted:
        return []
    rows = MatterLink.objects.filter(Q(matter_id=matter.id) | Q(other_id=matter.id), town_id=matter.town_id)
    found = []
    for link in rows.select_related("matter__community", "other__community")[:20]:
        other = link.other if link.matter_id == matter.id else link.matter
        if not other.is_restricted:
            found.append(other)
    return found


def _contacts(voices: Sequence[Voice]) -> list[Contact]:
    residents: dict[UUID, Resident] = {
        v.resident.id: v.resident for v in voices if v.kind == Voice.RAISER and v.resident and not v.resident.erased_at
    }
    return [
        Contact(_open(r.name_sealed), _open(r.phone_sealed), _open(r.address_sealed), _open(r.guardian_sealed))
        for r in residents.values()
    ]


def _open(sealed: str) -> str:
    try:
        return keyring.decrypt(sealed) if sealed else ""
    except keyring.CannotDecrypt:
        return ""


def people_to_name(town_id: UUID) -> list[Person]:
    """Those who can be named as concerned or as a substitute: people in office with a mandate (one query)."""
    rows = Person.objects.filter(town_id=town_id, is_active=True, mandates__isnull=False)
    return list(rows.exclude(mandates__role="delegate").distinct().order_by("name")[:400])


def likely_same(matter: Matter, matters: QuerySet[Matter], *, q: str, any_community: bool) -> list[Matter]:
    """Open matters it could be merged into or linked with, the most alike in words first (one query)."""
    rows = matters.filter(is_restricted=False).exclude(id=matter.id)
    if any_community:
        rows = rows.filter(
            state__in=[State.RAISED, State.ASSIGNED, State.PROMISED, State.ANSWERED, State.SHELVED, State.CLOSED]
        )
    else:
        rows = rows.filter(
            community_id=matter.community_id, is_private=matter.is_private,
            state__in=[State.RAISED, State.ASSIGNED, State.PROMISED],
        )  # fmt: skip
    if q.strip():
        rows = rows.filter(said(q))
    nearest = list(rows.select_related("community", "lead_department", "due_meeting").order_by("-raised_at")[:300])
    pairs = _pairs(matter.words)
    nearest.sort(key=lambda m: -len(pairs & _pairs(m.words)) / (1 + len(_pairs(m.words))))
    return nearest[:12]


def _pairs(words: str) -> set[str]:
    return {words[n : n + 2] for n in range(len(words) - 1) if not words[n : n + 2].isspace()}
