"""Linking matters with the same root, also across communities; each stays due at its own meeting."""

from collections.abc import Sequence
from typing import Unpack
from uuid import UUID

from ..models import LedgerLine, Matter, MatterLink
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step


def link_matters(*, others: Sequence[UUID], **act: Unpack[Acting]) -> Matter:
    """Link this matter with others of the town."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        found = list(Matter.objects.filter(town_id=matter.town_id, id__in=list(others), is_restricted=False))
        if len(found) != len(set(others)) or matter.id in set(others):
            raise Refused("not_found")

        def also(line: LedgerLine) -> None:
            MatterLink.objects.bulk_create(
                [MatterLink(town_id=matter.town_id, matter_id=matter.id, other_id=o.id) for o in found],
                ignore_conflicts=True,
            )

        return Change(
            standing.state, brought={"others": list(others)}, facts={"others": sorted(str(o.id) for o in found)},
            also=also, undoable=False,
        )  # fmt: skip

    return take_step("link_matters", decide=decide, sent={"others": list(others)}, **act)
