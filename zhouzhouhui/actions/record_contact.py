"""First contact (先行联系): the lead spoke with the raiser before preparing an answer."""

from datetime import datetime
from typing import Unpack

from ..models import Matter
from ..rules.refusals import Refused
from ._ledger import moment
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked

MANNERS = frozenset({"phone", "visit", "talk", "message", "not_reached"})  # 电话 走访 座谈 信息 未联系上


def record_contact(*, manner: str, contacted_at: datetime, words: str = "", **act: Unpack[Acting]) -> Matter:
    """Record when and how the raiser was contacted. A contact in the future is refused."""
    if manner not in MANNERS:
        raise Refused("no_such_choice", what="manner", choice=manner)
    if contacted_at > act["at"]:
        raise Refused("time_in_the_future", what="contacted_at")
    checked(words, "words")

    def decide(standing: Standing) -> Change:
        first = standing.matter.contacted_at or (None if manner == "not_reached" else contacted_at)
        return Change(
            standing.state,
            fields={"contacted_at": first, "taken_at": standing.matter.taken_at or standing.at},
            brought={"manner": manner, "contacted_at": contacted_at},
            sealed={"words": words},
            never_public=frozenset({"words"}),
            facts={"manner_of_contact": manner, "contacted_at": moment(contacted_at)},
        )

    sent = {"manner": manner, "contacted_at": contacted_at, "words": words}
    return take_step("record_contact", decide=decide, sent=sent, **act)
