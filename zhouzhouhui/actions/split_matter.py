"""Splitting: one breath held several things. The first part stays; the others get numbers of their own."""

from collections.abc import Sequence
from copy import copy
from typing import Unpack

from ..models import ChainHead, Matter, Voice, uuid7
from ..rules.refusals import Refused
from ._born import born_facts
from ._ledger import Entry, chain_of, hold_head
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked, for_the_public

MOST_PARTS = 50


def split_matter(*, parts: Sequence[str], **act: Unpack[Acting]) -> Matter:
    """``parts`` are the words of all parts, in order; the children keep speaker, meeting and due."""
    for part in parts:
        checked(part, "words")
    whole = [p for p in parts if p.strip()]
    if not 2 <= len(whole) <= MOST_PARTS:
        raise Refused("split_in_two_or_more", most=MOST_PARTS)

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        hidden = matter.is_private or matter.is_restricted
        assert matter.category_id is None or matter.category  # read once: the children share it
        children = [_child(matter, words, hidden) for words in whole[1:]]
        public = "" if hidden else for_the_public(whole[0])

        change = Change(
            standing.state,
            fields={"words": whole[0], "public_words": public},
            brought={"parts": list(whole)},
            sealed={"words": whole[0]},
            facts={"children": [str(c.id) for c in children]},
            undoable=False,
        )

        def write() -> None:
            change.entries = _write_children(standing, children)

        change.under_head = write
        return change

    return take_step("split_matter", decide=decide, sent={"parts": list(parts)}, **act)


def _child(matter: Matter, words: str, hidden: bool) -> Matter:
    child = copy(matter)
    child._state.adding = True
    child.id, child.digest, child.undo, child.revision = uuid7(), "", None, 0
    child.words, child.public_words = words, "" if hidden else for_the_public(words)
    child.split_from_id, child.seconds = matter.id, 0
    child.answer_words = child.answer_basis = ""  # an earlier answer was given to the whole and is told there
    return child


def _write_children(standing: Standing, children: list[Matter]) -> list[Entry]:
    """The children with their voices, while the chain is held; their lines follow the parent's."""
    matter = standing.matter
    head = hold_head(community_id=chain_of(matter.community), town_id=matter.town_id)
    _number(head, children)
    Matter.objects.bulk_create(children)
    Voice.objects.bulk_create(
        Voice(
            town_id=v.town_id, matter_id=child.id, kind=v.kind, resident_id=v.resident_id, person_id=v.person_id,
            slip=v.slip, device=v.device, at=v.at,
        )
        for child in children
        for v in standing.voices
    )  # fmt: skip
    return [_entry(standing, child) for child in children]


def _number(head: ChainHead, children: list[Matter]) -> None:
    """The next places in the meeting it was raised at; the head goes on counting while that meeting is the last."""
    first = children[0]
    is_last = head.community_id == first.community_id and first.number_meeting == head.last_number
    place = (head.place_between if first.is_between else head.place) if is_last else _places_given(first)
    for child in children:
        place += 1
        child.number_place = place
    if is_last and first.is_between:
        head.place_between = place
    elif is_last:
        head.place = place


def _places_given(first: Matter) -> int:
    """In an earlier meeting, or in a dissolved community, whose numbers are kept and counted apart."""
    return (
        Matter.objects.filter(
            town_id=first.town_id, community_id=first.community_id, number_meeting=first.number_meeting,
            is_between=first.is_between,
        )
        .order_by("-number_place")
        .values_list("number_place", flat=True)[0]
    )  # fmt: skip


def _entry(standing: Standing, child: Matter) -> Entry:
    hidden = child.is_restricted
    sealed = {"words": (child.words, child.public_words)}
    if hidden:
        sealed |= {"kind": (child.kind, ""), "category": (child.category.code if child.category else "", "")}
    return Entry(
        verb="split_matter", by=standing.by, role="restricted" if hidden else "recorder", at=standing.at, matter=child,
        meeting=child.raised_meeting_id, facts=born_facts(child), sealed=sealed,
    )  # fmt: skip
