"""What each pile of the desk is called, and what is done with it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PILES: dict[str, tuple[str | Promise, str | Promise]] = {
    "to_sign": (_("等您审签"), _("签了才能在会上念；不合适就退回，写明理由。")),
    "to_review": (_("挂账到了复看的时候"), _("能办了就重新办；办不了，写明理由再定一个日子。")),
    "unassigned": (_("还没交办"), _("定一家主办。一个工作日还没交办的会标红。")),
    "returns": (_("申请退单，等裁定"), _("准或者不准，都要写理由。")),
    "asked": (_("会上答应改路径，等确认"), _("当众说过要换一条路，确认以后才换。")),
    "restricted": (_("限阅专岗"), _("涉及到人的事，在会外单独办，按它自己的日子。")),
    "untyped": (_("写在纸上，还没录成字"), _("照片上的原话，一字不改地录进来。")),
    "to_take": (_("还没接单"), _("看过了就接下；不归您管的，一个工作日内退单。")),
    "to_contact": (_("还没先行联系"), _("先问清楚再写答复，提出人更认。")),
    "to_answer": (_("要写答复"), _("写会上念的话。赶在会前送审签。")),
    "sent_back": (_("审签退回，要改"), _("照退回的理由改好，再送一次。")),
    "opinions": (_("等您的会办意见"), _("您是会办：说清楚您这边能做什么。")),
    "promises": (_("答应过的"), _("到日子自动回到会上。办到了，写下凭据。")),
    "ready": (_("待会上答复"), _("签好了，等那次会上念。")),
    "unread": (_("决定还没在会上念"), _("并案、引导、不予受理、挂账，念过才算数。")),
    "late": (_("越过了应答的会"), _("第一次该答的会已经开过，还没有答复。")),
    "disputed": (_("提出人有异议"), _("回到下一次会再答。")),
    "wordless": (_("答了，等提出人的话"), _("问一声解决没有，代他记下来。")),
    "due_soon": (_("两周里到期"), _("您派驻的村居，最近两次会要答的。")),
}
DUES: dict[str, str | Promise] = {
    "7": _("7 天里到期"),
    "14": _("14 天里到期"),
    "late": _("越过了应答的会"),
    "promise": _("答应的日子过了"),
}
SORTS: dict[str, str | Promise] = {
    "due": _("先到期的在前"),
    "newest": _("新提的在前"),
    "oldest": _("早提的在前"),
    "waiting": _("没答过的在前"),
}
