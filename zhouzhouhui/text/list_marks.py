"""The marks people put before the items of a list: 1. 1、 (1) （一） ① 一、 第一, Q1: - • and bare numbers.

A mark is *sure* when nothing but a list begins like that, and *unsure* when a sentence may (3.5米, 一、二号楼).
An unsure mark counts only where the numbers beside it say so.
"""

import re
from dataclasses import dataclass

from zhouzhouhui.text.folding import fold

BULLET = "bullet"

_CN = "零〇一二三四五六七八九十百"
_CN_VALUE = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_MEASURE = r"(?:米|元|万|亿|公里|平|吨|%|倍|度|千|小时|岁|级|块|斤|亩|公顷|厘米|毫米|M|K|分|个|公斤|折|亿)"
_TOPIC = r"(?:个问题|个|条|点|项|件|问|题|是)?"

_SURE = (
    ("dot", re.compile(r" *(\d{1,5})[.](?![\d.]) *")),
    ("pause", re.compile(rf" *(\d{{1,5}})、(?![\d{_CN}]) *")),
    ("half bracket", re.compile(r" *(\d{1,4})[)\]] *[、.,:]? *")),
    ("bracket", re.compile(r" *[(\[](\d{1,4})[)\]] *[、.,:]? *")),
    ("cn bracket", re.compile(rf" *[(\[]([{_CN}]{{1,4}})[)\]] *[、.,:]? *")),
    ("cn", re.compile(rf" *([{_CN}]{{1,4}})[、.:](?![\d{_CN}]) *")),
    ("nth", re.compile(rf" *第 ?(\d{{1,4}}|[{_CN}]{{1,4}}) ?{_TOPIC}[、.,: ] *")),
    ("its nth", re.compile(rf" *其([{_CN}]{{1,3}})[、.,:] *")),
    ("question", re.compile(r" *(?:问题|问|Q|NO\.?|编号|序号) ?(\d{1,4}) ?(?:[)、.,:]|(?= )) *")),
)
_UNSURE = (
    ("dot", re.compile(rf" *(\d{{1,4}})[.](?=\d)(?!\d+(?:\.\d+)?[ ]?{_MEASURE})(?!\d{{1,2}}\.\d)")),
    ("pause", re.compile(rf" *(\d{{1,4}})、(?=[\d{_CN}])")),
    ("cn", re.compile(rf" *([{_CN}]{{1,4}})[、.:](?=[\d{_CN}])")),
    ("cn comma", re.compile(rf" *([{_CN}]{{1,3}}), *")),
    ("comma", re.compile(r" *(\d{1,3})[,:] *")),
    ("dash", re.compile(r" *(\d{1,3}) ?-(?![\d]) *")),
    ("blank", re.compile(r" *(\d{1,4}) +(?=\S)")),
)
_ENCLOSED = (
    ("circle", {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x3251 + n): n + 21 for n in range(15)}
     | {chr(0x32B1 + n): n + 36 for n in range(15)}),
    ("black circle", {chr(0x2776 + n): n + 1 for n in range(10)} | {chr(0x24EB + n): n + 11 for n in range(10)}),
    ("enclosed", {chr(0x2474 + n): n + 1 for n in range(20)}),
    ("stopped", {chr(0x2488 + n): n + 1 for n in range(20)}),
    ("cn enclosed", {chr(0x3220 + n): n + 1 for n in range(10)}),
)  # fmt: skip
_BULLETS = re.compile(
    r"\s*(?:[•●○◦▪■□◆◇★☆※►▶➤✓√▲△♦◾‣⁃·]+|[*+](?=\s|[^\d*+])|—{2}|[-–—－](?=\s|[^\d\s\-–—－]))\s*(?=\S)"
)
_BARE = re.compile(r" *(\d{1,4})(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the beginning of a line: its style, number (None for a bullet), length, and whether it is sure."""

    style: str
    value: int | None
    length: int
    sure: bool


def chinese_number(spelled: str) -> int | None:
    """Return the value of 一 to 九百九十九 or of a row of digits; None when it is neither."""
    if spelled.isdigit() and spelled.isascii():
        return int(spelled)
    if not set(spelled) & {"十", "百"}:
        return int("".join(str(_CN_VALUE[sign]) for sign in spelled))
    total, digit = 0, None
    for sign in spelled:
        if sign in "十百":
            total += (1 if digit is None else digit) * (10 if sign == "十" else 100)
            digit = None
        elif sign not in "零〇":
            digit = _CN_VALUE[sign]
    return total + (digit or 0)


def mark_of(line: str) -> Mark | None:
    """Return the mark that ``line`` begins with, or None."""
    stripped = line.lstrip()
    lead = len(line) - len(stripped)
    if not stripped:
        return None
    for style, table in _ENCLOSED:
        value = table.get(stripped[0])
        if value is not None:
            after = re.match(r"[\s、.．,，:：]*", stripped[1:])
            return Mark(style, value, lead + 1 + (after.end() if after else 0), True)
    # a mark is short: folding the head of the line is enough
    folded = fold(line[: lead + 24])
    for sure, patterns in ((True, _SURE), (False, _UNSURE)):
        for style, pattern in patterns:
            if found := pattern.match(folded):
                return Mark(style, chinese_number(found[1]), _length(line, found.end()), sure)
    if found := _BULLETS.match(line):
        return Mark(BULLET, None, found.end(), True)
    return None


def bare_mark_of(line: str) -> Mark | None:
    """Return the number that a line such as 1路灯不亮 begins with; only for lists where every line has one."""
    found = _BARE.match(fold(line[:24]))
    return None if found is None else Mark("bare", int(found[1]), found.end(), True)


def _length(line: str, end: int) -> int:
    while end < len(line) and line[end].isspace():
        end += 1
    return end
