"""A note beside a matter, for those who handle it; never public."""

from typing import Unpack

from ..models import Matter
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def add_note(*, words: str, **act: Unpack[Acting]) -> Matter:
    """Write something down for the others at work on it."""
    checked(words, "words")

    def decide(standing: Standing) -> Change:
        return Change(
            standing.state, brought={"words": words}, sealed={"words": words}, never_public=frozenset({"words"}),
            undoable=False,
        )  # fmt: skip

    return take_step("add_note", decide=decide, sent={"words": words}, **act)
