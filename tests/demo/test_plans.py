"""The plan of the demo town: whatever the day it is built on, the calendar and the figures come out."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest

from zhouzhouhui.demo.build import plan
from zhouzhouhui.demo.calendars import lay_calendars
from zhouzhouhui.demo.matter_plans import UNANSWERED, MatterPlan, TooFew, Wanted, plan_matters, share_out
from zhouzhouhui.demo.read_corpus import communities
from zhouzhouhui.demo.sentence_choice import weights
from zhouzhouhui.rules.rhythm import CHINA, day_in_china

NOON = datetime(2026, 11, 23, 13, 20, tzinfo=CHINA)
NATIONAL_DAY = datetime(2026, 10, 1, 10, 5, tzinfo=CHINA)
NIGHT = datetime(2026, 6, 10, 0, 10, tzinfo=CHINA)


def planned(now: datetime, seed: int = 684) -> list[MatterPlan]:
    calendars = lay_calendars(communities(), now=now)
    return plan_matters(calendars, today=day_in_china(now), random=Random(seed), wanted=Wanted())


@pytest.mark.parametrize("weeks", range(0, 60, 3))
def test_on_any_day_every_community_has_its_meetings_behind_it_and_the_next_one_ahead(weeks: int) -> None:
    now = NOON - timedelta(weeks=weeks, days=weeks % 7)
    for calendar in lay_calendars(communities(), now=now):
        assert calendar.past[-1].held_on < day_in_china(now)
        assert max(p.number or 0 for p in calendar.past) <= calendar.plan.held
        held_on = [p.held_on for p in calendar.past]
        assert held_on == sorted(set(held_on))


@pytest.mark.parametrize("now", [NOON, NATIONAL_DAY, NIGHT])
def test_one_community_meets_on_the_day_itself_also_on_a_holiday_and_at_night(now: datetime) -> None:
    opens = [c for c in lay_calendars(communities(), now=now) if c.opens is not None]
    assert len(opens) == 1
    assert opens[0].rhythm.at <= now.time()
    assert opens[0].moved_here == (now is NATIONAL_DAY)
    assert opens[0].opens is not None
    assert opens[0].opens.planned_on >= day_in_china(now)


@pytest.mark.parametrize("seed", [1, 2, 3, 684])
def test_the_figures_follow_from_the_plan(seed: int) -> None:
    ways = Counter(m.way for m in planned(NOON, seed))
    raised = sum(ways.values()) - ways["merged"] - ways["withdrawn"]
    assert (raised, raised - sum(ways[way] for way in UNANSWERED)) == (684, 513)
    wanted = Wanted()
    assert [ways[w] for w in ("merged", "withdrawn", "shelved", "declined", "referred")] == [
        wanted.merged, wanted.withdrawn, wanted.shelved, wanted.declined, wanted.referred,
    ]  # fmt: skip


def test_no_sentence_is_said_twice_in_a_community_or_three_times_in_the_town() -> None:
    matters = planned(NOON)
    here = Counter((m.short_code, m.said.sentence.words) for m in matters)
    assert max(here.values()) == 1
    assert max(Counter(m.said.sentence.words for m in matters).values()) <= 2
    assert len({m.said.words for m in matters}) == len(matters)


def test_nothing_said_still_holds_an_open_place() -> None:
    said = [m.said for m in planned(NOON)]
    assert [s.words for s in said if "{" in s.words + s.sentence.kept + s.sentence.carry] == []
    assert [s.words for s in said if "{" in s.sentence.answer.replace("{date}", "")] == []


def test_complaints_turn_into_suggestions() -> None:
    early, late = weights(1), weights(27)
    assert early["complaint"] > 0.6
    assert early["suggestion"] < 0.1
    assert late["suggestion"] > late["complaint"]
    matters = planned(NOON)
    first = Counter(m.said.sentence.kind for m in matters if m.number <= 3)
    last = Counter(m.said.sentence.kind for m in matters if m.number >= 17)
    assert first["complaint"] > 5 * first["suggestion"]
    assert last["suggestion"] > last["complaint"]


def test_the_same_seed_on_the_same_day_gives_the_same_town() -> None:
    def told(matters: list[MatterPlan]) -> list[tuple[str, int, str, str]]:
        return [(m.short_code, m.slot, m.said.words, m.way) for m in matters]

    assert told(planned(NOON)) == told(planned(NOON))
    assert told(planned(NOON, 1)) != told(planned(NOON, 2))


def test_shares_add_up_to_the_whole() -> None:
    assert share_out([1, 1, 1], 10) == [3, 4, 3]
    assert sum(share_out([0.3, 2.2, 1.7, 9.1], 705)) == 705


def test_a_town_that_cannot_be_planned_says_what_it_lacks() -> None:
    calendars = lay_calendars(communities(), now=NOON)
    with pytest.raises(TooFew, match="more wanted declined"):
        plan_matters(calendars, today=date(2026, 11, 23), random=Random(1), wanted=Wanted(declined=60))
    with pytest.raises(TooFew, match="no plan for 2026-11-23"):
        plan(calendars, now=NOON, seed=1, wanted=Wanted(declined=60))


@pytest.mark.parametrize("days", range(0, 400, 40))
def test_what_is_merged_is_merged_into_something_that_stays(days: int) -> None:
    matters = planned(NOON - timedelta(days=days))
    merged = [m for m in matters if m.way == "merged"]
    assert len(merged) == Wanted().merged
    assert {m.into.way for m in merged if m.into is not None} == {"answered"}
    assert all(m.into is not None and m.into.slot == m.slot for m in merged)


@pytest.mark.parametrize("days", range(0, 400, 40))
def test_everything_is_raised_by_the_build_day(days: int) -> None:
    now = NOON - timedelta(days=days)
    assert all(m.raised_on is None or m.raised_on <= now.date() for m in planned(now))
