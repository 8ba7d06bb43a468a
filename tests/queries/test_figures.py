"""The same figures out of the rows, out of the lines, and by hand; quickly, and never from a stale memory."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, build_cast
from tests.queries.article import as_in_the_article
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.keep_promise import keep_promise
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.refer_matter import refer_matter
from zhouzhouhui.actions.void_entry import void_entry
from zhouzhouhui.models import LedgerLine, Matter, Meeting
from zhouzhouhui.queries.figures import (
    figures,
    figures_by_community,
    frozen_at_adjournment,
    recount_from_ledger,
    voice_curve,
)
from zhouzhouhui.rules.recount import recount


def of(cast: Cast, **more: Any) -> dict[str, Any]:
    return figures(town_id=cast.town.id, **more).as_json()


def again(matter: Matter) -> Matter:
    return Matter.objects.get(id=matter.id)


def test_rows_and_lines_give_the_same_figures_after_everything_the_law_knows(cast: Cast) -> None:
    for community_id in (None, cast.yxy.id, cast.whc.id):
        told = recount_from_ledger(town_id=cast.town.id, community_id=community_id)
        assert figures(town_id=cast.town.id, community_id=community_id) == told
    assert recount(json.loads(line.body) for line in LedgerLine.objects.order_by("chain", "seq")).as_json() == of(cast)


def test_the_lived_in_town_is_counted_as_by_hand(cast: Cast) -> None:
    found = of(cast)
    by_hand = {
        "merged": 1, "withdrawn": 1, "voided": 1, "declined": 1, "shelved": 1, "restricted": 2, "private": 1,
        "promised": 1, "adopted": 1, "on_the_spot": 1, "disputed": 1, "confirmed_by_staff": 1,
    }  # fmt: skip
    assert {key: found[key] for key in by_hand} == by_hand
    assert found["raised"] + 3 == Matter.objects.count()
    assert found["raised"] == sum(found[key] for key in _PARTS)


_PARTS = ("open", "answered", "promised", "closed", "referred", "declined", "shelved")


@pytest.fixture
def small(db: None) -> Cast:
    """A town of which nothing has been asked yet."""
    cache.clear()
    return build_cast(code="990112400", host="small.test")


def test_a_small_town_is_counted_by_hand_to_the_last_number(small: Cast) -> None:
    first = small.open()
    solved, promised, carried, referred, spot = (
        small.raise_at(first, f"第{n}件。", kind=kind)
        for n, kind in enumerate(["complaint", "complaint", "question", "request", "praise"])
    )
    small.answer(spot, "A3", "谢谢，已经采纳。")
    small.adjourn(first)
    small.act(refer_matter, referred, "office", path="仲裁", reason="劳动争议。")
    second = small.open()
    small.answer(solved, "A1", "修好了。")
    small.answer(promised, "B", "月底修好。", promise_on=small.now.date() + timedelta(days=10))
    small.act(carry_over, carried, "cadre", words="还在查。", reason="等材料。")
    small.act(read_decision, again(referred), "cadre")
    small.adjourn(second)
    small.act(
        accept_answer, again(solved), small.raiser(solved), solved="solved", manner="satisfied", result="basically"
    )
    small.act(keep_promise, again(promised), "cadre", evidence="照片。", done_on=small.now.date())
    assert of(small) == {
        "raised": 5, "closed_or_answered": 4, "rate": 0.8, "open": 1, "answered": 1, "promised": 1, "closed": 1,
        "referred": 1, "referred_unread": 0, "declined": 0, "shelved": 0, "merged": 0, "withdrawn": 0, "voided": 0,
        "restricted": 0, "private": 0, "disputed": 0, "solved": 1, "partly": 0, "adopted": 1,
        "confirmed_by_raiser": 1, "confirmed_by_staff": 0, "lapsed": 0, "on_the_spot": 1, "carried_over": 1,
        "on_time": {"n": 3, "of": 4},
        "satisfaction": {
            "result": {"satisfied": 0, "basically": 1, "not": 0, "unrated": 0, "rate": 1.0},
            "manner": {"satisfied": 1, "basically": 0, "not": 0, "unrated": 0, "rate": 1.0},
        },
        "days": {
            "to_answer": {"n": 3, "median": 14.0, "q1": 0.0, "q3": 14.0},
            "to_done": {"n": 1, "median": 14.0, "q1": 14.0, "q3": 14.0},
        },
        "voice_curve": [
            {
                "meeting": 1, "question": 1, "request": 1, "complaint": 2, "report": 0, "suggestion": 0,
                "praise": 1, "unknown": 0, "restricted": 0,
            }
        ],
    }  # fmt: skip
    assert voice_curve(town_id=small.town.id) == of(small)["voice_curve"]
    assert recount_from_ledger(town_id=small.town.id).as_json() == of(small)


def test_what_a_meeting_freezes_is_its_communitys_count_and_its_own(small: Cast) -> None:
    first = small.open()
    matters = [small.raise_at(first, f"第{n}件。") for n in range(3)]
    small.adjourn(first)
    second = small.open()
    small.raise_at(second, "新的一件。")
    wrong = small.answer(matters[0], "A1", "说错了一件。")
    small.act(void_entry, wrong, "cadre", at=small.now + timedelta(seconds=5))
    small.answer(matters[1], "A1", "修好了。")
    for matter in (matters[0], matters[2]):
        small.act(carry_over, again(matter), "cadre", words="还在查。", reason="等材料。")
    frozen = small.adjourn(second).frozen
    assert frozen is not None
    here = {key: count for key, count in frozen.items() if key.startswith("here_")}
    assert here == {"here_raised": 1, "here_answered": 1, "here_carried_over": 2, "here_read": 0}
    assert (frozen["raised"], frozen["solved"], frozen["on_time"], frozen["have_been_due"]) == (4, 1, 1, 3)
    assert frozen_at_adjournment(meeting=Meeting.objects.get(id=first.id))["here_raised"] == 3
    line = LedgerLine.objects.get(verb="adjourn_meeting", meeting=second)
    assert json.loads(line.body)["frozen"] == frozen


def test_at_the_frozen_moment_the_meeting_counts_as_over(small: Cast) -> None:
    first = small.open()
    small.raise_at(first, "第一件。")
    small.adjourn(first)
    second = small.open()
    assert figures(town_id=small.town.id).counts["have_been_due"] == 0
    assert frozen_at_adjournment(meeting=second)["have_been_due"] == 1


def test_the_whole_town_takes_five_queries_and_one_when_nothing_changed(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as first:
        cold = of(cast)
    with CaptureQueriesContext(connection) as second:
        assert of(cast) == cold
    assert len(first) <= 5
    assert len(second) == 1


def test_a_community_that_moved_on_is_counted_again_and_no_other(cast: Cast) -> None:
    before = figures_by_community(town_id=cast.town.id)
    cast.raise_between("新的一件。", community=cast.whc)
    with CaptureQueriesContext(connection) as again_counted:
        after = figures_by_community(town_id=cast.town.id)
    assert after[cast.whc.id].counts["raised"] == before[cast.whc.id].counts["raised"] + 1
    assert after[cast.yxy.id] == before[cast.yxy.id]
    assert not any(str(cast.yxy.id).replace("-", "") in one["sql"].replace("-", "") for one in again_counted)


def test_a_town_is_the_sum_of_its_communities_and_of_nobody_elses(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.test")
    other.raise_between("别的镇的一件。")
    each = figures_by_community(town_id=cast.town.id)
    assert set(each) == {cast.yxy.id, cast.whc.id}
    assert of(cast)["raised"] == sum(one.counts["raised"] for one in each.values())
    assert of(other)["raised"] == 1
    assert of(other, community_id=cast.yxy.id)["raised"] == 0


def test_a_date_that_was_lost_counts_against_on_time(cast: Cast) -> None:
    before = of(cast)["on_time"]
    lost = Matter.objects.get(first_due_lost=True)
    cast.open()
    cast.answer(lost, "A1", "修好了。")
    after = of(cast)["on_time"]
    assert lost.first_due_meeting is not None
    assert lost.first_due_meeting.state == "cancelled"
    assert after == before


def test_the_articles_684_raised_and_513_closed_or_answered_come_out_everywhere(small: Cast) -> None:
    as_in_the_article(small)
    for found in (figures(town_id=small.town.id), recount_from_ledger(town_id=small.town.id)):
        told = found.as_json()
        assert (told["raised"], told["closed_or_answered"], told["rate"]) == (684, 513, 0.75)
        assert told["answered"] + told["promised"] + told["closed"] + told["referred"] == 513
