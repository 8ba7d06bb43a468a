"""Merging (并案): the same thing raised twice in one community; every raiser keeps their word."""

from typing import Unpack
from uuid import UUID

from ..models import Matter
from ..rules.matter_flow import OWED, State
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, load_matter, take_step


def merge_matter(*, into: UUID, **act: Unpack[Acting]) -> Matter:
    """Merge into an open matter of the same community; what was decided is read out at the meeting it is due at."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        target = load_matter(town_id=matter.town_id, matter_id=into)
        if target.is_restricted and not matter.is_restricted:
            raise Refused("not_found")  # whom it concerns may not even learn that there is such a matter
        if target.id == matter.id or target.community_id != matter.community_id:
            raise Refused("merge_same_community")
        _check_target(matter, target)
        if target.is_private != matter.is_private:
            raise Refused("merge_private_apart")
        return Change(
            State.MERGED,
            fields={"merged_into": target, "is_decision_unread": True, "return_asked_at": None},
            brought={"into": into},
            facts={"into": str(target.id)},
            under_head=lambda: _check_target(matter, Matter.objects.get(id=into)),
        )

    return take_step("merge_matter", decide=decide, sent={"into": into}, **act)


def _check_target(matter: Matter, target: Matter) -> None:
    """The target is open, and nothing was merged into this matter: two at once could merge each into the other.

    A merger is one level deep, so that every raiser is heard of at the matter that is answered.
    """
    if target.state not in OWED or target.is_restricted:
        raise Refused("merge_into_open", number=target.number)
    holds = Matter.objects.filter(town_id=matter.town_id, merged_into_id=matter.id, state=State.MERGED).first()
    if holds is not None:
        raise Refused("merge_holds_others", number=holds.number)
