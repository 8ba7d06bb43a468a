"""What is wrong with one field of a call, in a few words that say how to write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def fault_sentence(kind: str, context: Mapping[str, Any]) -> str:
    """The words for a fault that the reader of fields names by ``kind``, with its limits from ``context``."""
    said = {
        "missing": _("没有填"),
        "extra_forbidden": _("没有这一项"),
        "string_type": _("要写成文字"),
        "string_too_long": _("太长，最多 {max_length} 个字"),
        "string_too_short": _("太短"),
        "string_pattern_mismatch": _("写法不对"),
        "int_type": _("要写成整数"),
        "int_parsing": _("要写成整数"),
        "int_from_float": _("要写成整数"),
        "int_parsing_size": _("数太大"),
        "greater_than_equal": _("太小，最少 {ge}"),
        "less_than_equal": _("太大，最多 {le}"),
        "bool_type": _("要写 true 或 false"),
        "bool_parsing": _("要写 true 或 false"),
        "uuid_type": _("要写成 UUID"),
        "uuid_parsing": _("要写成 UUID"),
        "list_type": _("要写成一列"),
        "too_long": _("太多，最多 {max_length} 个"),
        "too_short": _("太少，最少 {min_length} 个"),
        "model_type": _("要写成一个对象"),
        "model_attributes_type": _("要写成一个对象"),
        "dict_type": _("要写成一个对象"),
        "date_type": _("日期写成 2026-03-17"),
        "date_parsing": _("日期写成 2026-03-17"),
        "date_from_datetime_parsing": _("日期写成 2026-03-17"),
        "date_from_datetime_inexact": _("日期写成 2026-03-17"),
        "datetime_type": _("时间写成 2026-03-17T06:30:00+08:00"),
        "datetime_parsing": _("时间写成 2026-03-17T06:30:00+08:00"),
        "datetime_from_date_parsing": _("时间写成 2026-03-17T06:30:00+08:00"),
        "timezone_aware": _("时间要带时区，写成 2026-03-17T06:30:00+08:00"),
        "out_of_time": _("年份要在 2000 到 2199 之间"),
        "literal_error": _("要从列出的几项里选"),
    }.get(kind, _("写法不对"))
    return said.format_map(_Limits(context))


class _Limits(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"
