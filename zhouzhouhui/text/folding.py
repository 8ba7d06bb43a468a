"""Same-length folding of Chinese text: a place found in the folded text is the place in the original.

Every character maps to exactly one character: full-width digits, letters and signs to half-width, any decimal
digit of Unicode to 0-9, Latin letters to upper case, Chinese dashes and dots to '-' and '.'.
"""

import unicodedata
from functools import lru_cache

_SIGNS = {
    "\u3000": " ", "\u00a0": " ", "\t": " ",
    "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]",
    "：": ":", "；": ";",
    "，": ",", "！": "!", "？": "?", "／": "/", "＃": "#", "＠": "@", "＋": "+", "＿": "_",
    "－": "-", "—": "-", "–": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-", "﹣": "-",
    "．": ".", "·": ".", "•": ".", "・": ".", "‧": ".", "∙": ".", "●": ".", "﹒": ".",
}  # fmt: skip

CHINESE_DIGITS = {
    "零": "0", "〇": "0", "○": "0", "◯": "0",
    "一": "1", "壹": "1", "幺": "1",
    "二": "2", "贰": "2", "三": "3", "叁": "3", "四": "4", "肆": "4", "五": "5", "伍": "5",
    "六": "6", "陆": "6", "七": "7", "柒": "7", "八": "8", "捌": "8", "九": "9", "玖": "9",
}  # fmt: skip
_CHINESE_TABLE = str.maketrans(CHINESE_DIGITS)

ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


def _fold_one(sign: str) -> str:
    if sign < "\x80":
        return sign.upper() if sign != "\t" else " "
    if sign in _SIGNS:
        return _SIGNS[sign]
    if 0xFF01 <= ord(sign) <= 0xFF5E:
        return chr(ord(sign) - 0xFEE0).upper()
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


_fold_known = lru_cache(maxsize=8192)(_fold_one)


def fold(text: str) -> str:
    """Return ``text`` folded to half-width and upper case, of exactly the same length."""
    return "".join(map(_fold_known, text))


def fold_numerals(folded: str) -> str:
    """Return folded text with spoken Chinese digits (零 幺 二 …) as 0-9; 十 and 百 are no digits."""
    return folded.translate(_CHINESE_TABLE)
