"""How a matter comes into being: its row, its number, its first due, its first line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from ..models import Category, ChainHead, Community, Matter, Meeting, uuid7
from ..rules.figures import FACTS
from ..rules.powers import Actor
from ._due import NOT_DUE, Due, desk_due, due_for_raise_between, due_next
from ._facts import facts_of
from ._ledger import Entry
from ._texts import for_the_public


@dataclass(frozen=True)
class NewMatter:
    """One thing raised. ``hide`` are names told by the recorder that the public never sees;
    ``public_words`` replaces the masked text where the writer hid more or released something."""

    words: str = ""
    id: UUID = field(default_factory=uuid7)
    kind: str = "unknown"
    category: str = ""
    request: str = ""
    place: str = ""
    people_count: int | None = None
    is_legacy: bool = False
    legacy_since: str = ""
    is_private: bool = False
    concerns: tuple[UUID, ...] = ()
    hide: tuple[str, ...] = ()
    public_words: str | None = None
    photos: tuple[tuple[str, str, str], ...] = ()  # (file, thumbnail, purpose)
    filled_in_by: str = ""


def build(
    item: NewMatter, digest: str, *, meeting: Meeting | None, community: Community, at: datetime,
    categories: dict[str, Category], names: tuple[str, ...],
) -> Matter:  # fmt: skip
    category = categories.get(item.category)
    restricted = item.kind == "report" or bool(item.concerns) or bool(category and category.is_restricted)
    hidden = restricted or item.is_private
    names = (*names, *item.hide)
    return Matter(
        id=item.id, town_id=community.town_id, community=community, raised_meeting=meeting, raised_at=at,
        recorded_at=at, digest=digest, words=item.words, request=item.request, place=item.place,
        people_count=item.people_count,
        public_words="" if hidden else item.public_words or for_the_public(item.words, names=names),
        public_place="" if hidden else for_the_public(item.place, names=names),
        kind=item.kind, category=category, is_legacy=item.is_legacy, legacy_since=item.legacy_since,
        is_private=item.is_private, is_restricted=restricted, awaits_typing=not item.words.strip(),
        filled_in_by=item.filled_in_by,
    )  # fmt: skip


def set_due(matters: Sequence[Matter], meeting: Meeting | None, community: Community, at: datetime) -> Due:
    """Set where each is due first; returns the meeting that those heard in the hall are due at."""
    due: Due = NOT_DUE
    if not all(m.is_restricted for m in matters):
        due = due_next(community, at) if meeting else due_for_raise_between(community, at)
    for matter in matters:
        own = desk_due(community, at) if matter.is_restricted else due
        for name, value in own.fields().items():
            setattr(matter, name, value)
        matter.first_due_meeting = own.meeting
    return due


def number(head: ChainHead, matters: Sequence[Matter], meeting: Meeting | None) -> None:
    """Numbers are places in the meeting, or after the last one; the held head counts them."""
    late = _places_given(meeting) if meeting is not None and meeting.number != head.last_number else 0
    for matter in matters:
        matter.is_between = meeting is None
        matter.number_meeting = head.last_number
        if meeting is None:
            head.place_between += 1
            matter.number_place = head.place_between
        elif meeting.number == head.last_number:
            head.place += 1
            matter.number_place = head.place
        else:
            assert meeting.number is not None
            late += 1
            matter.number_meeting, matter.number_place = meeting.number, late


def _places_given(meeting: Meeting) -> int:
    """How many places were given in a meeting that a later one has already followed."""
    assert meeting.number is not None  # it was opened
    given = (
        Matter.objects.filter(
            town_id=meeting.town_id, community_id=meeting.community_id, number_meeting=meeting.number, is_between=False
        )
        .order_by("-number_place")
        .values_list("number_place", flat=True)
        .first()
    )
    return given or 0


def born_entry(matter: Matter, by: Actor, role: str, at: datetime, recorded_at: datetime | None) -> Entry:
    """The first line of a matter that was raised; of a restricted one it only commits to kind and category."""
    category = matter.category.code if matter.category else ""
    facts = born_facts(matter)
    sealed = {"words": (matter.words, matter.public_words)}
    if matter.request:
        sealed["request"] = (matter.request, "")
    if matter.is_restricted:
        sealed |= {"kind": (matter.kind, ""), "category": (category, "")}
    return Entry(
        verb="raise_matter", by=by, role="restricted" if matter.is_restricted else role, at=at, matter=matter,
        meeting=matter.raised_meeting.id if matter.raised_meeting else None, facts=facts, sealed=sealed,
        act_id=uuid7(), recorded_at=recorded_at,
    )  # fmt: skip


# Related rows by their key, which needs no reading; only a category is told by its code.
TOLD_AT_BIRTH = tuple(
    f"{name}_id" if Matter._meta.get_field(name).is_relation and name != "category" else name for name in FACTS
)


def born_facts(matter: Matter) -> dict[str, Any]:
    """What the first line of a matter tells, whether it was raised or split off."""
    fields = {name: getattr(matter, name) for name in TOLD_AT_BIRTH}
    told = {n: v for n, v in facts_of(fields, restricted=matter.is_restricted).items() if v not in (None, False, "", 0)}
    return {
        "from": None,
        "to": matter.state,
        "due": str(matter.due_meeting_id) if matter.due_meeting_id else None,
        **told,
    }
