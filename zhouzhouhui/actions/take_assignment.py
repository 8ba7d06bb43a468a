"""Taking an assignment (接单): the lead says the matter has arrived on a desk."""

from typing import Unpack

from ..models import Matter
from ._take_step import Acting, Change, Standing, take_step


def take_assignment(**act: Unpack[Acting]) -> Matter:
    """The lead takes the matter; the first taking counts."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        return Change(standing.state, fields={"taken_at": matter.taken_at or standing.at})

    return take_step("take_assignment", decide=decide, **act)
