"""Numbers that belong to one person: phones, identity cards, plates, bank cards, chat accounts, e-mail.

Works on folded text (``folding.fold``). Public numbers (12345, 110, 400-…), prices, dates and the numbers of
official papers are left alone: a public page on which 12345 is starred out says less than it should.
"""

import re
from collections.abc import Iterator

from zhouzhouhui.text.folding import ZERO_WIDTH, fold_numerals
from zhouzhouhui.text.spans import Span

_GAP = rf"[ \-.,、{ZERO_WIDTH}]{{0,2}}"
_MOBILE_GROUPS = (
    "3 4 4",
    "11",
    "3 8",
    "4 4 3",
    "4 3 4",
    "3 3 5",
    "3 5 3",
    "5 6",
    "6 5",
    "7 4",
    "5 3 3",
    "2 9",
)


def _grouped(groups: str) -> str:
    first, *rest = (int(size) for size in groups.split())
    head = rf"1[3-9]\d{{{first - 2}}}"
    return head + "".join(rf"{_GAP}\d{{{size}}}" for size in rest)


_MOBILE = re.compile(
    r"(?<![\d])(?<!\d\.)(?:(?:\+|00)?86" + _GAP + r")?"
    r"(?:" + "|".join(map(_grouped, _MOBILE_GROUPS)) + r"|1(?:[ \-]\d){10})"
    r"(?!\d)(?!-\d{1,2}-\d)(?!\.\d+(?:元|万|块))(?!万|元|平方)"
)  # fmt: skip

_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_AREA_LANDLINE = re.compile(
    rf"(?<![\d.])(?:(?:\+|00)?86[ \-]?)?[(]?{_AREA}[)]?[ \-]{{0,2}}[2-9]\d{{2,3}}[ \-]?\d{{4}}(?!\d)"
    r"(?:(?:-|转|EXT\.?)\d{1,5}(?!\d)|(?:[、/,或][2-9]\d{6,7}(?!\d))+)?"
)
_CALL_CUE = r"(?:电话|座机|固话|致电|来电|拨打|联系方式|联系|回电|打给我|号码|TEL)"
_CUED_LANDLINE = re.compile(
    rf"{_CALL_CUE}(?:号码|号)?(?:是|为|我|他|她)?[:. ]{{0,2}}([2-9]\d{{2,3}}[ \-]?\d{{4}})(?!\d)(?!年|元|万)"
)
_DATE_LIKE = re.compile(r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")

_ID_18 = re.compile(rf"(?<!\d)\d{{6}}[ \-{ZERO_WIDTH}]?\d{{8}}[ \-{ZERO_WIDTH}]?\d{{3}}[\dX*](?![\dA-Z])")
_ID_15 = re.compile(r"(?<!\d)\d{15}(?!\d)")
_ID_CUE = re.compile(r"身份证|证件号|公民身份")
# first two digits of 区划代码: 11-15, 21-23, 31-37, 41-46, 50-54, 61-65, 71, 81-83
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

_PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PLATE_PROVINCES}] ?[A-HJ-NP-Z][ .\-]{{0,2}}"
    r"(?=[A-HJ-NP-Z]{0,4}\d)(?:[A-HJ-NP-Z0-9]{6}|[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学警港澳使领])(?![A-Z0-9])"
)
_CUED_PLATE = re.compile(
    r"车牌(?:号码|号)?(?:是|为|叫)?[: ]{0,2}((?=[A-Z]{0,4}\d|[A-Z]{5,6}\d)[A-Z0-9]{5,7})(?![A-Z0-9])"
)

_CARD = re.compile(rf"(?<!\d)[3-6]\d{{3}}(?:[ \-{ZERO_WIDTH}]?\d{{4}}){{2,3}}[ \-{ZERO_WIDTH}]?\d{{1,4}}(?!\d)")
_CUED_CARD = re.compile(
    r"(?:银行卡|卡号|账号|帐号|账户|工资卡|存折)(?:号码|号)?(?:是|为)?[: ]{0,2}(\d(?:[ \-]?\d){11,18})(?!\d)"
)

_EMAIL = re.compile(r"(?<![A-Z0-9._%+-])[A-Z0-9._%+-]{1,64} ?@ ?[A-Z0-9-]{1,63}(?:\.[A-Z0-9-]{2,63}){1,4}")

_CHAT_CUE = r"(?:微信|薇信|(?<![A-Z])(?:WECHAT|WEIXIN|WX|VX|V信|QQ)|扣扣)"
_CHAT = re.compile(
    _CHAT_CUE + r"(?P<told>(?:帐号|账号|号码|号|ID)?(?:我?[是为叫加]|就是)?[: \-]{0,3})"
    r"(?P<handle>[A-Z][A-Z0-9_\-]{5,19}|[1-9]\d{4,10}(?=\D|$))(?![A-Z0-9_])"
)
_CHAT_WORDS = frozenset({"ANDROID", "WINDOWS", "WECHAT", "WEIXIN", "IPHONE", "HARMONYOS"})


def _valid_birth(year: int, month: int, day: int) -> bool:
    return 1900 <= year <= 2049 and 1 <= month <= 12 and 1 <= day <= 31


def id_checksum_holds(digits: str) -> bool:
    """Whether 18 characters carry the check character of GB 11643-1999 (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return "10X98765432"[total % 11] == digits[17]


def luhn_holds(digits: str) -> bool:
    """Whether a card number carries the check digit of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _bare(matched: str) -> str:
    return re.sub(r"[^\dX*]", "", matched)


def _cued(folded: str, start: int, cue: re.Pattern[str]) -> bool:
    return cue.search(folded, max(0, start - 12), start) is not None


def _identity_cards(folded: str) -> Iterator[Span]:
    for found in _ID_18.finditer(folded):
        digits = _bare(found.group())
        year, month, day = int(digits[6:10]), int(digits[10:12]), int(digits[12:14])
        is_card = digits[:2] in _PROVINCES and _valid_birth(year, month, day)
        # region + recent date + serial is how offices number their papers: there the check character decides
        if is_card and year > 2009 and "*" not in digits:
            is_card = id_checksum_holds(digits)
        if is_card or _cued(folded, found.start(), _ID_CUE):
            yield Span(found.start(), found.end(), "id_number")
    for found in _ID_15.finditer(folded):
        digits = found.group()
        plausible = (
            digits[:2] in _PROVINCES
            and int(digits[6:8]) >= 30  # cards of 15 digits were made for births up to 1999
            and _valid_birth(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
        )
        if plausible or _cued(folded, found.start(), _ID_CUE):
            yield Span(found.start(), found.end(), "id_number")


def _cards(folded: str) -> Iterator[Span]:
    for found in _CARD.finditer(folded):
        digits = _bare(found.group())
        if 15 <= len(digits) <= 19 and luhn_holds(digits):
            yield Span(found.start(), found.end(), "bank_card")
    for found in _CUED_CARD.finditer(folded):
        yield Span(found.start(1), found.end(1), "bank_card")


def _phones(folded: str) -> Iterator[Span]:
    for spelled in (folded, fold_numerals(folded)):
        for found in _MOBILE.finditer(spelled):
            yield Span(found.start(), found.end(), "phone")
        for found in _AREA_LANDLINE.finditer(spelled):
            start = found.start()
            text = found.group()
            # "(021)" keeps its brackets together; a lone "(" before the area code belongs to the sentence
            if text.startswith("(") and ")" not in text:
                start += 1
            yield Span(start, found.end(), "landline")
        for found in _CUED_LANDLINE.finditer(spelled):
            if not _DATE_LIKE.fullmatch(found.group(1)):
                yield Span(found.start(1), found.end(1), "landline")


def _chat_accounts(folded: str) -> Iterator[Span]:
    for found in _CHAT.finditer(folded):
        handle, told = found["handle"], found["told"].strip(" -")
        if handle in _CHAT_WORDS or (not told and handle.isalpha()):
            continue
        if handle.isdigit() and found.group().startswith(("微信", "薇信")) and not told:
            continue  # 微信20000人: a count, not an account
        yield Span(found.start("handle"), found.end("handle"), "wechat")


def _plates(folded: str) -> Iterator[Span]:
    for found in _PLATE.finditer(folded):
        yield Span(found.start(), found.end(), "plate")
    for found in _CUED_PLATE.finditer(folded):
        yield Span(found.start(1), found.end(1), "plate")


_HAS_DIGIT = re.compile(r"\d")
_SPOKEN_RUN = re.compile(rf"(?:[0-9零〇○◯一壹幺二贰三叁四肆五伍六陆七柒八捌九玖][()]?{_GAP}){{7}}")


def find_numbers(folded: str) -> Iterator[Span]:
    """Yield every personal number of a folded text; spans of different kinds may overlap."""
    if "@" in folded:
        for found in _EMAIL.finditer(folded):
            yield Span(found.start(), found.end(), "email")
    yield from _chat_accounts(folded)
    if _SPOKEN_RUN.search(folded):
        yield from _phones(folded)
    if _HAS_DIGIT.search(folded):
        yield from _identity_cards(folded)
        yield from _cards(folded)
        yield from _plates(folded)
