"""The list of categories a new town may begin with: ten groups of five, a restricted one, and 其他.

Kept in both languages because they become rows that the town edits, not strings of the interface.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandardCategory:
    """One category; ``parent`` is the code of its group, '' for a group."""

    code: str
    name: str
    name_en: str
    parent: str = ""
    by_community: bool = False
    is_restricted: bool = False


# code name|English: members, each name|English; * the community answers by default, ! restricted
_GROUPS = """
01 动迁安置|Relocation: 动拆迁补偿|Compensation; 安置房分配|Allocation of flats;
   安置房质量|Defects of flats; 产证办理|Property certificates; 历史遗留承诺|Old promises*
02 社保救助|Insurance and relief: 社会保险|Social insurance; 医疗保险|Medical insurance;
   养老金|Pensions; 就业|Work; 帮困救助|Relief
03 房屋物业|Housing: 物业服务|Property management*; 房屋修缮渗漏|Repairs and leaks;
   业委会与维修资金|Owners' committee and repair fund; 小区停车|Parking*; 电梯与充电|Lifts and charging
04 小区设施|Facilities: 积水排水|Drainage; 门前道路|Paths;
   路灯照明|Street lamps; 健身点|Fitness spots; 便民设施|Small conveniences*
05 公共安全|Public safety: 技防设施|Security equipment; 河边护栏|River railings;
   消防通道|Fire lanes; 治安|Public order; 用电用气|Power and gas
06 交通出行|Getting about: 公交线路|Bus lines; 道路通行|Roads;
   信号与标志|Signals and signs; 占道停车|Parking in the way; 非机动车|Bicycles*
07 环境卫生|Environment: 垃圾清运|Waste; 河道水质|Waterways;
   油烟噪音|Fumes and noise; 绿化|Greenery; 厕所与除害|Toilets and pests
08 秩序管理|Order: 违法搭建|Unlawful building; 群租|Crowded letting;
   毁绿占地|Land taken; 犬只管理|Dogs; 高空抛物|Things thrown down*
09 公共服务|Services: 就医|Medical care; 入学入托|Schools and nurseries;
   养老服务|Care of the old; 文体活动|Culture and sports*; 办事窗口|Counters
10 村居事务|Community affairs: 村务账目|Village accounts*; 集体资产|Common property*;
   选举与议事|Elections and deliberation*; 土地承包|Land contracts; 干部作风|Conduct of cadres!
99 其他|Other
"""


def _parsed() -> tuple[StandardCategory, ...]:
    found: list[StandardCategory] = []
    for line in re.sub(r"\n +", " ", _GROUPS).strip().splitlines():
        head, _, members = line.partition(": ")
        code, _, names = head.partition(" ")
        name, _, name_en = names.partition("|")
        found.append(StandardCategory(code, name, name_en, by_community=not members))
        for number, member in enumerate(filter(None, members.split("; ")), 1):
            mark = member[-1] if member[-1] in "*!" else ""
            name, _, name_en = member.rstrip("*!").partition("|")
            found.append(StandardCategory(f"{code}{number:02}", name, name_en, code, mark == "*", mark == "!"))
    return tuple(found)


STANDARD: tuple[StandardCategory, ...] = _parsed()
