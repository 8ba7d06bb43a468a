"""Filters and tags of our templates; built in (settings), so no template loads them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zhouzhouhui.models import Community
from zhouzhouhui.wording.states import MARKS, meeting_state_word, outcome_word, state_word

from . import spoken

register = template.Library()

register.filter("clock", spoken.say_clock)
register.filter("nth", spoken.say_nth)
register.filter("weekday", spoken.say_weekday)
register.filter("outcome", outcome_word)
register.filter("words_of", lambda words: str(words).split())
register.filter("long_day", spoken.say_long_day)
register.filter("name", spoken.say_name)
register.filter("number", spoken.say_number)
register.filter("count", spoken.say_count)
register.filter("part_of_day", spoken.say_part_of_day)
register.filter("short_hash", spoken.say_short_hash)


@register.filter
def day(moment: date | datetime | None) -> str:
    """11 月 24 日."""
    return spoken.say_day(moment)


@register.filter
def day_and_year(moment: date | datetime | None) -> str:
    """2026 年 11 月 24 日."""
    return spoken.say_day(moment, year=True)


@register.filter
def near(moment: date | datetime, today: date) -> str:
    """明天."""
    return spoken.say_near(moment, today)


@register.filter
def when(moment: datetime, today: date) -> str:
    """明天早上 6:30."""
    return spoken.say_when(moment, today)


@register.filter
def listed(names: list[str]) -> str:
    """东塘、西塘."""
    return gettext("、").join(names)


@register.simple_tag
def weekly(community: Community) -> str:
    """星期二早上 6:30 / Tuesday 6:30: when a community meets."""
    return spoken.say_weekly(community.weekday, community.meets_at)


@register.filter
def hour(moment: datetime | time) -> str:
    """6:30, without the leading nought."""
    return spoken.say_clock(moment).removeprefix("0")


@register.filter
def word_in(key: str, words: Any) -> str:
    """The word for a code in a table of words; the code itself where the table has none."""
    return str(words.get(key, key))


@register.filter
def share(part: int, whole: int) -> str:
    """75.0 %."""
    return spoken.say_share(part, whole)


@register.simple_tag
def state_mark(state: str, *, small: bool = False, words: str = "") -> SafeString:
    """A matter's state, or a computed mark: its shape and its word (`words` replaces the usual one)."""
    return _mark(state, words or state_word(state), small=small)


@register.simple_tag
def meeting_mark(state: str, *, small: bool = False) -> SafeString:
    """A meeting's state: its shape and its word."""
    return _mark(state, meeting_state_word(state), small=small)


def _mark(look: str, word: str, *, small: bool) -> SafeString:
    shape = look if look in MARKS else "raised"
    return format_html('<span class="state state--{}{}">{}</span>', shape, " small" if small else "", word)


@register.simple_tag
def in_percent(part: int, whole: int) -> str:
    """A share as an SVG length, "75.00%": how long a bar is."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: object) -> str:
    """The query string of this page with some values changed; an empty value leaves the key out."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = str(value)
    return "?" + query.urlencode() if query else "?"
