"""Urging (催办): a reminder that whoever owes the answer sees, and everybody can count."""

from typing import Unpack

from ..models import Matter
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def urge(*, words: str = "", **act: Unpack[Acting]) -> Matter:
    """Remind the lead; nothing else changes."""
    checked(words, "words", limit=500)

    def decide(standing: Standing) -> Change:
        return Change(standing.state, sealed={"words": words}, never_public=frozenset({"words"}), undoable=False)

    return take_step("urge", decide=decide, sent={"words": words}, **act)
