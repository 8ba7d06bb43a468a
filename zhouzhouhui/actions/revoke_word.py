"""Taking back a word that staff wrote down: the raiser says it was not so, within 14 days."""

from datetime import timedelta
from typing import Unpack

from ..models import Matter
from ..rules.matter_flow import State
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step

WITHIN = timedelta(days=14)


def revoke_word(**act: Unpack[Acting]) -> Matter:
    """The matter is answered again and waits for the raiser's own word."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        if matter.word_from != "staff" or matter.word_at is None:
            raise Refused("own_word_stands")
        if standing.at - matter.word_at > WITHIN:
            raise Refused("too_late_to_revoke", days=WITHIN.days)
        return Change(
            State.ANSWERED,
            fields={"solved": "", "manner": "", "result": "", "word_from": "", "word_at": None},
        )

    return take_step("revoke_word", decide=decide, **act)
