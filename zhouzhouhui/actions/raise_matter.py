"""Raising: words spoken in the hall or between meetings become numbered matters, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, QuerySet

from ..models import (
    Category,
    Community,
    Concern,
    Matter,
    Meeting,
    Person,
    Photo,
    Voice,
)
from ..outside import keyring
from ..queries.composed import Composed
from ..queries.quick_rows import row_where
from ..rules import matter_flow
from ..rules.powers import Actor, Role, meeting_roles
from ..rules.refusals import Refused, is_blank
from ..rules.rhythm import day_in_china
from ._born import NewMatter as NewMatter  # callers take it from here
from ._born import born_entry, build, number, set_due
from ._ledger import append, hold_head, in_one_transaction
from ._meanwhile import check_since
from ._rows import insert, sent_together
from ._speaker import Speaker, keep_resident, names_told
from ._take_step import role_taken
from ._texts import checked, digest_of
from ._where import chain_seq_read, where_of

KINDS = frozenset({"unknown", "question", "request", "complaint", "report", "suggestion", "praise"})
AT_ONCE = 200  # the most matters one batch may hold


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
    community: Community | None = None,
    speaker: Speaker | None = None,
    code: str = "",
    channel: str = "",
    recorded_at: datetime | None = None,
) -> Raised:
    """Raise several matters of one speaker, all or none, with one slip for all.

    At a meeting (``meeting_id``, open) they take its number and are due at the next regular meeting; between
    meetings (``community_id``, or ``community`` where it was read just now) at the first one at least 3 working
    days away. A matter that concerns persons, and every 举报, goes to the restricted desk at once (信访工作条例
    art. 30). ``recorded_at`` marks what was said in a meeting that is over and reached the town only now.
    Raises ``Refused``.
    """
    if not 0 < len(items) <= AT_ONCE:
        raise Refused("batch_size", limit=AT_ONCE, count=len(items))
    by.check_town(town_id)
    meeting, community, sitting = where_of(town_id, meeting_id, community or community_id, recorded_at is not None)
    roles = meeting_roles(by, sitting, day_in_china(at))
    step = matter_flow.check_step(
        "raise_matter", state=None, to=matter_flow.State.RAISED, roles=roles, restricted=False
    )
    categories, sent_before = _known(town_id, items)
    for item in items:
        _check(item, step)
    digests = [_digest(item, by, meeting, community) for item in items]
    if sent_before or len({item.id for item in items}) < len(items):
        return Raised(_sent_again(town_id, items, digests), "", again=True)
    resident = keep_resident(community=community, speaker=speaker, at=at)
    code = code or keyring.new_code()
    matters = [
        build(
            item, digest, meeting=meeting, community=community, at=at, categories=categories, names=names_told(speaker)
        )
        for item, digest in zip(items, digests, strict=True)
    ]
    due = set_due(matters, meeting, community, at)
    for matter in matters:
        matter.channel = channel or ("meeting" if meeting else "web" if by.person is None else "desk")
        matter.undo = {"verb": "raise_matter", "by": by.key, "at": at.isoformat()}
    head = hold_head(community_id=community.id, town_id=town_id)
    check_since(meeting if recorded_at is None else None, due, head=head, seq_read=chain_seq_read(community))
    number(head, matters, meeting)
    slip = keyring.code_lookup(code)
    role = role_taken(step, roles)
    entries = [born_entry(m, by, role, at, recorded_at) for m in matters]
    with sent_together():
        insert(matters)
        insert([_voice(m, resident, slip, by, roles, at) for m in matters])
        _keep_beside(items, matters, at)
        append(head, entries, algorithm=community.town.setting("hash"))
    return Raised(matters, code)


def _known(town_id: UUID, items: Sequence[NewMatter]) -> tuple[dict[str, Category], bool]:
    """The categories named, and whether any of the keys was used before (one query)."""
    keys = [item.id for item in items]
    codes = sorted({item.category for item in items if item.category})
    if not codes:
        places = ", ".join(["%s"] * len(keys))
        return {}, row_where(Matter, f"id IN ({places}) LIMIT 1", keys) is not None
    found = {category.code: category for category in _CATEGORIES(town_id=town_id, codes=codes, keys=keys)}
    missing = [code for code in codes if code not in found]
    if missing:
        raise Refused("no_such_category", category=missing[0])
    return found, bool(found[codes[0]].sent_before)  # type: ignore[attr-defined]


def _categories(*, town_id: UUID, codes: list[str], keys: list[UUID]) -> QuerySet[Any]:
    rows = Category.objects.filter(town_id=town_id, retired_on=None, code__in=codes)
    return rows.annotate(sent_before=Exists(Matter.objects.filter(id__in=keys)))


_CATEGORIES: Composed[Category] = Composed(_categories)


def _digest(item: NewMatter, by: Actor, meeting: Meeting | None, community: Community) -> str:
    return digest_of({**item.__dict__, "by": by.key, "meeting": meeting and meeting.id, "community": community.id})


def _sent_again(town_id: UUID, items: Sequence[NewMatter], digests: Sequence[str]) -> list[Matter]:
    """What was raised by the very same call before; another under one of its keys is refused without content."""
    rows = Matter.objects.select_related("community").filter(id__in=[item.id for item in items])
    stored = {matter.id: matter for matter in rows}
    if len(stored) == len(items) and all(
        stored[item.id].town_id == town_id and stored[item.id].digest == digest
        for item, digest in zip(items, digests, strict=True)
    ):
        return [stored[item.id] for item in items]
    raise Refused("same_id_other_words")


def _check(item: NewMatter, step: matter_flow.Step) -> None:
    matter_flow.check_brought(step, {"words_or_photo": item.photos if is_blank(item.words) else item.words})
    if item.kind not in KINDS:
        raise Refused("no_such_kind", kind=item.kind)
    if item.people_count is not None and not 0 < item.people_count <= 1_000_000:
        raise Refused("people_count", count=item.people_count)
    for what in ("words", "request", "place"):
        checked(getattr(item, what), what)
    checked(item.legacy_since, "legacy_since", limit=20)
    checked(item.filled_in_by, "name")


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
