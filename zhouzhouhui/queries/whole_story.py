"""A matter with everything that happened to it, in the words its reader may read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhouzhouhui.models import AnswerDraft, Assisting, LedgerLine, Matter, MatterLink, Photo, Sealed
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.refusals import Refused

from .access import ANYBODY, FULL, OWN, reading_of, visible_matters
from .matter_lists import BESIDE
from .public_matters import numbered
from .references import NUMBER, uuid_of

MOST_LINES = 2000
NEVER_TOLD = ("by", "photo")  # who acted is kept apart; a file's name is nobody's business

# What is said to the raiser; notes, opinions, drafts and rulings inside the house are not.
TOLD_TO_RAISER = frozenset(
    {
        "raise_matter", "split_matter", "give_answer", "answer_restricted", "carry_over", "keep_promise",
        "read_decision", "refer_matter", "decline_matter", "merge_matter", "unmerge_matter", "shelve_matter",
        "review_shelved", "accept_answer", "dispute_answer", "withdraw_matter", "reopen_matter", "urge",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """One line of the ledger with the words beside it that the reader may read."""

    line: LedgerLine
    body: Mapping[str, Any]
    texts: Mapping[str, str]
    erased: Sequence[str]
    is_voided: bool


@dataclass(frozen=True)
class WholeStory:
    """The matter, oldest line first; what stands beside it only for those who handle it."""

    matter: Matter
    happened: Sequence[Happened]
    photos: Sequence[Photo]
    links: Sequence[UUID] = field(default_factory=tuple)
    assisting: Sequence[str] = field(default_factory=tuple)
    drafts: Sequence[AnswerDraft] = field(default_factory=tuple)

    @property
    def reading(self) -> str:
        """In which way it is read."""
        return reading_of(self.matter)


def whole_story(*, by: Actor, town_id: UUID, at: datetime, name: str) -> WholeStory:
    """The story of the matter with this number or key; seven queries at most. Refused as not found."""
    matter = _matter(by, town_id, at, name)
    reading = reading_of(matter)
    happened = _happened(matter, reading)
    photos = Photo.objects.filter(town_id=town_id, matter_id=matter.id, erased_at=None).order_by("at")
    if reading == ANYBODY:
        photos = photos.filter(is_public=True).exclude(purpose="form")
    if reading != FULL:
        return WholeStory(matter, happened, list(photos))
    links = MatterLink.objects.filter(town_id=town_id, matter_id=matter.id, other__is_restricted=False)
    assisting = Assisting.objects.filter(town_id=town_id, matter_id=matter.id)
    drafts = AnswerDraft.objects.filter(town_id=town_id, matter_id=matter.id).select_related("owner_department")
    return WholeStory(
        matter, happened, list(photos),
        links=list(links.values_list("other_id", flat=True)),
        assisting=list(assisting.order_by("department__code").values_list("department__code", flat=True)),
        drafts=list(drafts.order_by("prepared_at", "id")),
    )  # fmt: skip


def _matter(by: Actor, town_id: UUID, at: datetime, name: str) -> Matter:
    rows = visible_matters(by=by, town_id=town_id, at=at).select_related(*BESIDE)
    key, told = uuid_of(name), NUMBER.fullmatch(name)
    if key is not None:
        rows = rows.filter(id=key)
    elif told is not None:
        sign = "-" if told[3] == "-" else "+"
        rows = numbered(rows.filter(community__short_code=told[1].upper()), f"{told[2]}{sign}{told[4]}")
    else:
        raise Refused("not_found")
    matter = rows.first()
    if matter is None:
        raise Refused("not_found")
    return matter


def _happened(matter: Matter, reading: str) -> list[Happened]:
    lines = list(LedgerLine.objects.filter(town_id=matter.town_id, matter_id=matter.id).order_by("seq")[:MOST_LINES])
    bodies = [json.loads(line.body) for line in lines]
    voided = {body.get("voids") for body in bodies} - {None}
    texts: dict[UUID, dict[str, str]] = {}
    erased: dict[UUID, list[str]] = {}
    sealed = Sealed.objects.filter(town_id=matter.town_id, line__matter_id=matter.id, line__town_id=matter.town_id)
    rows = sealed.exclude(name__in=NEVER_TOLD).order_by("name")
    for line_id, verb, name, text, public, gone in rows.values_list(
        "line_id", "line__verb", "name", "text", "public_text", "erased_at"
    ):
        if gone is not None:
            erased.setdefault(line_id, []).append(name)
            continue
        in_full = reading == FULL or (reading == OWN and verb in TOLD_TO_RAISER)
        told = text if in_full else public
        if told:
            texts.setdefault(line_id, {})[name] = told
    return [
        Happened(line, body, texts.get(line.id, {}), erased.get(line.id, ()), str(line.id) in voided)
        for line, body in zip(lines, bodies, strict=True)
    ]
