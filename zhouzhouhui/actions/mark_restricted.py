"""Sending a matter to the restricted desk: it concerns persons, and from now on does not exist for them."""

from collections.abc import Sequence
from typing import Unpack
from uuid import UUID

from ..models import Concern, LedgerLine, Matter, Person
from ..rules.refusals import Refused
from ._due import desk_due
from ._take_step import Acting, Change, Standing, take_step
from .mark_private import hide


def mark_restricted(*, concerns: Sequence[UUID] = (), **act: Unpack[Acting]) -> Matter:
    """Name the persons it concerns, as far as known (信访工作条例 art. 30). Whoever handles it may do this."""
    known = set(Person.objects.filter(town_id=act["town_id"], id__in=list(concerns)).values_list("id", flat=True))
    if set(concerns) - known:
        raise Refused("not_found")

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        if matter.is_restricted and not concerns:
            raise Refused("marked_already")

        def also(line: LedgerLine) -> None:
            Concern.objects.bulk_create(
                [Concern(town_id=matter.town_id, matter_id=matter.id, person_id=p) for p in known],
                ignore_conflicts=True,
            )
            hide(matter)

        owed = matter.due_meeting_id or matter.due_from
        return Change(
            standing.state,
            fields={"is_restricted": True, "public_words": "", "public_place": ""},
            due=desk_due(matter.community, standing.at) if owed else None,
            also=also,
            undoable=False,
        )

    return take_step("mark_restricted", decide=decide, sent={"concerns": list(concerns)}, **act)
