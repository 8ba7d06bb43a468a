"""One matter in a list: its words, who handles it, where it stands, and when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.queries.public_matters import is_prepared, last_reason
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.meeting_flow import HELD
from zhouzhouhui.wording.states import kind_word, outcome_word

from .spoken import say_day, say_name, say_near, say_nth

Marks = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Card:
    """What a list shows of one matter. `marks` are pairs of a mark and its words, beside the state."""

    number: str
    href: str
    words: str
    meta: str
    state: str
    marks: Marks
    when: str
    is_owed: bool
    note: str


def address_of(matter: Matter) -> str:
    """The address of a matter's story."""
    return f"/c/{matter.community.short_code}/m/{matter.number}/"


def words_of(matter: Matter) -> str:
    """The masked words, or why there are none."""
    if matter.public_words:
        return matter.public_words
    if matter.awaits_typing:
        return _("写在纸上交来的，还没有录成文字。")
    return _("原话已按要求删去。")


def card_of(matter: Matter, *, meetings: Sequence[Meeting], today: date, with_place: bool = False) -> Card:
    """The card of a matter on a board; `meetings` are those of its community around now, in order."""
    bold, is_owed, note = _when(matter, today)
    state = "prepared" if is_prepared(matter) and matter.state == State.ASSIGNED else matter.state
    number = f"{matter.community.short_code}-{matter.number}" if with_place else matter.number
    return Card(
        number=number,
        href=address_of(matter),
        words=words_of(matter),
        meta=meta_of(matter),
        state=state,
        marks=marks_of(matter, meetings, today=today),
        when=bold,
        is_owed=is_owed,
        note=note,
    )


def meta_of(matter: Matter) -> str:
    """Category, who leads, how many seconded it: one line under the words."""
    kind = "" if matter.kind == "unknown" else kind_word(matter.kind)
    pieces = [say_name(matter.category) or kind, lead_of(matter)]
    if matter.seconds:
        pieces.append(ngettext("附议 %(n)s 人", "附议 %(n)s 人", matter.seconds) % {"n": matter.seconds})
    if matter.is_legacy:
        pieces.append(_("历史遗留"))
    return "　".join(piece for piece in pieces if piece)


def lead_of(matter: Matter) -> str:
    """镇城建中心主办 / 村居自办; nothing while nobody was made responsible."""
    if matter.lead_department:
        return _("%(name)s主办") % {"name": say_name(matter.lead_department)}
    return _("%(name)s自办") % {"name": say_name(matter.community)} if matter.lead_is_community else ""


def passed(matter: Matter, meetings: Sequence[Meeting]) -> int:
    """How many meetings held since it was first due have gone by without an answer."""
    if matter.first_due_meeting is None or matter.state not in (State.RAISED, State.ASSIGNED):
        return 0
    first = matter.first_due_meeting.scheduled_at
    gone = sum(1 for m in meetings if m.state in HELD and m.scheduled_at >= first)
    return max(gone, 1 if matter.first_due_lost else 0)


def marks_of(matter: Matter, meetings: Sequence[Meeting], *, today: date) -> list[tuple[str, str]]:
    """The computed marks beside its state."""
    marks = []
    if matter.state == State.PROMISED and matter.promise_on and matter.promise_on < today and not matter.done_on:
        marks.append(("overdue", _("过了承诺的日子")))
    gone = passed(matter, meetings)
    if gone and matter.answer_count == 0:
        marks.append(("overdue", ngettext("越过 %(n)s 次会", "越过 %(n)s 次会", gone) % {"n": gone}))
    if matter.is_disputed:
        marks.append(("disputed", _("提出人有异议")))
    if matter.is_decision_unread:
        marks.append(("due", _("决定还没在会上念")))
    if matter.state == State.PROMISED and matter.done_on:
        marks.append(("kept", _("办好了，等会上念")))
    return marks


def _when(matter: Matter, today: date) -> tuple[str, bool, str]:
    """When it is due, whether that is owed (vermilion), and a small note under it."""
    if matter.state == State.PROMISED and matter.promise_on:
        return _("承诺 %(day)s前") % {"day": say_day(matter.promise_on)}, True, _next_said(matter)
    if matter.state == State.SHELVED and matter.review_on:
        return _("%(day)s复核") % {"day": say_day(matter.review_on)}, False, _next_said(matter)
    if matter.due_meeting is not None:
        return due_said(matter.due_meeting, today), True, _note(matter)
    return "", False, _outcome_said(matter)


def due_said(meeting: Meeting, today: date) -> str:
    """第 28 次，明天; a meeting that has no number yet is told by its day."""
    near = say_near(meeting.scheduled_at, today)
    number = say_nth(meeting.number)
    if number:
        return _("%(nth)s，%(day)s") % {"nth": number, "day": near}
    return _("%(day)s的会") % {"day": near}


def _note(matter: Matter) -> str:
    reason = last_reason(matter)
    if reason:
        return _("上次说明：%(reason)s") % {"reason": reason}
    return _raised_said(matter)


def _raised_said(matter: Matter) -> str:
    if matter.is_between:
        return _("%(day)s提出") % {"day": say_day(matter.raised_at)}
    return _("%(nth)s提出") % {"nth": say_nth(matter.number_meeting)}


def _next_said(matter: Matter) -> str:
    if matter.due_meeting is None:
        return _("到日子自动回到会上")
    day = say_day(matter.due_meeting.scheduled_at)
    return _("%(day)s的会上说结果") % {"day": day}


def _outcome_said(matter: Matter) -> str:
    pieces = []
    if matter.answered_meeting is not None:
        pieces.append(_("%(nth)s答复") % {"nth": say_nth(matter.answered_meeting.number)})
    if matter.state == State.ANSWERED:
        pieces.append(_("等提出人评价"))
    elif matter.state == State.CLOSED and matter.outcome:
        pieces.append(outcome_word(matter.outcome))
    return _("，").join(pieces)
