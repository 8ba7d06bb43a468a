"""Words of the set-up desk: kinds of communities, levels, days of the week and of the calendar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from .states import COMMUNITY_KINDS, Words

__all__ = ["COMMUNITY_KINDS", "DAY_KINDS", "LEVELS", "WEEKDAYS"]

LEVELS: Words = {"town": _("镇级"), "district": _("区级")}
WEEKDAYS: Words = {
    "0": _("星期一"),
    "1": _("星期二"),
    "2": _("星期三"),
    "3": _("星期四"),
    "4": _("星期五"),
    "5": _("星期六"),
    "6": _("星期日"),
}
DAY_KINDS: Words = {
    "holiday": _in("day", "放假"),
    "makeup_workday": _in("day", "调休上班"),
    "workday": _in("day", "上班"),
    "weekend": _in("day", "休息"),
}
