"""What the public reads: counted from a town that lived through everything, and never more than is public."""

import json

import pytest

from tests.cast import Cast, build_cast
from tests.queries.worlds import live_through_it
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.models import ChainHead, Matter, Sealed
from zhouzhouhui.outside import keyring
from zhouzhouhui.queries.board import board, matter_page
from zhouzhouhui.queries.figures import figures
from zhouzhouhui.queries.public_matters import community_by_code, numbered, parse_number, readable
from zhouzhouhui.queries.published import chain_lines, head_of, heads_of, published_minutes
from zhouzhouhui.queries.slips import held_by, held_matter
from zhouzhouhui.queries.story import story
from zhouzhouhui.queries.town_page import due_count, overdue, town_page
from zhouzhouhui.rules.chain import GENESIS, Line, check_chain, line_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


@pytest.fixture
def world(cast) -> tuple[Cast, dict[str, Matter]]:
    return cast, live_through_it(cast)


def yxy(cast: Cast):
    return community_by_code(cast.town.id, "YXY")


def test_the_full_words_are_not_among_the_columns_read(cast):
    cast.raise_at(cast.open(), "三号楼 502 室漏水，电话 13812345678。")
    matter = readable(cast.town.id).get()
    assert {"words", "place", "answer_words", "answer_basis", "request"} <= matter.get_deferred_fields()


def test_private_restricted_and_voided_matters_are_not_readable(world):
    cast, told = world
    numbers = set(readable(cast.town.id).values_list("id", flat=True))
    assert not numbers & {told["private"].id, told["report"].id}
    assert not readable(cast.town.id).filter(state="voided").exists()


def test_the_board_counts_what_the_figures_count(world):
    cast, _ = world
    counted = board(yxy(cast)).counted
    counts = figures(town_id=cast.town.id, community_id=cast.yxy.id).counts
    assert (counted.raised, counted.closed_or_answered) == (counts["raised"], counts["closed_or_answered"])
    assert (counted.merged, counted.withdrawn) == (counts["merged"], counts["withdrawn"])
    assert counted.restricted == counts["restricted"]


def test_every_matter_in_the_hall_is_on_one_arc(world):
    cast, _ = world
    rows = board(yxy(cast)).arcs
    there = Matter.objects.filter(community=cast.yxy, is_restricted=False)
    assert sum(row.n for row in rows) == there.exclude(state__in=["merged", "withdrawn", "voided"]).count()


def test_what_is_due_next_is_on_the_board_with_its_private_ones_counted(cast):
    meeting = cast.open()
    cast.raise_at(meeting, "路灯坏了。")
    cast.raise_at(meeting, "我家的事。", is_private=True)
    cast.raise_at(meeting, "村干部占房。", kind="report")
    found = board(yxy(cast))
    assert [
        m.public_words for m in board(yxy(cast)).owed
    ] == []  # the open meeting is the next one; nothing is due at it
    cast.adjourn(meeting)
    found = board(yxy(cast))
    assert [m.public_words for m in found.owed] == ["路灯坏了。"]
    assert (found.due_count, found.due_private) == (2, 1)


def test_the_reason_of_the_last_carry_over_stands_beside_what_is_owed(cast):
    first = cast.open()
    matter = cast.raise_at(first, "路灯坏了。")
    cast.adjourn(first)
    second = cast.open()
    for words, reason in (("还在等。", "等区里回函，电话 13812345678"),):
        cast.act(carry_over, matter, "cadre", words=words, reason=reason)
    cast.adjourn(second)
    [owed] = board(yxy(cast)).owed
    assert owed.last_reason.startswith("等区里回函")
    assert "13812345678" not in owed.last_reason


def test_pages_of_matters_go_back_and_forth_without_a_gap(cast):
    meeting = cast.open()
    for n in range(70):
        cast.raise_at(meeting, f"第 {n} 件。")
    here = yxy(cast)
    first = matter_page(here)
    second = matter_page(here, before=first.older)
    third = matter_page(here, before=second.older)
    numbers = [m.number for page in (first, second, third) for m in page.matters]
    assert len(numbers) == len(set(numbers)) == 70
    assert (first.newer, third.older) == ("", "")
    back = matter_page(here, after=third.newer)
    assert [m.number for m in back.matters] == [m.number for m in second.matters]
    assert matter_page(here, after=second.newer).newer == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [("13-08", (13, False, 8)), ("13+02", (13, True, 2)), ("0+01", (0, True, 1)), ("13_08", None), ("13-", None),
     ("１３-08", None), ("-1-08", None), ("9999999-1", None), ("", None), ("13-08 ", None)],
)  # fmt: skip
def test_a_number_is_read_strictly(typed, read):
    assert parse_number(typed) == read


def test_no_number_is_no_matter(cast):
    cast.raise_at(cast.open())
    assert not numbered(readable(cast.town.id), "nonsense").exists()


def test_a_story_tells_every_line_of_its_matter_in_order(world):
    cast, told = world
    for name in ("solved", "promised", "disputed", "carried", "split", "shelved", "referred", "declined"):
        matter = Matter.objects.get(id=told[name].id)
        found = story(yxy(cast), matter.number)
        assert [s.seq for s in found.steps] == list(matter.lines.order_by("seq").values_list("seq", flat=True))
        assert found.steps[0].verb in ("raise_matter", "split_matter")


def test_a_story_holds_masked_words_only(world):
    cast, _ = world
    for matter in Matter.objects.filter(community=cast.yxy, is_private=False, is_restricted=False):
        found = story(yxy(cast), matter.number)
        if found is None:
            continue
        shown = {text for step in found.steps for text in step.texts.values()}
        public = set(Sealed.objects.filter(line__matter=matter).values_list("public_text", flat=True))
        assert shown <= public


def test_an_erased_matter_says_so_and_shows_nothing(world):
    cast, told = world
    found = story(yxy(cast), Matter.objects.get(id=told["erased"].id).number)
    assert found.matter.public_words == ""
    assert found.steps[0].erased == {"words"}
    assert not found.steps[0].texts


def test_a_merged_matter_names_the_one_it_went_into_and_that_one_names_it(world):
    cast, _ = world
    merged = Matter.objects.filter(community=cast.yxy, state="merged", is_private=False).first()
    if merged is None:
        pytest.fail("the world has no merged matter any more")
    into = merged.merged_into
    assert story(yxy(cast), merged.number).merged_into.id == into.id
    assert merged.id in {m.id for m in story(yxy(cast), into.number).merged_here}


def test_the_town_page_counts_the_week_and_names_the_next_meeting(cast):
    first = cast.open()
    for words in ("路灯坏了。", "积水。"):
        cast.raise_at(first, words)
    cast.adjourn(first)
    following = cast.next_meeting()
    cast.now = following.scheduled_at
    page = town_page(town_id=cast.town.id, at=following.scheduled_at.replace(hour=0))
    assert page.next_meeting.id == following.id
    assert due_count(page.next_meeting) == page.due_this_week == 2
    assert [c.short_code for c in page.communities] == ["YXY", "WHC"]


def test_a_town_without_meetings_has_a_page(cast):
    page = town_page(town_id=cast.town.id, at=cast.now)
    assert page.answers == []
    assert page.figures.counts["raised"] == 0


def test_overdue_is_what_is_open_after_the_meeting_it_was_first_due_at(cast):
    first = cast.open()
    late, answered = cast.raise_at(first, "积水。"), cast.raise_at(first, "路灯。")
    cast.adjourn(first)
    assert overdue(town_id=cast.town.id) == 0
    second = cast.open()
    cast.answer(answered)
    cast.act(carry_over, late, "cadre", words="还在等。", reason="等区里回函")
    cast.adjourn(second)
    assert overdue(town_id=cast.town.id) == overdue(town_id=cast.town.id, community_id=cast.yxy.id) == 1
    assert overdue(town_id=cast.town.id, community_id=cast.whc.id) == 0


def test_the_latest_answers_come_with_their_masked_words(cast):
    first = cast.open()
    matter = cast.raise_at(first, "积水。")
    cast.adjourn(first)
    second = cast.open()
    cast.answer(matter, words="已经修好，问张工 13812345678。")
    cast.adjourn(second)
    [shown] = town_page(town_id=cast.town.id, at=cast.now).answers
    assert shown.answer_text.startswith("已经修好")
    assert "13812345678" not in shown.answer_text


def test_the_lines_taken_away_verify_by_themselves(world):
    cast, _ = world
    for head in heads_of(cast.town.id):
        lines, last = [], GENESIS
        for seq, digest, body in chain_lines(head, after=0):
            read = json.loads(body)
            assert read["prev"] == last
            assert line_hash(read) == digest
            lines.append(Line(read["chain"], seq, read, digest))
            last = digest
        assert last == head.hash
        assert list(check_chain(lines)) == []


def test_a_chain_is_found_by_short_code_and_by_its_printed_name(cast):
    by_short, by_name = head_of(cast.town.id, "YXY"), head_of(cast.town.id, cast.yxy.code)
    assert by_short == by_name == ChainHead.objects.get(community=cast.yxy)
    assert head_of(cast.town.id, cast.town.code).community is None
    assert head_of(cast.town.id, "NOPE") is None


def test_minutes_that_are_not_published_are_not_there(cast):
    meeting = cast.open()
    cast.adjourn(meeting)
    assert published_minutes(yxy(cast), 1) is None


def test_a_slip_opens_its_own_matters_in_its_own_town_only(cast):
    matter = cast.raise_between("路灯坏了。")
    slip = keyring.code_lookup(cast.slips[str(matter.id)])
    [held] = held_by(town_id=cast.town.id, slip=slip)
    assert (held.matter.id, held.is_raiser) == (matter.id, True)
    other = build_cast(code="990112200", host="other.example")
    assert held_by(town_id=other.town.id, slip=slip) == []
    assert held_matter(town_id=cast.town.id, slip=keyring.code_lookup(keyring.new_code()), matter_id=matter.id) is None
