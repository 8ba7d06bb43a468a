"""A community's facts change; its codes stay, meetings called stay, and it is never without a next meeting."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.add_community import add_community
from zhouzhouhui.actions.call_meeting import call_meetings_ahead
from zhouzhouhui.actions.change_community import change_community
from zhouzhouhui.models import Community, LedgerLine, Meeting
from zhouzhouhui.rules import rhythm
from zhouzhouhui.rules.powers import CLOCK
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def _change(cast: Cast, by: str = "office", **more: Any) -> Community:
    one = Community.objects.get(id=cast.yxy.id)
    names = ("name", "name_en", "kind", "is_pilot", "weekday", "meets_at", "place", "joins_on", "former_villages")
    facts = {field: getattr(one, field) for field in names} | more
    return change_community(town=cast.town, by=cast.who(by), at=cast.later(minutes=1), community_id=one.id, **facts)


def _called(cast: Cast) -> list[Meeting]:
    return list(Meeting.objects.filter(community=cast.yxy).order_by("scheduled_at"))


def test_facts_are_written_with_one_line_in_the_towns_chain(cast: Cast) -> None:
    _change(cast, name="银杏新苑", place="新活动室", former_villages=["东塘", " ", "西塘 "])
    one = Community.objects.get(id=cast.yxy.id)
    assert (one.name, one.place, one.former_villages) == ("银杏新苑", "新活动室", ["东塘", "西塘"])
    assert LedgerLine.objects.filter(verb="change_community", chain__community=None).count() == 1


def test_nothing_changed_leaves_no_line(cast: Cast) -> None:
    _change(cast)
    assert not LedgerLine.objects.filter(verb="change_community").exists()


def test_meetings_called_keep_their_time_and_later_ones_follow_the_new_rhythm(cast: Cast) -> None:
    before = [(m.id, m.scheduled_at, m.place) for m in _called(cast)]
    _change(cast, weekday=4, meets_at=time(19, 30), place="广场")
    assert [(m.id, m.scheduled_at, m.place) for m in _called(cast)] == before
    call_meetings_ahead(community_id=cast.yxy.id, at=before[1][1] + timedelta(hours=3))
    fresh = _called(cast)[len(before) :]
    assert len(fresh) == 2
    for meeting in fresh:
        local = meeting.scheduled_at.astimezone(rhythm.CHINA)
        assert day_in_china(meeting.scheduled_at).weekday() == 4
        assert (local.hour, local.minute) == (19, 30)
        assert meeting.place == "广场"
    gap = day_in_china(fresh[0].scheduled_at) - day_in_china(before[-1][1])
    assert timedelta(days=8) <= gap <= timedelta(days=20)


@pytest.mark.parametrize("weekday", range(7))
def test_any_new_weekday_begins_about_a_fortnight_after_the_last_meeting_called(cast: Cast, weekday: int) -> None:
    last = _called(cast)[-1]
    changed = _change(cast, weekday=weekday, place="x")
    assert changed.anchor_on.weekday() == weekday
    if weekday != cast.yxy.weekday:
        assert last.slot_on is not None
        assert timedelta(days=11) <= changed.anchor_on - last.slot_on <= timedelta(days=17)


def test_the_day_of_joining_stands_once_a_meeting_was_called(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        _change(cast, joins_on=date(2027, 1, 1))
    assert refused.value.code == "joined_already"


def test_another_towns_community_is_not_found(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    with pytest.raises(Refused) as refused:
        change_community(
            town=cast.town, by=cast.who("office"), at=cast.now, community_id=other.yxy.id, name="x", kind="village",
            weekday=1, meets_at=time(9), place="x", joins_on=date(2026, 3, 3),
        )  # fmt: skip
    assert refused.value.code == "not_found"


@pytest.mark.parametrize(
    ("more", "code"),
    [({"name": " "}, "must_bring"), ({"kind": "city"}, "no_such_choice"), ({"weekday": 7}, "no_such_choice")],
)
def test_what_cannot_be_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        _change(cast, **more)
    assert refused.value.code == code


def test_a_cadre_may_not(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        _change(cast, by="cadre", name="x")
    assert refused.value.code == "not_allowed"


def test_adding_calls_the_first_meetings_on_or_after_joining(cast: Cast) -> None:
    added = add_community(
        town=cast.town, by=CLOCK, at=cast.now, code="990112100202", short_code="xin", name="新村", kind="village",
        weekday=3, meets_at=time(18, 30), place="礼堂", joins_on=date(2026, 6, 1),
    )  # fmt: skip
    days = [day_in_china(m.scheduled_at) for m in Meeting.objects.filter(community=added).order_by("scheduled_at")]
    assert added.short_code == "XIN"
    assert len(days) == 3
    assert date(2026, 6, 1) <= days[0] <= date(2026, 6, 14)
