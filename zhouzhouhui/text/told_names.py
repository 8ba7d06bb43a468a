"""Names the recorder was told, found again in running text: whole, or as surname and title.

Only told names are looked for. Guessing names would star out places and words, and give false safety.
"""

import re
from collections.abc import Iterable, Iterator

from zhouzhouhui.text.folding import ZERO_WIDTH, fold
from zhouzhouhui.text.spans import Span

_COMPOUND = frozenset(re.findall("..", "欧阳司马上官诸葛夏侯东方皇甫尉迟公孙慕容令狐宇文司徒长孙端木澹台钟离"))
_TITLES = (
    "先生|女士|小姐|太太|阿姨|阿婆|阿公|阿伯|阿叔|阿哥|阿姐|叔叔|叔|伯伯|伯父|伯母|伯|大爷|大妈|大叔|大婶|大姐|大哥|大娘|奶奶|爷爷|外婆|婆婆|"
    "师傅|老师|老伯|老师傅|婶婶|婶|嫂子|嫂|姐|哥|老板|医生|教授|经理|同志|同学|书记|主任|镇长|局长|所长|队长|组长|科长|会计|律师|某某|某"
)
_GIVEN_TITLES = "先生|女士|阿姨|叔叔|叔|伯伯|伯|爷爷|奶奶|师傅|老师|哥|姐|嫂|婶|书记|主任|同志"
_TITLE = re.compile(_TITLES)
_GIVEN_TITLE = re.compile(_GIVEN_TITLES)
# 老王庄, 小区, 老王家桥: places and words, nobody's name
_NO_CALLING = re.compile(r"[庄村桥宅泾浜路弄湾区城学组孩子]|家[桥宅村浜弄湾塘角库]")
_BLANKS = " " + ZERO_WIDTH

# words that end in a surname's character: 提高老师待遇 is no 高老师
_WORD_BEFORE = {
    "高": "提最较太很抬升增更", "方": "对双各地官甲乙警校院东四一多我他大西北南资施",
    "王": "国大霸天", "金": "现资租押基奖罚",
    "马": "人骑车上", "于": "由关对等至位属终处", "任": "责主信担上现前", "江": "长",
    "张": "夸紧主扩一", "万": "百千一十几两", "许": "也允或", "常": "经正非日平通",
    "全": "安完", "向": "方一", "应": "反对相供", "包": "承面",
    "车": "汽电骑停开", "管": "主水保城", "时": "小当及平同", "段": "路地阶",
    "石": "岩", "田": "农", "白": "明", "杨": "白",
    "林": "园树森绿", "何": "任如", "文": "语中公", "程": "工过",
    "年": "今去明", "成": "完", "房": "住租", "党": "入",
}  # fmt: skip


def _surname(name: str) -> str:
    return name[:2] if name[:2] in _COMPOUND and len(name) > 2 else name[:1]


def _is_chinese(name: str) -> bool:
    return all("\u3400" <= sign <= "\u9fff" or sign >= "\U00020000" for sign in name)


def _places(folded: str, piece: str) -> Iterator[int]:
    at = folded.find(piece)
    while at != -1:
        yield at
        at = folded.find(piece, at + 1)


def _end_of_whole(folded: str, start: int, letters: str) -> int | None:
    """Return where the name beginning at ``start`` ends, blanks between characters allowed; None if it is none."""
    at = start
    for number, letter in enumerate(letters):
        if number:
            blanks = 0
            while blanks < 2 and at < len(folded) and folded[at] in _BLANKS:
                at, blanks = at + 1, blanks + 1
        if at >= len(folded) or folded[at] != letter:
            return None
        at += 1
    return at


def _whole(folded: str, letters: str) -> Iterator[Span]:
    is_chinese = _is_chinese(letters)
    for start in _places(folded, letters[0]):
        end = _end_of_whole(folded, start, letters)
        if end is None:
            continue
        beside = (folded[start - 1 : start], folded[end : end + 1])
        if is_chinese or not any(sign.isascii() and sign.isalnum() for sign in beside):
            yield Span(start, end, "name")


def _titled(folded: str, name: str) -> Iterator[Span]:
    """Yield the surname before a title or after 老 and 小, and the given name before a title."""
    surname = _surname(name)
    guard = _WORD_BEFORE.get(surname, "")
    for start in _places(folded, surname):
        end = start + len(surname)
        before = folded[start - 1 : start]
        has_title = _TITLE.match(folded, end) is not None and not (before and before in guard)
        is_called = before in ("老", "小") and _NO_CALLING.match(folded, end) is None
        if has_title or is_called:
            yield Span(start, end, "name")
    given = name[len(surname) :]
    if len(given) == 2:
        for start in _places(folded, given):
            if _GIVEN_TITLE.match(folded, start + 2):
                yield Span(start, start + 2, "name")


def find_names(folded: str, names: Iterable[str]) -> Iterator[Span]:
    """Yield where a told name stands in a folded text; of 王阿姨 or 老王 only the surname's characters."""
    for raw in sorted(set(names)):
        name = "".join(sign for sign in fold(raw) if sign not in _BLANKS)
        if len(name) < 2:
            continue
        yield from _whole(folded, name)
        if _is_chinese(name) and len(name) <= 4:
            yield from _titled(folded, name)
