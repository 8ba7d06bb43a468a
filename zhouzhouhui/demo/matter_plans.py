"""The plan of the matters: who says what at which meeting, and which way each of them goes.

The published figures follow by construction: every matter whose way ends in an answer, or in a referral that is
read out, counts as closed or answered; no other does. Merged and withdrawn ones stand beside the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ..rules.calendar_days import working_days_between
from ..rules.rhythm import slot
from .calendars import Calendar, Past
from .sentence_choice import Said, Sayings

BETWEEN = 0.16  # of all matters are raised between meetings
DAYS_AFTER = (1, 2, 3)  # a meeting, when something is raised between
DAYS_TO_ANSWER = 9  # a meeting must be that far away for a matter raised between to be due at it for certain
BATCH = ("FH", 1, 11)  # one resident of this community reads that many from a list at this meeting


class TooFew(ValueError):
    """Chance has left too few matters that could go some way."""


@dataclass(frozen=True)
class Wanted:
    """The figures of the town on the build day."""

    raised: int = 684
    closed_or_answered: int = 513
    merged: int = 14
    withdrawn: int = 7
    shelved: int = 17
    declined: int = 7
    referred: int = 11  # and read out
    referred_unread: int = 2  # not due yet
    restricted_open: int = 2  # at the restricted desk
    disputed: int = 8  # answered once, and back on the agenda
    just_raised: int = 3  # at the meeting that is open today
    in_hall: int = 3  # answered already at that meeting

    @property
    def entries(self) -> int:
        return self.raised + self.merged + self.withdrawn


@dataclass
class MatterPlan:
    """One matter to be, and its way.

    ``slot`` is the slot of the rhythm at whose meeting, or after it on ``raised_on``, it is raised; ``left`` how many
    meetings follow that it can be spoken at. Ways: answered, fresh (not due yet), carried (aloud, each time), in_hall
    (answered at the open meeting), restricted, restricted_open, shelved, declined, referred, referred_unread,
    disputed, merged, withdrawn.
    """

    calendar: Calendar
    slot: int
    number: int
    left: int
    raised_on: date | None  # None: at the meeting
    said: Said
    way: str = "answered"
    carries: int = 0  # spoken of that many times before it is answered
    disputed_once: bool = False  # and answered again
    into: "MatterPlan | None" = None  # what it is merged into
    joined: bool = False  # another one is merged into it

    @property
    def short_code(self) -> str:
        return self.calendar.plan.short_code


def plan_matters(calendars: Sequence[Calendar], *, today: date, random: Random, wanted: Wanted) -> list[MatterPlan]:
    """Decide every matter of the town, in the order of their communities and slots."""
    sayings = Sayings(random)
    places = _places(calendars, today, random, wanted)
    latest_first = sorted(range(len(places)), key=lambda n: (places[n][3], random.random()))  # they say what is new
    said = {n: sayings.say(places[n][0].plan, number=places[n][2]) for n in latest_first}
    matters = [MatterPlan(*place, said=said[n]) for n, place in enumerate(places)]
    matters += _just_raised(calendars, sayings, wanted.just_raised)
    for matter in matters:
        _first_way(matter)
    _Chooser(matters, sayings, random, wanted, today).choose()
    _detours([m for m in matters if m.way == "answered"], random)
    return matters


Spot = tuple[Calendar, int, int, int, date | None]


def _places(calendars: Sequence[Calendar], today: date, random: Random, wanted: Wanted) -> list[Spot]:
    """Where matters are raised: more at early meetings, some between meetings."""
    spots: list[Spot] = []
    shares: list[float] = []
    for calendar in calendars:
        for order, past in enumerate(calendar.held):
            left = len(calendar.held) - order - 1
            share = _share(calendar, past) * random.uniform(0.75, 1.25)
            raised_on = past.held_on + timedelta(days=random.choice(DAYS_AFTER))
            between = BETWEEN if raised_on <= today and _is_far(calendar, past.index, raised_on) else 0.0
            spots += [
                (calendar, past.index, past.number or 1, left, None),
                (calendar, past.index, past.number or 1, left, raised_on),
            ]
            shares += [share * (1 - between), share * between]
    counts = share_out(shares, wanted.entries - wanted.just_raised)
    return [spot for spot, count in zip(spots, counts, strict=True) for _ in range(count)]


def _share(calendar: Calendar, past: Past) -> float:
    """How much is raised at this meeting, against one in the middle of the year."""
    number = past.number or 1
    if (calendar.plan.short_code, number) == BATCH[:2]:
        return 5.5
    if calendar.opens is not None and number == calendar.plan.held:
        return 5.0  # what is due at the open meeting
    if calendar.plan.fates.get(past.index + 1) == "broken_off":
        return 3.5  # so that the hall breaks up over something
    return 2.6 if number == 1 else 1.7 if number <= 4 else 1.2 if number <= 10 else 1.0 if number <= 16 else 1.5


def _is_far(calendar: Calendar, index: int, raised_on: date) -> bool:
    """Whether the next slot is far enough away that what is raised on this day is due there."""
    following = slot(calendar.rhythm, index + 1).held_on
    return (following - raised_on).days >= DAYS_TO_ANSWER and working_days_between(raised_on, following) >= 4


def share_out(shares: Sequence[float], total: int) -> list[int]:
    """Whole numbers in proportion that add up to ``total``: each takes what the running sum has earned."""
    scale, earned, given, counts = total / sum(shares), 0.0, 0, []
    for share in shares:
        earned += share * scale
        counts.append(round(earned) - given)
        given = round(earned)
    counts[-1] += total - given
    return counts


def _just_raised(calendars: Sequence[Calendar], sayings: Sayings, count: int) -> list[MatterPlan]:
    opens = [calendar for calendar in calendars if calendar.opens is not None for _ in range(count)]
    return [_at_the_open_one(calendar, sayings) for calendar in opens]


def _at_the_open_one(calendar: Calendar, sayings: Sayings) -> MatterPlan:
    assert calendar.opens is not None
    number = calendar.plan.held + 1
    said = sayings.say(calendar.plan, number=number, plainly=True)
    return MatterPlan(calendar, calendar.opens.index, number, -1, None, said)


def _first_way(matter: MatterPlan) -> None:
    """What follows from when and what it is: not due yet, or a matter for the restricted desk."""
    if matter.said.sentence.restricted:
        matter.way = "restricted" if matter.left >= 2 else "restricted_open"
        if matter.raised_on is None:  # nobody says it in the hall: told to the office on the day after
            matter.raised_on = matter.calendar.past[matter.slot].held_on + timedelta(days=1)
    elif matter.left <= 0:
        matter.way = "fresh"


class _Chooser:
    """Gives the matters that would simply be answered another way, until the figures come out."""

    def __init__(
        self, matters: list[MatterPlan], sayings: Sayings, random: Random, wanted: Wanted, today: date
    ) -> None:
        self.matters, self.sayings, self.random, self.wanted, self.today = matters, sayings, random, wanted, today

    def choose(self) -> None:
        wanted = self.wanted
        self.in_hall()
        self.decide("referred_unread", wanted.referred_unread, self.not_due(days=3))
        self.decide("restricted_open", wanted.restricted_open, self.not_due(days=1))
        self.take("disputed", wanted.disputed, self.free(1, 1, kinds=("complaint", "request", "question")))
        for way, count, least, most in (
            ("shelved", wanted.shelved, 1, 12),
            ("declined", wanted.declined, 2, 25),
            ("referred", wanted.referred, 2, 25),
        ):
            self.decide(way, count, self.free(least, most, kinds=("complaint", "request")))
        self.merge()
        self.take("withdrawn", wanted.withdrawn, self.free(2, 25, kinds=("request", "question", "complaint")))
        unanswered = sum(m.way in UNANSWERED for m in self.matters)
        left = wanted.raised - wanted.closed_or_answered - unanswered
        free = self.free(1, 11, kinds=("complaint", "request", "suggestion"))
        self.take("carried", left, sorted(free, key=lambda m: not m.said.sentence.carry))

    def free(self, least: int, most: int, *, kinds: Sequence[str] = ()) -> list[MatterPlan]:
        """Matters still simply answered, by chance, that so many meetings follow."""
        found = [
            m
            for m in self.matters
            if m.way == "answered" and least <= m.left <= most and not m.said.sentence.private and not m.joined
            and (not kinds or m.said.sentence.kind in kinds)
        ]  # fmt: skip
        self.random.shuffle(found)
        return found

    def take(self, way: str, count: int, found: Sequence[MatterPlan]) -> None:
        if count < 0 or len(found) < count:
            raise TooFew(f"{count} matters wanted {way}, {len(found)} found")
        for matter in found[:count]:
            matter.way = way

    def in_hall(self) -> None:
        """Due at the meeting that is open, and answered there before the demo begins."""
        due = [m for m in self.matters if m.way == "fresh" and m.calendar.opens and m.left == 0 and m.raised_on is None]
        self.take("in_hall", self.wanted.in_hall, [m for m in due if not m.said.sentence.private])

    def not_due(self, *, days: int) -> list[MatterPlan]:
        """Matters raised at a community's last meeting, that many days ago or more, and not due yet."""
        found = [
            m
            for m in self.matters
            if m.way == "fresh" and m.calendar.opens is None and m.raised_on is None
            and m.said.sentence.kind != "praise"
            and m.calendar.past[m.slot].held_on + timedelta(days=days) <= self.today
        ]  # fmt: skip
        self.random.shuffle(found)
        return found

    def decide(self, way: str, count: int, found: Sequence[MatterPlan]) -> None:
        """Put a matter that is decided this way in the place of one that would have been answered."""
        for matter in found:
            plan = matter.calendar.plan
            said = self.sayings.decided(plan, way) if count else None
            if said is not None:
                self.sayings.take_back(plan, matter.said)
                matter.said, matter.way, count = said, way, count - 1
                if said.sentence.restricted:
                    matter.raised_on = matter.calendar.past[matter.slot].held_on + timedelta(days=1)
        if count:
            raise TooFew(f"{count} more wanted {way}")

    def merge(self) -> None:
        """Somebody says the same as the speaker before; both must be raised at the same meeting."""
        count = self.wanted.merged
        for matter in self.free(2, 25):
            if matter.joined:
                continue  # others were merged into it meanwhile
            first = next(
                (m for m in self.matters if m is not matter and m.way == "answered" and _beside(m, matter)), None
            )
            said = self.sayings.same_as(matter.calendar.plan, first.said) if count and first else None
            if first is not None and said is not None:
                self.sayings.take_back(matter.calendar.plan, matter.said)
                matter.said, matter.way, matter.into, count = said, "merged", first, count - 1
                first.joined = True
        if count:
            raise TooFew(f"{count} more wanted merged")


UNANSWERED = frozenset({"fresh", "carried", "shelved", "declined", "disputed", "referred_unread", "restricted_open"})


def _beside(first: MatterPlan, other: MatterPlan) -> bool:
    same = (first.short_code, first.slot, first.raised_on) == (other.short_code, other.slot, other.raised_on)
    return (
        first is not other
        and same
        and other.raised_on is None
        and not first.said.sentence.private
        and first.said.sentence.kind != "praise"
    )


def _detours(answered: Sequence[MatterPlan], random: Random) -> None:
    """Some answers come late, and some are disputed and given again: not every meeting is a good one."""
    for matter in answered:
        sentence = matter.said.sentence
        late = 0.42 if sentence.carry else 0.07
        if matter.left >= 2 and sentence.kind != "praise" and random.random() < late:
            matter.carries = (
                1 + (matter.left >= 3 and random.random() < 0.3) + (matter.left >= 5 and random.random() < 0.1)
            )
        again = 0.45 if sentence.dispute else 0.02
        if sentence.outcome not in "BC" and matter.left >= matter.carries + 2 and random.random() < again:
            matter.disputed_once = sentence.kind != "praise"
