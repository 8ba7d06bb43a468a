"""Where somebody lives, down to the door: building and room, stairwell and room, a numbered house.

A building alone (3号楼电梯坏了) is a place, not a person, and stays. So do metro lines, bus numbers, dates,
counts and the numbers of official papers. Works on folded text.
"""

import re
from collections.abc import Iterator

from zhouzhouhui.text.spans import Span

_CN = "零〇○一二三四五六七八九十百"
_CN_DIGIT = "零〇○一二三四五六七八九"
_N = rf"(?:\d{{1,4}}|[{_CN}]{{1,4}}|[A-Z]\d{{0,2}}|[甲乙丙丁东南西北])"
_S = r"[ \-,]?"
# storey 1-40 and door 01-29 where nothing else says that it is a room
_ROOM_LIKE = rf"(?:(?:[1-9]|[1-3]\d|40)(?:0[1-9]|[12]\d)(?:[A-Z](?![A-Z]))?|[{_CN_DIGIT}]{{3,4}})"
_ROOM_SAID = rf"(?:[A-Z]?\d{{2,4}}[A-Z]?|[{_CN}]{{3,6}})"
# a number followed by one of these counts or measures something
_UNIT = (
    r"(?![\d%℃.:]|[ ]?(?:元|块|万|千|百|多|余|来|人(?!家)|户(?!主|内|型|口|籍)|名|位|个|只|辆|台|度|分|"
    r"米|平|年|月|日|路|天|次|件|条|棵|盏|"
    r"吨|斤|公里|公斤|小时|弄|线|级|把|张|份|根|支|套|幢|栋|楼|号楼|号线|班|期|毫米|厘米|KM|KG|M))"
)
_BUILDING = rf"{_N}[ ]?(?:号楼|号|幢|栋|座|#楼?)"
_BUILDING_SURE = rf"{_N}[ ]?(?:号楼|幢|栋|座|#楼?)"
_STAIR = rf"{_N}[ ]?(?:单元|门栋|门洞)"
_STOREY = rf"(?:\d{{1,2}}|[{_CN}]{{1,3}})(?:楼|层)"
_DOOR_WORD = r"(?:室|房间|号房(?![子屋东产租地])|号室|房(?![子屋东产租地])|号(?!线|楼|文|院|地块))"

_EDGE = rf"(?<![\d{_CN}第A-Z])(?<!\d-)"
_ROOM_NAMED = re.compile(
    # anything that ends in 502室: the building, stairwell and storey before it go with it
    rf"(?:{_EDGE}(?:{_BUILDING}{_S})?(?:{_STAIR}{_S})?(?:{_STOREY}{_S})?|(?<![\d{_CN}])(?<!\d-)){_ROOM_SAID}[ ]?"
    rf"(?:室(?!内|外|温|[一二两三四五六\d]厅)|号室|号房(?![子屋东产租地]))"
    rf"(?:[、,和及与]{_ROOM_SAID}室)*"
)
_ROOM_OF_BUILDING = re.compile(
    rf"{_EDGE}(?:{_BUILDING_SURE}{_S}(?:{_STAIR}{_S})?(?:{_STOREY}{_S})?|{_BUILDING}{_S}(?:{_STAIR}{_S})(?:{_STOREY}{_S})?"
    rf"|{_STAIR}{_S}(?:{_STOREY}{_S})?|{_STOREY}{_S}(?=\d)){_ROOM_LIKE}(?:{_DOOR_WORD}|{_UNIT})"
    rf"(?:[、,和及与]{_ROOM_LIKE}(?:{_DOOR_WORD}|{_UNIT}))*"
)
_LIVES = r"(?:住|家在|家是|搬到|搬进|门牌号?|地址|业主|租客|租户)"
_ROOM_WHERE_LIVED = re.compile(
    rf"(?:{_LIVES}[^。;!?\n]{{0,16}}?|\d弄{_S})(?<![\d月{_CN}])(?P<place>(?:\d{{1,4}}|[{_CN}]{{1,4}})号{_S}{_ROOM_LIKE}(?:{_DOOR_WORD}|{_UNIT}))"
)
_DASHED = r"(?<![\d\-/.])(?:[A-Z]|\d{1,3})[\-/#](?:\d{1,2}[\-/])?(?:[1-9]|[1-3]\d)(?:0[1-9]|[12]\d)"
_DASHED_ROOM = re.compile(
    rf"(?P<place>{_DASHED}(?:室|房(?![子屋东产租])|号房|住户|业主|户主|(?=的?(?:业主|住户|租户|租客|邻居|人家))))"
)
_DASHED_WHERE_LIVED = re.compile(
    rf"(?:{_LIVES}|室号|房号|我家|我是|我们家|隔壁|楼上|楼下|邻居)[^。;!?\n\d]{{0,10}}(?P<place>{_DASHED})(?![\d\-/.]){_UNIT}"
)
_HOUSE = r"(?:\d{1,4}|[零〇一二三四五六七八九十百]{1,5})号"
_NOT_HOUSE = (
    r"(?!线|楼|院|桥|文|台风|地块|公告|选手|车|路|泵|机|码|通知|令|开|上午|下午|早|晚|中午|之前|以前|之后|以后|"
    r"前|后|那天|到|至|左右|召开|[ ]?[\d(])"
)
_HOUSE_IN_GROUP = re.compile(
    rf"(?:\d{{1,3}}|[{_CN}]{{1,3}})(?:村民小?组|小?组|生产队|队)[ ,]?(?P<place>{_HOUSE}){_NOT_HOUSE}"
)
_HOUSE_WHERE_LIVED = re.compile(
    rf"(?:(?<!居)住(?!户|宅|房)|家在|门牌号?[码是为:]?)(?:[^。,;!?\n\d号月]{{0,14}}?(?:\d{{1,4}}(?:弄|支弄))?)(?<![\d月第{_CN}])(?P<place>{_HOUSE}){_NOT_HOUSE}"
)


def find_rooms(folded: str) -> Iterator[Span]:
    """Yield doors and numbered houses of a folded text; a span ends with the door, never before it."""
    for pattern in (_ROOM_NAMED, _ROOM_OF_BUILDING):
        for found in pattern.finditer(folded):
            yield Span(found.start(), found.end(), "room")
    for pattern in (
        _ROOM_WHERE_LIVED,
        _DASHED_ROOM,
        _DASHED_WHERE_LIVED,
        _HOUSE_IN_GROUP,
        _HOUSE_WHERE_LIVED,
    ):
        for found in pattern.finditer(folded):
            yield Span(found.start("place"), found.end("place"), "room")
