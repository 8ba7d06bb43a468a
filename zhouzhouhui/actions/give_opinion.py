"""An assisting department's opinion (会办意见)."""

from typing import Unpack

from ..models import Assisting, LedgerLine, Matter
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def give_opinion(*, words: str, **act: Unpack[Acting]) -> Matter:
    """An assisting department says what it has to say; the lead reads it before drafting."""
    checked(words, "words")
    departments = {m.department for m in act["by"].mandates if m.department}

    def decide(standing: Standing) -> Change:
        def also(line: LedgerLine) -> None:
            Assisting.objects.filter(
                town_id=standing.matter.town_id, matter_id=standing.matter.id, department_id__in=departments
            ).update(opinion_at=standing.at)

        return Change(
            standing.state,
            brought={"words": words},
            sealed={"words": words},
            never_public=frozenset({"words"}),
            also=also,
            undoable=False,
        )

    return take_step("give_opinion", decide=decide, sent={"words": words}, **act)
