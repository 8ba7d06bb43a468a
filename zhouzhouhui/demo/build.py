"""Building the demo town and running it: `make demo`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from ..models import Town
from ..queries.figures import figures
from ..rules.rhythm import CHINA, day_in_china
from .calendars import Calendar, lay
from .cycle import Cycle
from .matter_plans import Wanted, plan_matters
from .read_corpus import CommunityPlan, communities
from .settlement import Account, bring_delegates, settle
from .stage import Told, on

OPENS = "XD"  # whose meeting is open on the build day
OPEN_SINCE = timedelta(minutes=40)
DELEGATES_AFTER = timedelta(days=210)  # the delegates came in the second half of the year
SEED = 684


def build_demo_town(
    *, now: datetime, seed: int = SEED, told: Told, plans: Sequence[CommunityPlan] | None = None,
    wanted: Wanted | None = None, delegates: int = 1_100,
) -> tuple[Town, list[Account]]:  # fmt: skip
    """Live thirteen months of the town through the actions, up to ``now``; returns the town and who can sign in.

    The same seed on the same day gives the same town. Raises ``AssertionError`` when the figures do not come out.
    """
    random = Random(seed)
    wanted = wanted or Wanted()
    calendars = lay_calendars(plans or communities(), now=now)
    matters = plan_matters(calendars, today=day_in_china(now), random=random, wanted=wanted)
    stage, settlers = settle(calendars, now=now, random=random)
    first = day_in_china(stage.town.created_at)
    came = stage.work_hours(first + DELEGATES_AFTER)
    stage.later(came, lambda t: bring_delegates(stage, settlers, t, count=delegates))
    for cast in stage.communities.values():
        own = [m for m in matters if m.calendar is cast.calendar]
        Cycle(stage, cast, own).put_on_queue()
    stage.live(first, told)
    check(stage.town, wanted)
    return stage.town, settlers.accounts


def lay_calendars(plans: Sequence[CommunityPlan], *, now: datetime) -> list[Calendar]:
    """The calendar of every community; the open meeting began at the last half hour at least 40 minutes ago."""
    today = day_in_china(now)
    began = max((now - OPEN_SINCE).astimezone(CHINA), on(today, datetime.min.time()))
    opens_at = began.time().replace(minute=began.minute // 30 * 30, second=0, microsecond=0)
    return [
        lay(plan, today=today, opens_at=opens_at if plan.short_code == OPENS else None, odd_week=number % 2 == 1)
        for number, plan in enumerate(plans)
    ]


def check(town: Town, wanted: Wanted) -> None:
    """The figures must come out as planned, or the demo says so instead of showing others."""
    found = figures(town_id=town.id).counts
    for name in ("raised", "closed_or_answered", "merged", "withdrawn"):
        assert found[name] == getattr(wanted, name), f"{name}: {found[name]}, planned {getattr(wanted, name)}"
