"""Which days are worked: the notice, the town's own table, and years nobody knows yet."""

from datetime import date, timedelta

import pytest

from zhouzhouhui.rules.calendar_days import (
    KNOWN_YEARS,
    DayKind,
    NoWorkingDay,
    add_working_days,
    day_kind,
    holiday_code,
    is_published,
    is_statutory_holiday,
    is_workday,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 9, 30), DayKind.WORKDAY),
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2025, 10, 4), DayKind.HOLIDAY),  # a Saturday inside the holiday
        (date(2025, 9, 28), DayKind.MAKEUP_WORKDAY),
        (date(2026, 11, 21), DayKind.WEEKEND),
        (date(2020, 1, 31), DayKind.HOLIDAY),  # the Spring Festival that was lengthened
    ],
)
def test_the_notice_is_known_day_by_day(day: date, kind: DayKind) -> None:
    assert day_kind(day) is kind
    assert is_workday(day) is (kind in (DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY))
    assert is_statutory_holiday(day) is (kind is DayKind.HOLIDAY)


def test_a_holiday_has_a_code_and_other_days_have_none() -> None:
    assert holiday_code(date(2025, 10, 1)) == "national_day"
    assert holiday_code(date(2025, 9, 28)) is None


def test_a_year_nobody_knows_is_plain_weeks_and_says_so() -> None:
    year = max(KNOWN_YEARS) + 1
    days = [date(year, 1, 1) + timedelta(days=step) for step in range(365)]
    assert {day_kind(day) for day in days} == {DayKind.WORKDAY, DayKind.WEEKEND}
    assert not is_published(year)
    assert not is_published(2003)
    assert all(is_published(known) for known in range(2004, year))


def test_the_towns_table_wins_over_notice_and_week() -> None:
    table = {date(2026, 10, 1): DayKind.WORKDAY, date(2026, 11, 23): DayKind.HOLIDAY}
    assert day_kind(date(2026, 10, 1), table) is DayKind.WORKDAY
    assert day_kind(date(2026, 11, 23), table) is DayKind.HOLIDAY


def test_one_exception_does_not_make_a_year_known_but_its_fixed_holidays_do() -> None:
    year = max(KNOWN_YEARS) + 1
    table = {date(year, 10, 1): DayKind.HOLIDAY}
    assert not is_published(year, table)
    table |= {date(year, 1, 1): DayKind.HOLIDAY, date(year, 5, 1): DayKind.HOLIDAY}
    assert is_published(year, table)


def test_working_days_skip_the_holiday_and_count_the_make_up_days() -> None:
    assert add_working_days(date(2025, 9, 30), 1) == date(2025, 10, 9)
    assert add_working_days(date(2025, 9, 26), 1) == date(2025, 9, 28)
    assert add_working_days(date(2025, 10, 9), 2) == date(2025, 10, 11)
    assert add_working_days(date(2025, 10, 1), 0) == date(2025, 10, 1)


@pytest.mark.parametrize("count", range(1, 30))
def test_counting_working_days_and_adding_them_agree(count: int) -> None:
    start = date(2026, 1, 20)
    end = add_working_days(start, count)
    assert working_days_between(start, end) == count
    assert working_days_between(start, end - timedelta(days=1)) == count - 1


def test_no_working_day_lies_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(date(2026, 3, 5), date(2026, 3, 4)) == 0


def test_a_negative_count_and_a_table_without_work_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 1, 1), -1)
    idle = {date(2026, 1, 1) + timedelta(days=step): DayKind.HOLIDAY for step in range(500)}
    with pytest.raises(NoWorkingDay, match="2026-01-01"):
        add_working_days(date(2026, 1, 1), 1, idle)
