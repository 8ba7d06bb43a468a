"""Marking a personal claim as private: spoken by number only, absent from public pages, still counted."""

from typing import Unpack

from ..models import Matter, Photo, Sealed
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step


def mark_private(**act: Unpack[Acting]) -> Matter:
    """Take the words off every public page. Only the office's correction makes them public again."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        if matter.is_private:
            raise Refused("marked_already")

        return Change(
            standing.state,
            fields={"is_private": True, "public_words": "", "public_place": ""},
            also=lambda line: hide(matter),
            undoable=False,
        )

    return take_step("mark_private", decide=decide, **act)


def hide(matter: Matter) -> None:
    """Empty every public text and photo of a matter."""
    Sealed.objects.filter(town_id=matter.town_id, line__town_id=matter.town_id, line__matter_id=matter.id).exclude(
        public_text=""
    ).update(public_text="")
    Photo.objects.filter(town_id=matter.town_id, matter_id=matter.id).update(is_public=False)
