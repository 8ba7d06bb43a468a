"""Every published figure by its key: what it is called, and what it means in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .states import COMPUTED, MATTER_STATES

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Meaning:
    """The name of a figure and its definition, in the reader's language."""

    name: Text
    definition: Text


MEANINGS: Mapping[str, Meaning] = {
    "raised": Meaning(_("提出"), _("所有登记的事项，除去已并案、已撤回和登记错了作废的；这三个数另外列在旁边。")),
    "closed_or_answered": Meaning(
        _("办结或答复"),
        _(
            "现在处于已答复、跟踪落实、已办结的，加上已引导并且在会上宣读过的。提出人有异议或者重新办理的，再次答复之前不算。"
        ),
    ),
    "rate": Meaning(_("办结或答复率"), _("办结或答复的件数，除以提出的件数。")),
    "open": Meaning(_("还没有答复"), _("已登记或已交办，还没有在会上答复，或者答复后有异议、正在重新办理。")),
    "answered": Meaning(MATTER_STATES["answered"], _("已经当众答复，正在等提出人说满不满意。")),
    "promised": Meaning(MATTER_STATES["promised"], _("会上给了日期的承诺，还没有办到。到期会自己回到会上。")),
    "closed": Meaning(MATTER_STATES["closed"], _("提出人认可了答复，或者答复后连开两次会都没有人说话。")),
    "referred": Meaning(MATTER_STATES["referred"], _("应当走信访、诉讼、仲裁、12345 等途径，已经告诉提出人怎么走。")),
    "referred_unread": Meaning(_("引导还没有宣读"), _("已决定引导，但还没有在会上宣读，所以不算答复。")),
    "declined": Meaning(MATTER_STATES["declined"], _("不归本镇管，已说明理由和该找谁。不算答复。")),
    "shelved": Meaning(
        MATTER_STATES["shelved"], _("眼下解决不了，公开理由，到复查日再回到会上。不算答复，也不从总数里拿掉。")
    ),
    "merged": Meaning(MATTER_STATES["merged"], _("和另一件说的是同一件事，合在一起办。不在提出数里，列在旁边。")),
    "withdrawn": Meaning(MATTER_STATES["withdrawn"], _("提出人自己撤回。不在提出数里，列在旁边。")),
    "voided": Meaning(MATTER_STATES["voided"], _("登记时手误，几秒钟内作废。不在提出数里，列在旁边。")),
    "restricted": Meaning(COMPUTED["restricted"], _("涉及具体人员的事项，由专人在会外答复。只计数，不公开内容。")),
    "private": Meaning(COMPUTED["private"], _("提出人个人的事，会上只念编号，当面答复。只计数，不公开内容。")),
    "disputed": Meaning(COMPUTED["disputed"], _("提出人说没有解决或不满意，还没有再次答复。")),
    "solved": Meaning(_("实际解决"), _("最近一次答复是“已解决”，提出人没有异议。部分解决和已采纳另计，不加进来。")),
    "partly": Meaning(_("部分解决"), _("最近一次答复是“部分解决”，提出人没有异议。")),
    "adopted": Meaning(_("已采纳"), _("提出的建议已被采纳，提出人没有异议。")),
    "confirmed_by_raiser": Meaning(_("提出人确认解决"), _("答复是“已解决”，提出人自己也说解决了。")),
    "confirmed_by_staff": Meaning(
        _("工作人员代记解决"), _("答复是“已解决”，由工作人员替提出人记下“解决了”；提出人十四天内可以收回。")
    ),
    "lapsed": Meaning(_("到期未评价"), _("答复以后连开两次会没有人评价而办结。算未评价，从不算满意。")),
    "on_time": Meaning(
        _("按期答复"),
        _(
            "在第一次该答复的会上就答复了的，占所有到过期的。会取消或没有开成的，丢掉的那一天算没有按期。当场答复的另计。"
        ),
    ),
    "have_been_due": Meaning(
        _("到过期的"), _("第一次该答复的会已经开完，或者那一天丢掉了。限阅的和当场答复的不在内。")
    ),
    "on_the_spot": Meaning(_("当场答复"), _("在提出的那次会上就答复了。")),
    "carried_over": Meaning(_("有过阶段性答复"), _("至少有一次在会上说明进展和理由，留到下一次会。")),
    "satisfaction": Meaning(
        _("满意情况"),
        _(
            "满意、基本满意、不满意、未评价是四个数，结果和态度分开。比率只在评价过的里面算：满意加基本满意，除以评价过的。有异议的，结果算不满意。"
        ),
    ),
    "to_answer": Meaning(_("从提出到答复"), _("从提出那天到第一次答复那天的天数：中位数，和中间一半的范围。")),
    "to_done": Meaning(_("从提出到办到"), _("只看实际解决的：从提出那天到办到那天的天数。")),
    "voice_curve": Meaning(
        _("声音曲线"), _("每次会提出的事项，按性质数。会外提出的，算在前一次会里。限阅的不分性质。")
    ),
}


def meaning(key: str) -> Meaning:
    """The meaning of a figure by its key in the JSON; ``KeyError`` for what is no figure."""
    return MEANINGS[key]
