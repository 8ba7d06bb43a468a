"""Raising: words spoken in the hall or between meetings become numbered matters, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from ..models import (
    Category,
    ChainHead,
    Community,
    Concern,
    Matter,
    Meeting,
    Person,
    Photo,
    Voice,
    uuid7,
)
from ..outside import keyring
from ..queries.quick_rows import row_where, rows_where
from ..rules import matter_flow
from ..rules.powers import Actor, Role
from ..rules.refusals import Refused
from ._due import NOT_DUE, Due, desk_due, due_for_raise_between, due_next
from ..rules.figures import FACTS
from ._facts import facts_of
from ._ledger import Entry, append, hold_head, in_one_transaction
from ._rows import insert
from ._speaker import Speaker, keep_resident, names_told
from ._take_step import role_taken
from ._texts import checked, digest_of, for_the_public
from ._where import roles_at, where_of

KINDS = frozenset({"unknown", "question", "request", "complaint", "report", "suggestion", "praise"})
AT_ONCE = 200  # the most matters one batch may hold


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


@dataclass(frozen=True)
class Raised:
    """What was raised, in the order given; ``code`` is the slip's code, to be shown once."""

    matters: list[Matter]
    code: str
    again: bool = False  # it had been sent before


def raise_matter(*, item: NewMatter, **rest: Any) -> Raised:
    """Raise one matter; see :func:`raise_matters`."""
    return raise_matters(items=[item], **rest)


@in_one_transaction
def raise_matters(
    *,
    items: Sequence[NewMatter],
    town_id: UUID,
    by: Actor,
    at: datetime,
    meeting_id: UUID | None = None,
    community_id: UUID | None = None,
    speaker: Speaker | None = None,
    code: str = "",
    channel: str = "",
    recorded_at: datetime | None = None,
) -> Raised:
    """Raise several matters of one speaker, all or none, with one slip for all.

    At a meeting (``meeting_id``, open) they take its number and are due at the next regular meeting; between
    meetings (``community_id``) at the first one at least 3 working days away. A matter that concerns persons,
    and every 举报, goes to the restricted desk at once (信访工作条例 art. 30). ``recorded_at`` marks what was
    said in a meeting that is over and reached the town only now. Raises ``Refused``.
    """
    if not 0 < len(items) <= AT_ONCE:
        raise Refused("batch_size", limit=AT_ONCE, count=len(items))
    by.check_town(town_id)
    meeting, community = where_of(town_id, meeting_id, community_id, recorded_at is not None)
    roles = roles_at(by, at, meeting, community)
    step = matter_flow.check_step(
        "raise_matter", state=None, to=matter_flow.State.RAISED, roles=roles, restricted=False
    )
    categories = _categories(town_id, items)
    for item in items:
        _check(item, step)
    digests = [_digest(item, by, meeting, community) for item in items]
    again = _sent_again(town_id, items, digests)
    if again:
        return Raised(again, "", again=True)
    resident = keep_resident(community=community, speaker=speaker, at=at)
    code = code or keyring.new_code()
    matters = [
        _build(
            item, digest, meeting=meeting, community=community, at=at, categories=categories, names=names_told(speaker)
        )
        for item, digest in zip(items, digests, strict=True)
    ]
    _set_due(matters, meeting, community, at)
    for matter in matters:
        matter.channel = channel or ("meeting" if meeting else "web" if by.person is None else "desk")
        matter.undo = {"verb": "raise_matter", "by": by.key, "at": at.isoformat()}
    head = hold_head(community_id=community.id, town_id=town_id)
    _number(head, matters, meeting)
    insert(matters)
    slip = keyring.code_lookup(code)
    insert([_voice(m, resident, slip, by, roles, at) for m in matters])
    _keep_beside(items, matters, at)
    role = role_taken(step, roles)
    entries = [_entry(m, by, role, at, recorded_at) for m in matters]
    append(head, entries, algorithm=community.town.setting("hash"))
    return Raised(matters, code)


def _categories(town_id: UUID, items: Sequence[NewMatter]) -> dict[str, Category]:
    codes = {item.category for item in items if item.category}
    if not codes:
        return {}
    places = ", ".join(["%s"] * len(codes))
    rows = rows_where(Category, f"town_id = %s AND retired_on IS NULL AND code IN ({places})", [town_id, *codes])
    found = {c.code: c for c in rows}
    missing = sorted(codes - set(found))
    if missing:
        raise Refused("no_such_category", category=missing[0])
    return found


def _digest(item: NewMatter, by: Actor, meeting: Meeting | None, community: Community) -> str:
    return digest_of({**item.__dict__, "by": by.key, "meeting": meeting and meeting.id, "community": community.id})


def _sent_again(town_id: UUID, items: Sequence[NewMatter], digests: Sequence[str]) -> list[Matter]:
    keys = [item.id for item in items]
    places = ", ".join(["%s"] * len(keys))
    if row_where(Matter, f"id IN ({places}) LIMIT 1", keys) is None:
        return []
    stored = {m.id: m for m in Matter.objects.select_related("community").filter(id__in=keys)}
    if len(stored) == len(items) and all(
        stored[item.id].town_id == town_id and stored[item.id].digest == digest
        for item, digest in zip(items, digests, strict=True)
    ):
        return [stored[item.id] for item in items]
    raise Refused("same_id_other_words")


def _check(item: NewMatter, step: matter_flow.Step) -> None:
    matter_flow.check_brought(step, {"words_or_photo": item.words.strip() or item.photos})
    if item.kind not in KINDS:
        raise Refused("no_such_kind", kind=item.kind)
    if item.people_count is not None and not 0 < item.people_count <= 1_000_000:
        raise Refused("people_count", count=item.people_count)
    for what in ("words", "request", "place"):
        checked(getattr(item, what), what)
    checked(item.legacy_since, "legacy_since", limit=20)
    checked(item.filled_in_by, "name")


def _build(
    item: NewMatter, digest: str, *, meeting: Meeting | None, community: Community, at: datetime,
    categories: dict[str, Category], names: tuple[str, ...],
) -> Matter:  # fmt: skip
    category = categories.get(item.category)
    restricted = item.kind == "report" or bool(item.concerns) or bool(category and category.is_restricted)
    hidden = restricted or item.is_private
    names = (*names, *item.hide)
    return Matter(
        id=item.id, town_id=community.town_id, community=community, raised_meeting=meeting, raised_at=at, recorded_at=at,
        digest=digest, words=item.words, request=item.request, place=item.place, people_count=item.people_count,
        public_words="" if hidden else item.public_words or for_the_public(item.words, names=names),
        public_place="" if hidden else for_the_public(item.place, names=names),
        kind=item.kind, category=category, is_legacy=item.is_legacy, legacy_since=item.legacy_since,
        is_private=item.is_private, is_restricted=restricted, awaits_typing=not item.words.strip(),
        filled_in_by=item.filled_in_by,
    )  # fmt: skip


def _set_due(matters: Sequence[Matter], meeting: Meeting | None, community: Community, at: datetime) -> None:
    due: Due = NOT_DUE
    if not all(m.is_restricted for m in matters):
        due = due_next(community, at) if meeting else due_for_raise_between(community, at)
    for matter in matters:
        own = desk_due(community, at) if matter.is_restricted else due
        for name, value in own.fields().items():
            setattr(matter, name, value)
        matter.first_due_meeting = own.meeting


def _number(head: ChainHead, matters: Sequence[Matter], meeting: Meeting | None) -> None:
    """Numbers are places in the meeting, or after the last one; the held head counts them."""
    for matter in matters:
        matter.is_between = meeting is None
        if meeting is None:
            head.place_between += 1
            matter.number_meeting, matter.number_place = head.last_number, head.place_between
        elif meeting.number == head.last_number:
            head.place += 1
            matter.number_meeting, matter.number_place = head.last_number, head.place
        else:
            assert meeting.number is not None
            matter.number_meeting, matter.number_place = meeting.number, _late_place(meeting)
            meeting.late_places = matter.number_place  # type: ignore[attr-defined]


def _late_place(meeting: Meeting) -> int:
    """The next place in a meeting that a later one has already followed."""
    given = getattr(meeting, "late_places", None)
    if given is None:
        given = (
            Matter.objects.filter(
                town_id=meeting.town_id,
                community_id=meeting.community_id,
                number_meeting=meeting.number,
                is_between=False,
            )
            .order_by("-number_place")
            .values_list("number_place", flat=True)
            .first()
        )
    return (given or 0) + 1


def _voice(matter: Matter, resident: Any, slip: str, by: Actor, roles: frozenset[Role], at: datetime) -> Voice:
    own = by.person if by.person and not roles & {Role.RECORDER, Role.HOST, Role.CADRE, Role.OFFICE} else None
    return Voice(
        town_id=matter.town_id, matter=matter, resident=resident, person_id=own, slip=slip, device=by.device, at=at
    )


def _keep_beside(items: Sequence[NewMatter], matters: Sequence[Matter], at: datetime) -> None:
    pairs = list(zip(items, matters, strict=True))
    people = {person for item in items for person in item.concerns}
    if people:
        known = set(Person.objects.filter(town_id=matters[0].town_id, id__in=people).values_list("id", flat=True))
        if people - known:
            raise Refused("not_found")
        Concern.objects.bulk_create(
            Concern(town_id=m.town_id, matter=m, person_id=person) for item, m in pairs for person in item.concerns
        )
    photos = [
        Photo(
            town_id=m.town_id, matter=m, file=file, thumbnail=thumbnail, purpose=purpose, at=at,
            is_public=purpose != "form" and not m.is_private and not m.is_restricted,
        )
        for item, m in pairs
        for file, thumbnail, purpose in item.photos
    ]  # fmt: skip
    if photos:
        Photo.objects.bulk_create(photos)


def _entry(matter: Matter, by: Actor, role: str, at: datetime, recorded_at: datetime | None) -> Entry:
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


def born_facts(matter: Matter) -> dict[str, Any]:
    """What the first line of a matter tells, whether it was raised or split off."""
    fields = {name: getattr(matter, name) for name in FACTS}
    told = {n: v for n, v in facts_of(fields, restricted=matter.is_restricted).items() if v not in (None, False, "", 0)}
    return {
        "from": None,
        "to": matter.state,
        "due": str(matter.due_meeting_id) if matter.due_meeting_id else None,
        **told,
    }
