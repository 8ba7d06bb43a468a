"""Withdrawing: the raiser takes the matter back; where others speak for it, only this voice goes."""

from typing import Unpack

from ..models import LedgerLine, Matter, Voice
from ..rules.matter_flow import State
from ._due import NOT_DUE
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def withdraw_matter(*, reason: str, **act: Unpack[Acting]) -> Matter:
    """End the matter, shown beside the total; or let one voice go and the matter stay."""
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        mine = [
            v
            for v in standing.voices
            if v.slip in standing.by.slips or (v.person_id and v.person_id == standing.by.person)
        ]
        others = (
            len(standing.voices) > len(mine)
            or Matter.objects.filter(town_id=matter.town_id, merged_into_id=matter.id, state=State.MERGED).exists()
        )

        def also(line: LedgerLine) -> None:
            Voice.objects.filter(id__in=[v.id for v in mine]).update(withdrawn_at=standing.at)

        return Change(
            standing.state if others else State.WITHDRAWN,
            brought={"reason": reason},
            sealed={"reason": reason},
            facts={"voice_only": True} if others else {},
            due=None if others else NOT_DUE,
            also=also,
            undoable=False,
        )

    return take_step("withdraw_matter", decide=decide, sent={"reason": reason}, **act)
