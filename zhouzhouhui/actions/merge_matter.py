"""Merging (并案): the same thing raised twice in one community; every raiser keeps their word."""

from typing import Unpack
from uuid import UUID

from django.db.models import Exists

from ..models import Matter
from ..rules.matter_flow import OWED, State
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step


def merge_matter(*, into: UUID, **act: Unpack[Acting]) -> Matter:
    """Merge into an open matter of the same community; what was decided is read out at the meeting it is due at."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        target = _target(matter, into)
        if target.is_private != matter.is_private:
            raise Refused("merge_private_apart")

        def ask_again() -> None:
            _target(matter, into)

        return Change(
            State.MERGED,
            fields={"merged_into": target, "is_decision_unread": True, "return_asked_at": None},
            brought={"into": into},
            facts={"into": str(target.id)},
            under_head=ask_again,
        )

    return take_step("merge_matter", decide=decide, sent={"into": into}, **act)


def _target(matter: Matter, into: UUID) -> Matter:
    """The matter to merge into: open, of the same community. Nothing was merged into this one (one query).

    Two at once could merge each into the other; and a merger is one level deep, so that every raiser is heard of
    at the matter that is answered.
    """
    holding = Matter.objects.filter(town_id=matter.town_id, merged_into_id=matter.id, state=State.MERGED)
    rows = Matter.objects.filter(town_id=matter.town_id, id=into).annotate(holds=Exists(holding))
    target = rows.first()
    if target is None or target.is_restricted:  # whom it concerns may not even learn that there is such a matter
        raise Refused("not_found")
    if target.id == matter.id or target.community_id != matter.community_id:
        raise Refused("merge_same_community")
    if target.state not in OWED:
        raise Refused("merge_into_open", number=target.number)
    if target.holds:
        raise Refused("merge_holds_others", number=holding[0].number)
    return target
