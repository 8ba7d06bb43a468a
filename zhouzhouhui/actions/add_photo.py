"""A photo beside a matter: before, after, or of a paper form (which is never public)."""

from typing import Unpack

from ..models import LedgerLine, Matter, Photo
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step


def add_photo(
    *, file: str, thumbnail: str = "", purpose: str = "before", is_public: bool = False, **act: Unpack[Acting]
) -> Matter:
    """Keep a re-encoded photo. Public only when asked for, and never of private or restricted matters."""
    if purpose not in {"before", "after", "form"}:
        raise Refused("no_such_choice", what="purpose", choice=purpose)

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        shown = is_public and purpose != "form" and not matter.is_private and not matter.is_restricted

        def also(line: LedgerLine) -> None:
            Photo.objects.create(
                town_id=matter.town_id, matter_id=matter.id, file=file, thumbnail=thumbnail, purpose=purpose,
                is_public=shown, at=standing.at,
            )  # fmt: skip

        return Change(
            standing.state, brought={"photo": file}, sealed={"photo": file}, never_public=frozenset({"photo"}),
            facts={"purpose": purpose}, also=also, undoable=False,
        )  # fmt: skip

    return take_step("add_photo", decide=decide, sent={"file": file, "purpose": purpose}, **act)
