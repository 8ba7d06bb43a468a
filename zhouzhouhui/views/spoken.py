"""Dates, hours, numbers and names as people say them; a number never leaves its unit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.utils.translation import get_language, gettext, ngettext

from zhouzhouhui.rules.rhythm import CHINA, day_in_china

NBSP = "\u00a0"
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Named(Protocol):
    """Whatever has a name, and maybe an English one."""

    name: str
    name_en: str


def is_english() -> bool:
    """Whether the page is read in English now."""
    return (get_language() or "").startswith("en")


def china_day(moment: date | datetime) -> date:
    """The date in China of a moment; a date is itself."""
    return day_in_china(moment) if isinstance(moment, datetime) else moment


def say_day(moment: date | datetime | None, *, year: bool = False) -> str:
    """11 月 24 日 / 24 Nov, with the year when asked."""
    if moment is None:
        return ""
    day = china_day(moment)
    if is_english():
        said = f"{day.day}{NBSP}{MONTHS_EN[day.month - 1]}"
        return f"{said}{NBSP}{day.year}" if year else said
    said = f"{day.month}{NBSP}月{NBSP}{day.day}{NBSP}日"
    return f"{day.year}{NBSP}年{NBSP}{said}" if year else said


def say_weekday(moment: date | datetime | int) -> str:
    """星期二 / Tuesday; a number counts from Monday as 0."""
    place = moment if isinstance(moment, int) else china_day(moment).weekday()
    return WEEKDAYS_EN[place] if is_english() else "星期" + "一二三四五六日"[place]


def say_clock(moment: datetime | time) -> str:
    """06:30, as the clock in China shows it."""
    clock = moment.astimezone(CHINA).time() if isinstance(moment, datetime) else moment
    return f"{clock.hour:02d}:{clock.minute:02d}"


def say_near(moment: date | datetime, today: date) -> str:
    """今天, 明天, 后天, else the day itself."""
    day = china_day(moment)
    near = {0: gettext("今天"), 1: gettext("明天"), 2: gettext("后天")}
    return near.get((day - today).days) or say_day(day)


def say_part_of_day(moment: datetime | time) -> str:
    """早上, 上午, 下午 or 晚上, as one says a time."""
    hour = (moment.astimezone(CHINA) if isinstance(moment, datetime) else moment).hour
    if hour < 9:
        return gettext("早上")
    if hour < 12:
        return gettext("上午")
    return gettext("下午") if hour < 18 else gettext("晚上")


def say_when(moment: datetime, today: date) -> str:
    """明天早上 6:30 / tomorrow 6:30."""
    clock = say_clock(moment).removeprefix("0")
    near = say_near(moment, today)
    part = "" if is_english() else say_part_of_day(moment)
    is_date = near[-1:] == "日"
    return f"{near}{' ' if is_date else ''}{part}{NBSP}{clock}"


def say_weekly(weekday: int, at: time) -> str:
    """星期二早上 6:30 / Tuesday 6:30: the hour of a community."""
    part = "" if is_english() else say_part_of_day(at)
    return f"{say_weekday(weekday)}{part}{NBSP}{say_clock(at).removeprefix('0')}"


def say_nth(number: int | None) -> str:
    """第 28 次 / No. 28; nothing for a meeting that has no number."""
    if number is None:
        return ""
    return f"No.{NBSP}{number}" if is_english() else f"第{NBSP}{number}{NBSP}次"


def say_name(thing: Named | None) -> str:
    """The English name for whoever reads English, where there is one."""
    if thing is None:
        return ""
    return (thing.name_en or thing.name) if is_english() else thing.name


def say_share(part: int, whole: int) -> str:
    """75.0 %, or a dash when there is nothing to divide by."""
    return f"{100 * part / whole:.1f}{NBSP}%" if whole else "–"


def say_count(number: int) -> str:
    """7 条 / 7 matters."""
    if is_english():
        return ngettext("%(n)s 条", "%(n)s 条", number) % {"n": number}
    return f"{number}{NBSP}条"


def say_wait(start: date | datetime, end: date | datetime) -> str:
    """28 天 / 28 days."""
    days = (china_day(end) - china_day(start)) // timedelta(days=1)
    return ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days}


def say_short_hash(digest: str, groups: int = 8) -> str:
    """The first groups of four of a fingerprint, as it is printed on the minutes."""
    return " ".join(digest[place : place + 4] for place in range(0, 4 * groups, 4)).strip()


def say_month(moment: date | datetime, *, short: bool = False) -> str:
    """11月, or 2026年1月 in January (not when `short`): what stands under a stop of the promise line."""
    day = china_day(moment)
    has_year = day.month == 1 and not short
    if is_english():
        month = MONTHS_EN[day.month - 1]
        return f"{month} {day.year}" if has_year else month
    return f"{day.year}年{day.month}月" if has_year else f"{day.month}月"


def say_long_day(moment: date | datetime) -> str:
    """2026 年 11 月 23 日　星期一: the line under the masthead."""
    if is_english():
        return f"{say_weekday(moment)}, {say_day(moment, year=True)}"
    return f"{say_day(moment, year=True)}　{say_weekday(moment)}"


def say_number(number: int) -> str:
    """A whole number; thousands are set apart by a thin space from ten thousand on."""
    return f"{number:,}".replace(",", "\u2009") if number >= 10_000 else str(number)
