"""What states, kinds, routes, outcomes and the raiser's words are called: one name everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

Words = Mapping[str, str | Promise]

MATTER_STATES: Words = {
    "raised": _("已登记"),
    "assigned": _("已交办"),
    "answered": _("已答复"),
    "promised": _("跟踪落实"),
    "shelved": _("挂账"),
    "closed": _("已办结"),
    "referred": _("已引导"),
    "declined": _("不予受理"),
    "merged": _("已并案"),
    "withdrawn": _("已撤回"),
    "voided": _("已作废"),
}
# Computed, never stored: they stand beside a state.
COMPUTED: Words = {
    "overdue": _("越过了会"),
    "due": _("到期"),
    "prepared": _("待会上答复"),
    "disputed": _("提出人有异议"),
    "supervised": _("督办中"),
    "contacted": _("已先行联系"),
    "carried": _("阶段性答复"),
    "kept": _("承诺办到"),
    "private": _("个人事项"),
    "restricted": _("限阅"),
}
MEETING_STATES: Words = {
    "called": _("已召集"),
    "open": _("正在开"),
    "adjourned": _("已散会"),
    "broken_off": _("中断"),
    "cancelled": _("取消"),
    "not_held": _("没有开成"),
    "published": _("纪要已公布"),
}
MARKS = frozenset(MATTER_STATES) | frozenset(COMPUTED) | frozenset(MEETING_STATES)
KINDS: Words = {
    "question": _("咨询"),
    "request": _("求助"),
    "complaint": _("投诉"),
    "report": _("举报"),
    "suggestion": _("建议"),
    "praise": _("表扬"),
    "unknown": _("未明"),
}
ROUTES: Words = {
    "on_the_spot": _("当场"),
    "spot": _("当场"),
    "community": _("村居自办"),
    "town": _("镇级办理"),
    "district": _("提请区级协调"),
    "special": _("专题会"),
    "inquiry": _("问计"),
    "hotline": _("转 12345"),
    "delegate": _("转代表建议"),
    "petition": _("导入信访或法定途径"),
}
OUTCOMES: Words = {
    "A1": _("已解决"),
    "A2": _("部分解决"),
    "A3": _("已采纳"),
    "B": _("正在解决"),
    "C": _("列入计划"),
    "D1": _("留作参考"),
    "D2": _("解释说明"),
    "E": _("引导到法定途径"),
}
SOLVED: Words = {"solved": _("解决了"), "partly": _("解决了一部分"), "explained": _("接受解释")}
CONTENT: Words = {"satisfied": _("满意"), "basically": _("基本满意"), "not": _("不满意")}
CHANNELS: Words = {
    "meeting": _("会上提出"),
    "desk": _("到村居办公室提出"),
    "phone": _("打电话提出"),
    "web": _("网上提出"),
    "delegate": _("请代表委员转交"),
    "paper": _("写在纸上提出"),
}
LEVELS: Words = {"town": _in("level", "镇级"), "district": _in("level", "区级"), "city": _in("level", "市级")}
COMMUNITY_KINDS: Words = {"village": _("村"), "neighbourhood": _("居民区")}


def state_word(state: str) -> str:
    """The word for a matter's state or a computed mark; the code itself when there is none."""
    return str(MATTER_STATES.get(state) or COMPUTED.get(state) or state)


def meeting_state_word(state: str) -> str:
    """The word for a meeting's state."""
    return str(MEETING_STATES.get(state, state))


def word_of(words: Words, code: str) -> str:
    """The word for a class in one of the tables above; nothing for no class, the code for an unknown one."""
    return str(words.get(code, code)) if code else ""


def kind_word(kind: str) -> str:
    """咨询, 求助 …"""
    return word_of(KINDS, kind)


def route_word(route: str) -> str:
    """镇级办理 …"""
    return word_of(ROUTES, route)


def outcome_word(outcome: str) -> str:
    """已解决, 解释说明 …"""
    return word_of(OUTCOMES, outcome)
