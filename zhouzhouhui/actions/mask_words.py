"""Masking by hand: what the public reads of a matter's words, where the rule hid too little or too much."""

from typing import Unpack

from ..models import LedgerLine, Matter, Sealed
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def mask_words(*, public_words: str, reason: str = "", **act: Unpack[Acting]) -> Matter:
    """Replace the public text; the words themselves stay as spoken."""
    checked(public_words, "words")
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        if matter.is_private or matter.is_restricted:
            raise Refused("not_public_anyway")

        def also(line: LedgerLine) -> None:
            Sealed.objects.filter(
                town_id=matter.town_id, line__town_id=matter.town_id, line__matter_id=matter.id,
                line__verb__in=["raise_matter", "correct_record"],
                name="words", erased_at=None,
            ).update(public_text=public_words)  # fmt: skip

        return Change(
            standing.state, fields={"public_words": public_words}, brought={"public_words": public_words},
            sealed={"public_words": public_words, "reason": reason}, never_public=frozenset({"public_words", "reason"}),
            also=also, undoable=False,
        )  # fmt: skip

    return take_step("mask_words", decide=decide, sent={"public_words": public_words}, **act)
