"""How the line of time, the promise line and the figures are told."""

import re

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from tests.cast import CHINA, Cast, build_cast
from tests.queries.worlds import live_through_it
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.models import Matter
from zhouzhouhui.queries.board import board
from zhouzhouhui.queries.figures import figures, figures_by_community
from zhouzhouhui.queries.public_matters import community_by_code
from zhouzhouhui.queries.story import story
from zhouzhouhui.queries.town_page import communities_of, overdue
from zhouzhouhui.rules.figures import Figures, Tally, figures_of
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.views.board_line import board_line
from zhouzhouhui.views.figure_bars import four_figures, steps_of
from zhouzhouhui.views.figures_page import bands_of
from zhouzhouhui.views.promise_arcs import Look
from zhouzhouhui.views.story_line import story_line
from zhouzhouhui.views.story_steps import shown_steps
from zhouzhouhui.views.voice_curve import curve_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def yxy(cast: Cast):
    return community_by_code(cast.town.id, "YXY")


def told(cast: Cast, matter: Matter):
    return story(yxy(cast), Matter.objects.get(id=matter.id).number)


def test_the_sums_of_the_promise_line_add_up_to_all_that_was_raised(cast):
    live_through_it(cast)
    found = board(yxy(cast))
    drawn = board_line(found)
    total = drawn.total
    parts = total.on_the_spot + total.next_time + total.late + total.open_late + total.open_due + total.told
    assert parts == total.raised == sum(sums.raised for _, sums in drawn.rows)
    assert str(total.raised) in drawn.line.label


def test_answered_when_due_is_quiet_and_late_turns_at_the_meeting_it_was_due(cast):
    first = cast.open()
    quiet, late = cast.raise_at(first, "路灯。"), cast.raise_at(first, "积水。")
    cast.adjourn(first)
    second = cast.open()
    cast.answer(quiet)
    cast.act(carry_over, late, "cadre", words="还在等。", reason="等区里回函")
    cast.adjourn(second)
    third = cast.open()
    cast.answer(late)
    cast.adjourn(third)
    arcs = board_line(board(yxy(cast))).line.arcs
    assert {(a.start, a.end, a.due, a.is_late) for a in arcs} == {(0.0, 1.0, 1.0, False), (0.0, 2.0, 1.0, True)}
    [over] = [a for a in arcs if a.is_late]
    assert over.href == f"/c/YXY/m/{late.number}/"


def test_what_is_open_lands_on_the_next_meeting_dashed(cast):
    first = cast.open()
    cast.raise_at(first, "路灯。")
    cast.adjourn(first)
    [arc] = board_line(board(yxy(cast))).line.arcs
    assert (arc.look, arc.end, arc.is_late) == (Look.OPEN, 1.0, False)


def test_a_private_matter_that_is_late_has_an_arc_but_no_link(cast):
    first = cast.open()
    private = cast.raise_at(first, "我家的事。", is_private=True)
    cast.adjourn(first)
    second = cast.open()
    cast.act(carry_over, private, "cadre", words="还在等。", reason="等区里回函")
    cast.adjourn(second)
    [arc] = board_line(board(yxy(cast))).line.arcs
    assert (arc.is_late, arc.href) == (True, "")


def test_a_promise_is_told_apart_from_its_answer(cast):
    from datetime import date

    first = cast.open()
    matter = cast.raise_at(first, "路灯。")
    cast.adjourn(first)
    cast.open()
    cast.answer(matter, outcome="B", words="十天里装好。", promise_on=date(2026, 4, 20), owner_is_community=True)
    shown = shown_steps(told(cast, matter))
    assert [s.title for s in shown[-2:]] == ["当面答复", "承诺："]
    assert "4\xa0月\xa020\xa0日" in shown[-1].owed
    assert shown[-1].line == "wait"
    line = story_line(told(cast, matter))
    assert [a.look for a in line.arcs] == [Look.ANSWERED, Look.PROMISE]
    assert len(line.marks) == 1


def test_voices_in_a_row_are_told_as_one(cast):
    matter = cast.raise_at(cast.open(), "路灯。")
    for n in range(3):
        cast.act(second_matter, matter, Actor(device=f"phone-{n}"))
    shown = shown_steps(told(cast, matter))
    assert [s.count for s in shown] == [1, 3]
    assert "3" in shown[-1].title


def test_every_step_of_the_world_has_a_title_in_both_languages(cast):
    names = live_through_it(cast)
    for matter in names.values():
        for language, foreign in (("zh-hans", r"[a-z_]{4,}"), ("en", r"[\u4e00-\u9fff]")):
            with override(language):
                found = told(cast, matter)
                for shown in shown_steps(found) if found else ():
                    assert shown.title
                    assert not re.search(foreign, shown.title.replace("Ginkgo", "")) or "镇市政所" in shown.title


def test_the_stairs_lay_out_every_matter_once(cast):
    live_through_it(cast)
    found = figures(town_id=cast.town.id)
    bars = steps_of(found, overdue(town_id=cast.town.id))
    parts = [bar for bar in bars if not bar.is_sum]
    assert sum(bar.n for bar in parts) == found.counts["raised"]
    ends = [bar.start + bar.n for bar in parts]
    assert [bar.start for bar in parts] == [0, *ends[:-1]]


def test_the_figures_page_shows_the_same_numbers_as_the_figures(cast):
    live_through_it(cast)
    html = Client().get("/figures/").content.decode()
    for figure in four_figures(figures(town_id=cast.town.id)):
        assert f"{figure.n} / {figure.of}" in html


def test_a_community_with_few_due_is_in_no_band_and_nobody_is_ranked(cast):
    live_through_it(cast)
    communities = communities_of(cast.town.id)
    bands = bands_of(communities, figures_by_community(town_id=cast.town.id))
    assert sum(len(band.members) for band in bands) == len(communities)
    assert bands[-1].end == 0
    assert any(c.short_code == "WHC" for c, _, _ in bands[-1].members)


def curve_figures(points: dict[int, dict[str, int]]) -> Figures:
    from collections import Counter

    tally = Tally()
    tally.curve = {number: Counter(kinds) for number, kinds in points.items()}
    return figures_of(tally)


def test_three_meetings_make_no_curve_and_four_do():
    kinds = {"complaint": 3, "suggestion": 1, "question": 4}
    assert curve_of(curve_figures(dict.fromkeys((1, 2, 3), kinds))) is None
    curve = curve_of(curve_figures(dict.fromkeys((1, 2, 3, 4), kinds)))
    assert (curve.points[0].complaints, curve.points[0].of) == (3, 8)
    assert "8 条里投诉 3 条、建议 1 条" in curve.sentence
    assert curve.wide.count("<circle") == 5


def test_today_tomorrow_and_a_date_are_said_as_people_say_them(cast):
    with time_machine.travel(cast.next_meeting().scheduled_at.astimezone(CHINA).replace(hour=0), tick=False):
        html = Client().get("/c/YXY/").content.decode()
    assert "今天早上\xa06:30" in html


def test_an_open_meeting_is_said_to_be_going_on(cast):
    cast.open()
    assert "正在开的会" in Client().get("/c/YXY/").content.decode()
