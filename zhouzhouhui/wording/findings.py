"""What ``verify`` found, as a sentence: where it is and what it means, never anybody's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "altered": _("内容被改过：和当时的哈希对不上。"),
    "replaced": _("被换过：内容和哈希一起改了，但下一行接的是原来的那一行。"),
    "missing": _("缺失。"),
    "reordered": _("不在自己的位置上：被调换过。"),
    "duplicate": _("重复出现。"),
    "foreign": _("是另一条链的行。"),
    "cut_off": _("链尾被截断：打印出来的链头比现在的最后一行更靠后。"),
    "other_head": _("和打印出来的链头不一致：整条链被重写过。"),
    "head_differs": _("链头和最后一行对不上。"),
    "beyond_head": _("链头之后还有行：有人绕过程序添加过。"),
    "unknown_chain": _("打印的链头属于一条这里没有的链。"),
    "unreadable": _("这一行读不懂。"),
    "columns_differ": _("旁边的检索栏和内容不一致。"),
    "sealed_added": _("多出一段没有登记过的原文（{name}）。"),
    "sealed_gone": _("登记过的一段原文不见了（{name}）。"),
    "words_altered": _("原文被改过（{name}）：和当时的承诺值对不上。"),
    "frozen_figures": _("散会时冻结的数字和之前的记录数出来的不一样：{figures}。"),
    "row_without_lines": _("库里有，但没有任何一行记录说起过它。"),
    "lines_without_row": _("有记录，但库里的事项不见了。"),
    "row_differs": _("“{fact}”和记录不符：记录是 {told}，库里是 {stands}。"),
    "unknown_verb": _("动作不在章程里。"),
    "never_raised": _("这件事项从来没有登记过，却有了后面的动作。"),
    "raised_twice": _("同一件事项登记了两次。"),
    "other_state": _("起点和前面的记录不符。"),
    "no_such_step": _("章程里没有这一步。"),
    "voids_another": _("作废的不是最后一个动作。"),
    "not_due": _("还欠着答复，却没有定在任何一次会上。"),
    "clock_went_back": _("记录时间倒退了。"),
}


def say_finding(
    *, what: str, chain: str, seq: int | None, last: int | None, about: str, facts: Mapping[str, Any]
) -> str:
    """One finding as a sentence in the active language: chain, line, matter, what is wrong."""
    told = {name: _plain(value) for name, value in facts.items()}
    where = [chain]
    if seq is not None:
        lines = f"{seq}–{last}" if last not in (None, seq) else str(seq)
        where.append(_now("第 {lines} 行").format(lines=lines))
    if about:
        where.append(about)
    return _now("{where}：{finding}").format(where=" ".join(where), finding=str(SENTENCES[what]).format(**told))


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one) for one in value)
    return "—" if value in (None, "") else str(value)
