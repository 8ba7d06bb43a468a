"""What each line of the ledger is called when the public reads a matter's story."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .states import Words

# Steps the public story leaves out: notes among those at work on it, and who stands in at the restricted desk.
INTERNAL = frozenset({"add_note", "name_substitute"})

STEPS: Words = {
    "raise_matter": _("在会上提出"),
    "assign_matter": _("交办"),
    "take_assignment": _("承办单位接下了"),
    "record_contact": _("先行联系"),
    "request_return": _("承办单位请求退回"),
    "rule_on_return": _("对退回的裁定"),
    "give_opinion": _("会办单位的意见"),
    "draft_answer": _("答复写好了，等领导签"),
    "sign_answer": _("领导签了，等会上念"),
    "send_back_answer": _("领导退回重写"),
    "give_answer": _("当面答复"),
    "answer_restricted": _("当面答复"),
    "keep_promise": _("承诺办到"),
    "carry_over": _("会上念了阶段性答复"),
    "read_decision": _("决定在会上念了"),
    "accept_answer": _("提出人的话"),
    "revoke_word": _("提出人收回了代记的话"),
    "dispute_answer": _("提出人有异议"),
    "lapse_answer": _("没有回话，自动办结"),
    "shelve_matter": _("挂账：暂时办不了"),
    "review_shelved": _("复核挂账"),
    "refer_matter": _("引导到法定途径"),
    "decline_matter": _("不予受理"),
    "merge_matter": _("并到另一件里"),
    "unmerge_matter": _("恢复单独办理"),
    "withdraw_matter": _("提出人撤回"),
    "void_entry": _("上一步记错了，当场撤销"),
    "reopen_matter": _("重新办理"),
    "split_matter": _("拆成几件，分别办理"),
    "second_matter": _("有人附议"),
    "link_matters": _("和别的事项相关联"),
    "add_photo": _("补了照片"),
    "urge": _("有人催办"),
    "mask_words": _("公开的文字隐去了一些内容"),
    "mark_private": _("改变了是否公开"),
    "mark_restricted": _("改变了是否限阅"),
    "erase_words": _("按要求删去了原话"),
    "correct_record": _("更正"),
}
CONTACTS: Words = {
    "phone": _("打了电话"),
    "visit": _("上门走访"),
    "talk": _("当面谈过"),
    "message": _("发了信息"),
    "not_reached": _("没有联系上"),
}
