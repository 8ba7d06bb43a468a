"""The stage of the demo: the town, whoever acts in it, and the queue of what happens when."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from ..actions._meeting_step import Convening
from ..actions._take_step import Acting
from ..jobs.clock import tick
from ..models import Category, Community, Department, Matter, Town
from ..rules.powers import Actor
from ..rules.rhythm import CHINA, day_in_china
from .calendars import Calendar
from .matter_plans import MatterPlan
from .read_corpus import phrases

DAYS_AT_ONCE = 7  # of the past in one transaction: an act is one step in it, as in a batch of a program
NIGHT = time(0, 10)  # when the clock of the institution does its work
Moment = Callable[[datetime], object]  # what is done at a moment
Told = Callable[[int, int, str], None]  # progress: days lived, days in all, the day


@dataclass
class CommunityCast:
    """A community and the people who act in it; ``cadres`` host by turns, the first is the secretary."""

    community: Community
    calendar: Calendar
    cadres: list[Actor] = field(default_factory=list)
    delegates: list[Actor] = field(default_factory=list)
    hosted: int = 0

    def host_and_recorder(self) -> tuple[Actor, Actor]:
        """Whose turn it is to host, and who writes."""
        turn = self.hosted % max(len(self.cadres) - 1, 1)  # the last one has not dared yet
        self.hosted += 1
        return self.cadres[turn], self.cadres[(turn + 1) % len(self.cadres)]

    def cadre_who_did_not(self, person: UUID | None) -> Actor:
        """A cadre other than this person: nobody takes the word on their own answer."""
        return next(c for c in self.cadres if c.person != person)


@dataclass
class Life:
    """One matter as it lives: its plan, its key, its slip, who leads it, and what was said on it so far."""

    plan: MatterPlan
    matter_id: UUID
    code: str
    lead: Actor | None = None
    more_weeks: int = 0  # a promise runs longer than the sentence says
    carried: int = 0
    answered: int = 0
    excuses: list[str] = field(default_factory=list)  # why it was carried over, not to say the same again


@dataclass
class Stage:
    """Everything the parts of the demo share."""

    town: Town
    random: Random
    now: datetime
    office: Actor
    leader: Actor
    communities: dict[str, CommunityCast]
    departments: dict[str, Department]
    officers: dict[UUID, Actor]
    categories: dict[str, Category]
    lives: dict[UUID, Life] = field(default_factory=dict)
    by_plan: dict[int, Life] = field(default_factory=dict)
    queue: list[tuple[datetime, int, Moment]] = field(default_factory=list)
    order: Any = field(default_factory=count)

    @property
    def today(self) -> date:
        return day_in_china(self.now)

    def later(self, at: datetime, act: Moment) -> None:
        """Do ``act`` at that moment; what lies after the build moment never happens."""
        if at <= self.now:
            heapq.heappush(self.queue, (at, next(self.order), act))

    def work_hours(self, day: date) -> datetime:
        """Some moment of an office day."""
        return datetime.combine(day, time(9, 0), tzinfo=CHINA) + timedelta(minutes=self.random.randrange(0, 460))

    def waking_hours(self, at: datetime) -> datetime:
        """The same day between breakfast and bed, never before ``at``: nobody rates an answer at night."""
        awake = datetime.combine(day_in_china(at), time(8, 15), tzinfo=CHINA)
        return max(at, awake + timedelta(minutes=self.random.randrange(0, 750)))

    def phrase(self, name: str) -> Any:
        """One of the phrases of this name, by chance."""
        return self.random.choice(phrases()[name])

    def again_for(self, life: Life) -> dict[str, str]:
        """A dispute and the answer to it, the same pair whenever it is asked for this matter."""
        pairs: list[dict[str, str]] = phrases()["again"]
        return pairs[(life.plan.slot * 5 + life.plan.number) % len(pairs)]

    def code_of(self, code: str) -> UUID:
        """The key of the department of this code."""
        return self.departments[code].id

    def department(self, key: UUID | None) -> Department | None:
        """The department of this key."""
        return next((d for d in self.departments.values() if d.id == key), None)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def on_matter(self, life: Life, by: Actor, at: datetime) -> Acting:
        """What every step of a matter is told."""
        return {"town_id": self.town.id, "matter_id": life.matter_id, "by": by, "at": at}

    def at_meeting(self, meeting_id: UUID, by: Actor, at: datetime) -> Convening:
        """What every step of a meeting is told."""
        return {"town_id": self.town.id, "meeting_id": meeting_id, "by": by, "at": at}

    def cast_of(self, life: Life) -> CommunityCast:
        """The community a matter was raised in."""
        return self.communities[life.plan.short_code]

    def live(self, first_day: date, told: Told) -> None:
        """Live day by day from ``first_day`` until now."""
        days = (self.today - first_day).days + 1
        for start in range(0, days, DAYS_AT_ONCE):
            with transaction.atomic():
                for day in range(start, min(start + DAYS_AT_ONCE, days)):
                    self._live_one(first_day + timedelta(days=day))
            told(min(start + DAYS_AT_ONCE, days), days, f"{first_day + timedelta(days=start):%Y-%m-%d}")

    def _live_one(self, day: date) -> None:
        night = datetime.combine(day, NIGHT, tzinfo=CHINA)
        if night <= self.now:
            tick(town=self.town, at=night)
        end = datetime.combine(day + timedelta(days=1), time(0), tzinfo=CHINA)
        while self.queue and self.queue[0][0] < end:
            at, _, act = heapq.heappop(self.queue)
            act(at)


def on(day: date, at: time) -> datetime:
    """A moment in China."""
    return datetime.combine(day, at, tzinfo=CHINA)


def state_of(life: Life) -> str:
    """Where the matter stands now."""
    return Matter.objects.values_list("state", flat=True).get(id=life.matter_id)


Act = Callable[[Stage, Life, datetime], None]  # a step of one matter
