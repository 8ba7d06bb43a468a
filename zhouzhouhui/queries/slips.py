"""What the holder of a slip may read: the matters it was given for, restricted and personal ones included."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from zhouzhouhui.models import LedgerLine, Matter, Meeting, Sealed, Voice
from zhouzhouhui.rules.matter_flow import State

from .public_matters import BESIDE

MOST_MATTERS = 200


@dataclass(frozen=True)
class Held:
    """One matter of a slip: as its raiser, or as somebody who seconded it."""

    matter: Matter
    is_raiser: bool


def held_by(*, town_id: UUID, slip: str) -> list[Held]:
    """The matters of a slip, by its keyed digest; empty for a slip that was never given (two queries)."""
    voices = Voice.objects.filter(town_id=town_id, slip=slip).order_by("at")
    kinds = dict(voices.values_list("matter_id", "kind")[:MOST_MATTERS])
    if not kinds:
        return []
    return [Held(m, kinds[m.id] == Voice.RAISER) for m in _matters(town_id).filter(id__in=kinds)]


def held_matter(*, town_id: UUID, slip: str, matter_id: UUID) -> Held | None:
    """One matter of a slip (two queries)."""
    voice = Voice.objects.filter(town_id=town_id, slip=slip, matter_id=matter_id).first()
    if voice is None:
        return None
    matter = _matters(town_id).filter(id=matter_id).first()
    return Held(matter, voice.kind == Voice.RAISER) if matter else None


def _matters(town_id: UUID) -> QuerySet[Matter]:
    matters = Matter.objects.filter(town_id=town_id).exclude(state=State.VOIDED)
    return matters.select_related(*BESIDE, "merged_into").order_by("number_meeting", "is_between", "number_place")


def spoken_to_the_raiser(matter: Matter) -> list[LedgerLine]:
    """The lines that tell the raiser something, with the words beside them: newest first (two queries)."""
    verbs = (
        "give_answer", "answer_restricted", "carry_over", "refer_matter", "decline_matter", "merge_matter",
        "shelve_matter", "record_contact",
    )  # fmt: skip
    lines = LedgerLine.objects.filter(town_id=matter.town_id, matter_id=matter.id, verb__in=verbs)
    sealed = Prefetch("sealed", Sealed.objects.filter(town_id=matter.town_id))  # the index begins with the town
    return list(lines.prefetch_related(sealed).order_by("-seq")[:6])


def next_meeting_of(matter: Matter) -> Meeting | None:
    """The next meeting of the matter's community, where a dispute would bring it."""
    community_id = matter.community.successor_id or matter.community_id
    rows = Meeting.objects.filter(town_id=matter.town_id, community_id=community_id)
    return rows.filter(state__in=("called", "open"), kind="regular").order_by("scheduled_at").first()
