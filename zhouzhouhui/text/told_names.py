"""Names the recorder was told, found again in running text: whole, or as surname and title.

Only told names are looked for. Guessing names would star out places and words, and give false safety.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from zhouzhouhui.text.folding import ZERO_WIDTH, fold
from zhouzhouhui.text.spans import Span

_COMPOUND = frozenset(
    re.findall("..", "欧阳司马上官诸葛夏侯东方皇甫尉迟公孙慕容令狐宇文司徒长孙端木澹台钟离")
)
_TITLES = (
    "先生|女士|小姐|太太|阿姨|阿婆|阿公|阿伯|阿叔|阿哥|阿姐|叔叔|叔|伯伯|伯父|伯母|伯|大爷|大妈|大叔|大婶|大姐|大哥|大娘|奶奶|爷爷|外婆|婆婆|"
    "师傅|老师|老伯|老师傅|婶婶|婶|嫂子|嫂|姐|哥|老板|医生|教授|经理|同志|同学|书记|主任|镇长|局长|所长|队长|组长|科长|会计|律师|某某|某"
)
_GIVEN_TITLES = "先生|女士|阿姨|叔叔|叔|伯伯|伯|爷爷|奶奶|师傅|老师|哥|姐|嫂|婶|书记|主任|同志"
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


def _whole(name: str) -> str:
    """Return a pattern for the name itself, blanks between its characters allowed."""
    letters = [re.escape(sign) for sign in name if not sign.isspace() and sign not in ZERO_WIDTH]
    if _is_chinese(name):
        return rf"[ {ZERO_WIDTH}]{{0,2}}".join(letters)
    return r"(?<![A-Z0-9])" + r" ?".join(letters) + r"(?![A-Z0-9])"


def _titled(name: str) -> Iterator[str]:
    surname = _surname(name)
    before = _WORD_BEFORE.get(surname, "")
    guard = f"(?<![{before}])" if before else ""
    yield rf"{guard}(?P<told>{surname})(?=(?:{_TITLES}))"
    yield rf"(?<=[老小])(?P<told>{surname})(?![庄村桥宅泾浜路弄湾区城学组孩]|家[桥宅村浜弄湾塘角库])(?!子)"
    given = name[len(surname) :]
    if len(given) == 2:
        yield rf"(?P<told>{given})(?=(?:{_GIVEN_TITLES}))"


@lru_cache(maxsize=256)
def _patterns(names: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str | int], ...]:
    found: list[tuple[re.Pattern[str], str | int]] = []
    for raw in sorted(names, key=len, reverse=True):
        name = fold(raw).strip().strip(ZERO_WIDTH)
        if len(name) < 2:
            continue
        found.append((re.compile(_whole(name)), 0))
        if _is_chinese(name) and 2 <= len(name) <= 4:
            found.extend((re.compile(pattern), "told") for pattern in _titled(name))
    return tuple(found)


def find_names(folded: str, names: Iterable[str]) -> Iterator[Span]:
    """Yield where a told name stands in a folded text; of 王阿姨 or 老王 only the surname's characters."""
    for pattern, group in _patterns(tuple(sorted(set(names)))):
        for found in pattern.finditer(folded):
            yield Span(found.start(group), found.end(group), "name")
