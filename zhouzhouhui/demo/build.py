"""Building the demo town and running it: `make demo`."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from ..models import Mandate, Meeting, Town
from ..queries.figures import figures, recount_from_ledger
from ..rules.meeting_flow import HELD, MeetingState
from ..rules.powers import Mandated
from ..rules.rhythm import day_in_china
from .calendars import Calendar, lay_calendars
from .cycle import Cycle
from .matter_plans import MatterPlan, TooFew, Wanted, plan_matters
from .read_corpus import CommunityPlan, communities
from .settlement import Account, bring_delegates, settle
from .stage import Stage, Told

SEED = 684
PLANS_TRIED = 20


def build_demo_town(
    *, now: datetime, seed: int = SEED, told: Told, plans: Sequence[CommunityPlan] | None = None,
    wanted: Wanted | None = None, delegates: int = 1_100,
) -> tuple[Town, list[Account]]:  # fmt: skip
    """Live thirteen months of the town through the actions, up to ``now``; returns the town and who can sign in.

    The same seed on the same day gives the same town. Raises :class:`OtherThanPlanned` when the
    figures do not come out.
    """
    random = Random(seed)
    wanted = wanted or Wanted()
    calendars = lay_calendars(plans or communities(), now=now)
    matters = plan(calendars, now=now, seed=seed, wanted=wanted)
    stage, settlers = settle(calendars, now=now, random=random)
    first = day_in_china(stage.town.created_at)
    came = stage.work_hours(first + (stage.today - first) * 4 // 7)  # the delegates came later (分块派驻)
    stage.later(came, lambda t: bring_delegates(stage, settlers, t, count=delegates))
    for cast in stage.communities.values():
        own = [m for m in matters if m.calendar is cast.calendar]
        Cycle(stage, cast, own).put_on_queue()
    stage.live(first, told)
    check(stage, wanted, delegates=delegates)
    return stage.town, settlers.accounts


def plan(calendars: Sequence[Calendar], *, now: datetime, seed: int, wanted: Wanted) -> list[MatterPlan]:
    """The plan of the matters; where chance left too few for some way, chance is asked again, in a fixed order."""
    for attempt in range(PLANS_TRIED):
        try:
            return plan_matters(
                calendars, today=day_in_china(now), random=Random(seed + 1_000 * attempt), wanted=wanted
            )
        except TooFew:
            continue
    raise TooFew(f"no plan for {now:%Y-%m-%d}")


def check(stage: Stage, wanted: Wanted, *, delegates: int) -> None:
    """What the demo promises must be so, or it says what is not instead of showing another town."""
    town, plans = stage.town, [cast.calendar.plan for cast in stage.communities.values()]
    meetings = Meeting.objects.filter(town=town)
    counts = figures(town_id=town.id).counts
    recounted = recount_from_ledger(town_id=town.id).counts
    found = {
        "raised": counts["raised"],
        "closed_or_answered": counts["closed_or_answered"],
        "merged": counts["merged"],
        "withdrawn": counts["withdrawn"],
        "raised by the ledger alone": recounted["raised"],
        "closed or answered by the ledger alone": recounted["closed_or_answered"],
        "meetings held": meetings.filter(state__in=list(HELD)).count(),
        "meetings open": meetings.filter(state=MeetingState.OPEN).count(),
        "delegates": Mandate.objects.filter(town=town, role=Mandated.DELEGATE).count(),
    }
    promised = {
        "raised": wanted.raised,
        "closed_or_answered": wanted.closed_or_answered,
        "merged": wanted.merged,
        "withdrawn": wanted.withdrawn,
        "raised by the ledger alone": wanted.raised,
        "closed or answered by the ledger alone": wanted.closed_or_answered,
        "meetings held": sum(plan.held for plan in plans),
        "meetings open": 1,
        "delegates": delegates,
    }
    if found != promised:
        raise OtherThanPlanned({name: (found[name], promised[name]) for name in found if found[name] != promised[name]})


class OtherThanPlanned(Exception):
    """The town did not come out as planned: name, what is, what should be."""
