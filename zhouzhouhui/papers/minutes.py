"""Minutes draft themselves from what the meeting's ledger and the answers say; people then edit and sign them."""

from __future__ import annotations

from django.utils.translation import override

from zhouzhouhui.models import Matter
from zhouzhouhui.queries.agenda import Agenda, Item
from zhouzhouhui.rules.rhythm import CHINA
from zhouzhouhui.wording.states import kind_word, outcome_word, state_word

CAME = {"resident": "居民", "cadre": "干部", "department": "部门", "delegate": "代表委员"}
SPOKEN = {"give_answer": "答复", "carry_over": "阶段性答复", "read_decision": "宣读决定"}


def draft_minutes(agenda: Agenda) -> str:
    """The draft of a 纪要, in plain text: head, answers to earlier matters, what was newly raised, what is open.

    Private and restricted matters are told by number or count only; names of residents never stand here.
    """
    with override("zh-hans"):
        parts = [_head(agenda), _answers(agenda), _raised(agenda), _open(agenda)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(agenda: Agenda) -> str:
    meeting = agenda.meeting
    began = (meeting.opened_at or meeting.scheduled_at).astimezone(CHINA)
    ended = meeting.ended_at.astimezone(CHINA) if meeting.ended_at else None
    lines = [
        f"{meeting.community.name}第 {meeting.number} 次周周会纪要",
        f"时间：{began:%Y 年 %-m 月 %-d 日 %H:%M}" + (f" 至 {ended:%H:%M}" if ended else ""),
        f"地点：{meeting.place}",
        f"主持：{'、'.join(a.person.name for a in agenda.hosts) or '未记'}",
        f"记录：{'、'.join(a.person.name for a in agenda.recorders) or '未记'}",
    ]
    if agenda.came:
        lines.append("到会：" + "，".join(f"{CAME[kind]} {n} 人" for kind, n in sorted(agenda.came.items())))
    if meeting.state == "broken_off":
        lines.append(f"会议中断：{meeting.reason}。没有说到的事项：{'、'.join(meeting.unspoken) or '无'}。")
    return "\n".join(lines)


def _answers(agenda: Agenda) -> str:
    if not agenda.spoken:
        return "一、上次事项的答复\n本次会没有到期的事项。"
    return "一、上次事项的答复\n" + "\n".join(_answer(item) for item in agenda.spoken)


def _answer(item: Item) -> str:
    matter = item.matter
    said = SPOKEN.get(item.spoken, "")
    if matter.is_private:
        return f"{matter.number} 个人事项一件，{said}。"
    lines = [f"{matter.number} “{matter.public_words}”", *(f"　　{line}" for line in _said(item, said))]
    if item.grouped:
        lines.append("　　（与其他事项合并说明）")
    return "\n".join(lines)


def _said(item: Item, said: str) -> list[str]:
    """What was said in answer, line by line, in the words of that meeting."""
    matter, words = item.matter, item.said
    if item.spoken == "give_answer":
        lines = [f"{said}（{outcome_word(item.outcome)}）：{words.get('words', '')}"]
        if words.get("basis"):
            lines.append(f"依据：{words['basis']}")
        if item.promise_on:
            lines.append(f"承诺：{item.promise_on:%Y 年 %-m 月 %-d 日}前办到。")
        return lines
    if item.spoken == "carry_over":
        told = (("", "words"), ("原因：", "reason"), ("下一步：", "new_step"), ("负责领导：", "leader"))
        lines = [f"{label}{words[name]}" for label, name in told if words.get(name)]
        return [f"{said}：{lines[0]}", *lines[1:]] if lines else [said]
    decided = "；".join(item.decision[name] for name in ("path", "reason", "instead") if item.decision.get(name))
    decision = f"{said}（{state_word(matter.state)}）"
    return [f"{decision}：{decided}" if decided else decision]


def _raised(agenda: Agenda) -> str:
    shown = [m for m in agenda.raised if not m.is_private]
    private = len(agenda.raised) - len(shown)
    lines = ["二、本次新提的事项", *(_new(matter) for matter in shown)]
    if private:
        lines.append(f"另有个人事项 {private} 件，不公开内容。")
    if len(lines) == 1:
        lines.append("本次会没有新提的事项。")
    return "\n".join(lines)


def _new(matter: Matter) -> str:
    return f"{matter.number} （{kind_word(matter.kind)}）“{matter.public_words or '纸质表格，待录入'}”"


def _open(agenda: Agenda) -> str:
    return "三、以上新提事项，在下一次周周会上当面答复。"
