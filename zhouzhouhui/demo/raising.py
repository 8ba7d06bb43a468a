"""Raising in the demo: at the microphone, from a list, by telephone, at the desk, through a delegate."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from ..actions.raise_matter import NewMatter, raise_matters
from ..actions.second_matter import second_matter
from ..models import uuid7
from ..rules.powers import Actor
from .desk import follow_up
from .matter_plans import MatterPlan
from .stage import Life, Moment, Stage, state_of
from .voices import speaker_for

MORE_WEEKS = (0, 0, 4, 8, 16)  # of a promise
PLACE_TOLD, HEADS_TOLD, SECONDED = 0.7, 0.1, 0.2  # of the matters


def raise_at_meeting(
    stage: Stage, plans: Sequence[MatterPlan], *, by: Actor, at: datetime, meeting_id: UUID
) -> list[Life]:
    """The recorder writes down what one speaker raises, one matter or a whole list, on one slip."""
    return _raise(stage, plans, by, at, meeting_id=meeting_id)


def raise_between(stage: Stage, plan: MatterPlan, at: datetime) -> None:
    """Somebody comes by, calls, writes, or tells a delegate; what concerns persons is told to the office."""
    cast = stage.communities[plan.short_code]
    channels = [("desk", cast.cadres[0]), ("phone", stage.office), ("web", Actor(device=str(uuid7())))]
    channels += [("delegate", delegate) for delegate in cast.delegates[:1]]
    channel, by = channels[1] if plan.said.sentence.restricted else stage.random.choice(channels)
    _raise(stage, [plan], by, at, community_id=cast.community.id, channel=channel)


def _raise(
    stage: Stage, plans: Sequence[MatterPlan], by: Actor, at: datetime, *, meeting_id: UUID | None = None,
    community_id: UUID | None = None, channel: str = "",
) -> list[Life]:  # fmt: skip
    speaker = speaker_for(plans[0].calendar.plan, stage.random, number=len(stage.lives) + 1)
    raised = raise_matters(
        items=[_item(plan, stage, at) for plan in plans], town_id=stage.town.id, by=by, at=at, speaker=speaker,
        meeting_id=meeting_id, community_id=community_id, channel=channel,
    )  # fmt: skip
    lives = [
        Life(plan, matter.id, raised.code, more_weeks=stage.random.choice(MORE_WEEKS))
        for plan, matter in zip(plans, raised.matters, strict=True)
    ]
    for life in lives:
        stage.lives[life.matter_id] = stage.by_plan[id(life.plan)] = life
        follow_up(stage, life, at)
        if _may_be_seconded(life.plan) and stage.chance(SECONDED):
            heard = stage.waking_hours(at + timedelta(minutes=stage.random.randrange(20, 3000)))
            stage.later(heard, _seconding(stage, life))
    return lives


def _may_be_seconded(plan: MatterPlan) -> bool:
    """Nobody hears of private and restricted matters; one that others speak for could not be withdrawn whole."""
    return not (plan.said.sentence.private or plan.said.sentence.restricted or plan.way == "withdrawn")


def _item(plan: MatterPlan, stage: Stage, at: datetime) -> NewMatter:
    sentence = plan.said.sentence
    heads = stage.random.choice((3, 6, 12, 30)) if stage.chance(HEADS_TOLD) else None
    against = stage.communities[plan.short_code].cadres[-1].person
    return NewMatter(
        words=plan.said.words,
        kind=sentence.kind,
        category=sentence.category,
        place=plan.said.place if stage.chance(PLACE_TOLD) else "",
        people_count=sentence.people or heads,
        is_legacy=sentence.legacy_years is not None,
        legacy_since=f"{at.year - sentence.legacy_years} 年" if sentence.legacy_years else "",
        is_private=sentence.private,
        concerns=(against,) if sentence.restricted and against and "干部" in sentence.words else (),
    )


def _seconding(stage: Stage, life: Life) -> Moment:
    """A few more voices, from phones in the seats."""

    def second(at: datetime) -> None:
        for _ in range(stage.random.choice((1, 1, 1, 2, 3))):
            if state_of(life) in ("raised", "assigned"):
                second_matter(**stage.on_matter(life, Actor(device=str(uuid7())), at))

    return second
