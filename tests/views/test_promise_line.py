"""The promise line is a pure drawing: the tests read the SVG as XML and measure it."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from zhouzhouhui.views.promise_arcs import Arc, Look, Mark, PromiseLine, Stop
from zhouzhouhui.views.promise_frame import Frame, Room, break_text, short, text_width
from zhouzhouhui.views.promise_line import (
    NEST,
    NOTES,
    draw_one_narrow,
    draw_one_wide,
    draw_tall,
    draw_wide,
)

DRAWINGS = [draw_wide, draw_tall, draw_one_wide, draw_one_narrow]


def stops(held: int, ahead: int = 3, due: int | None = 7) -> tuple[Stop, ...]:
    done = [Stop(label=str(n), under=f"{n % 12 + 1}月" if n % 2 else "") for n in range(1, held + 1)]
    coming = [Stop(label=str(held + n), is_held=False, due=due if n == 1 else None) for n in range(1, ahead + 1)]
    return (*done, *coming)


def line(*arcs: Arc, held: int = 27, marks: tuple[Mark, ...] = (), due: int | None = 7) -> PromiseLine:
    return PromiseLine(stops=stops(held, due=due), arcs=arcs, label="一句话", marks=marks)


def paths(svg: str, look: str) -> list[str]:
    found = []
    for element in ElementTree.fromstring(svg).iter("path"):
        if look in element.get("class", "").split():
            found.append(element.get("d", ""))
    return found


def ends(path: str) -> tuple[tuple[float, float], tuple[float, float]]:
    x1, y1 = re.match(r"M(\S+) (\S+?)A", path).groups()
    x2, y2 = path.split()[-2:]
    return (float(x1), float(y1)), (float(x2), float(y2))


@pytest.mark.parametrize("draw", DRAWINGS)
def test_every_drawing_is_well_formed_and_says_itself_in_one_sentence(draw):
    svg = draw(line(Arc(start=0, end=1, look=Look.ANSWERED, due=1), Arc(start=2, end=5, look=Look.KEPT)))
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "一句话"


@pytest.mark.parametrize("draw", DRAWINGS)
def test_nothing_in_it_needs_an_inline_style(draw):
    svg = draw(line(Arc(start=0, end=9, look=Look.OPEN, due=1, note="越过 8 次会"), marks=(Mark(at=3.5, text="承诺"),)))
    assert "style" not in svg


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_line_without_meetings_is_no_drawing(draw):
    assert draw(PromiseLine(stops=(), arcs=(), label="")) == ""


def test_words_from_outside_are_escaped():
    svg = draw_wide(line(Arc(start=0, end=5, look=Look.OPEN, due=1, title='<b>"', href='/a?b="&c', note="a<b")))
    assert ElementTree.fromstring(svg).find("a").get("href") == '/a?b="&c'
    assert "<b>" not in svg


def test_an_arc_within_its_meeting_is_ink_alone():
    svg = draw_wide(line(Arc(start=3, end=4, look=Look.ANSWERED, due=4)))
    assert len(paths(svg, "pl-arc")) == 1
    assert not paths(svg, "pl-arc--over")


def test_an_arc_past_its_meeting_turns_vermilion_at_that_meeting():
    svg = draw_wide(line(Arc(start=3, end=8, look=Look.ANSWERED, due=4)))
    [lead], [over] = paths(svg, "pl-arc--lead"), paths(svg, "pl-arc--over")
    frame = Frame(stops=30, width=1188)
    assert ends(lead)[1] == ends(over)[0]
    assert ends(lead)[1][0] == pytest.approx(frame.along(4), abs=0.1)
    assert ends(over)[1][0] == pytest.approx(frame.along(8), abs=0.1)


def test_an_arc_that_was_late_from_the_start_is_vermilion_whole():
    svg = draw_wide(line(Arc(start=0, end=6, look=Look.ANSWERED, due=0)))
    assert not paths(svg, "pl-arc--lead")
    assert len(paths(svg, "pl-arc--over")) == 1


def test_what_is_still_owed_is_dashed_and_lands_on_the_next_meeting():
    svg = draw_wide(line(Arc(start=18, end=27, look=Look.OPEN, due=19), Arc(start=26, end=27, look=Look.OPEN, due=27)))
    assert len(paths(svg, "pl-arc--open")) == 3  # ink and vermilion of the late one, ink of the one not yet due
    assert len(paths(svg, "pl-arc--over")) == 1


def test_the_ring_of_the_next_meeting_holds_the_number_due():
    root = ElementTree.fromstring(draw_wide(line(due=7)))
    assert [c.get("r") for c in root.iter("circle") if c.get("class") == "pl-stop--next"] == ["11"]
    assert "7" in [t.text for t in root.iter("text") if t.get("class") == "pl-now"]


def test_when_nothing_is_due_the_line_has_no_vermilion():
    svg = draw_wide(line(Arc(start=0, end=1, look=Look.ANSWERED, due=1), Arc(start=1, end=3, look=Look.KEPT), due=0))
    assert not re.search(r"pl-(now|stop--next|arc--over|arc--promise|ring|mark)", svg)


def test_promises_have_their_own_rail_and_only_then():
    assert len(paths(draw_wide(line()), "pl-axis")) == 1
    assert len(paths(draw_wide(line(Arc(start=1, end=4, look=Look.KEPT))), "pl-axis")) == 2


def test_a_kept_promise_ends_in_a_dot_and_an_open_one_in_a_ring():
    root = ElementTree.fromstring(
        draw_wide(line(Arc(start=1, end=4, look=Look.KEPT), Arc(start=2, end=28, look=Look.PROMISE)))
    )
    assert [c.get("class") for c in root.iter("circle") if c.get("r") == "5"] == ["pl-kept", "pl-ring"]


def test_a_busy_pair_of_meetings_nests_and_stops_growing():
    few = draw_wide(line(Arc(start=3, end=4, look=Look.ANSWERED, count=3)))
    many = draw_wide(line(Arc(start=3, end=4, look=Look.ANSWERED, count=400)))
    assert paths(few, "pl-arc")[0].count("M") == 3
    assert paths(many, "pl-arc")[0].count("M") == NEST


def test_nested_arcs_have_different_heights():
    [path] = paths(draw_wide(line(Arc(start=3, end=4, look=Look.ANSWERED, count=5))), "pl-arc")
    assert len(set(re.findall(r"A\S+ (\S+) ", path))) == 5


def test_at_most_five_arcs_are_named_and_no_two_names_lie_on_each_other():
    arcs = [Arc(start=n, end=n + 4, look=Look.ANSWERED, due=n + 1, note="产证办理：越过 3 次会才答") for n in range(20)]
    root = ElementTree.fromstring(draw_wide(line(*arcs)))
    notes = [t for t in root.iter("text") if t.get("class") == "pl-note"]
    assert 2 <= len(notes) <= NOTES
    width = text_width("产证办理：越过 3 次会才答", 14)
    middles = sorted(float(t.get("x")) for t in notes)
    assert all(b - a >= width for a, b in pairwise(middles))


def test_a_note_stays_on_the_paper():
    svg = draw_wide(
        line(Arc(start=0, end=2, look=Look.ANSWERED, due=1, note="很长很长很长很长很长很长的一句话放在最左边"))
    )
    note = next(t for t in ElementTree.fromstring(svg).iter("text") if t.get("class") == "pl-note")
    assert float(note.get("x")) - text_width(note.text, 14) / 2 >= 0


@pytest.mark.parametrize(("draw", "width"), [(draw_wide, 1188.0), (draw_tall, 350.0), (draw_one_narrow, 350.0)])
@pytest.mark.parametrize("held", [1, 2, 5, 27, 60])
def test_every_arc_stays_on_the_paper(draw, width, held):
    arcs = [Arc(start=0, end=held, look=Look.OPEN, due=1), Arc(start=0, end=held + 1, look=Look.PROMISE)]
    svg = draw(line(*arcs, held=held))
    _, _, w, h = map(float, ElementTree.fromstring(svg).get("viewBox").split())
    assert w == width
    upright = draw is draw_tall
    for path in paths(svg, "pl-arc"):
        (x1, y1), (x2, y2) = ends(path)
        height = float(re.search(r"A(\S+) (\S+) ", path).group(1 if upright else 2))
        for px, py in ((x1, y1), (x2, y2)):
            assert -0.1 <= px <= w
            assert -0.1 <= py <= h
        reach = (x1, y1)[0 if upright else 1]
        assert reach - height >= 0 or reach + height <= (w if upright else h)


def test_upright_the_newest_meeting_is_on_top():
    root = ElementTree.fromstring(draw_tall(line()))
    numbers = {t.text: float(t.get("y")) for t in root.iter("text") if t.get("text-anchor") == "end"}
    assert numbers["27"] < numbers["1"]


def test_upright_the_drawing_grows_with_the_meetings():
    short_one = ElementTree.fromstring(draw_tall(line(held=3))).get("viewBox").split()[3]
    long_one = ElementTree.fromstring(draw_tall(line(held=27))).get("viewBox").split()[3]
    assert float(long_one) - float(short_one) == 24 * 27


def test_a_promised_date_is_a_tick_with_its_words_on_the_paper():
    for at in (0.5, 28.9):
        svg = draw_one_wide(line(marks=(Mark(at=at, text="承诺 10 月 20 日"),)))
        text = next(t for t in ElementTree.fromstring(svg).iter("text") if t.text == "承诺 10 月 20 日")
        x = float(text.get("x"))
        width = text_width("承诺 10 月 20 日", 13)
        left = x - width if text.get("text-anchor") == "end" else x
        assert left >= 0
        assert left + width <= 1188


def test_months_that_would_touch_are_left_out():
    crowded = tuple(Stop(label=str(n), under="2026年12月") for n in range(60))
    root = ElementTree.fromstring(draw_wide(PromiseLine(stops=crowded, arcs=(), label="")))
    lefts = sorted(float(t.get("x")) for t in root.iter("text") if t.text == "2026年12月")
    assert len(lefts) > 5
    assert all(b - a >= text_width("2026年12月", 13) for a, b in pairwise(lefts))


def test_a_thousand_matters_stay_a_small_picture():
    arcs = [Arc(start=n, end=n + 1, look=Look.ANSWERED, due=n + 1, count=40) for n in range(26)]
    assert len(draw_wide(line(*arcs))) < 16_000


def test_the_same_line_gives_the_same_picture():
    arcs = [Arc(start=0, end=3, look=Look.ANSWERED, due=1, note="一"), Arc(start=1, end=5, look=Look.KEPT)]
    assert draw_wide(line(*arcs)) == draw_wide(line(*arcs))


def test_numbers_are_written_short():
    assert [short(v) for v in (3.0, 2.25, -0.5)] == ["3", "2.2", "-0.5"]


def test_a_line_of_a_note_never_starts_with_a_closing_mark():
    assert all(words[0] not in "，。：" for words in break_text("一二三四，五六七八。九十", 10, 40))


def test_a_place_is_given_once():
    room = Room([])
    assert room.take(0, 0, 10, 10)
    assert not room.take(5, 5, 10, 10)
    assert room.take(10, 0, 5, 5)
