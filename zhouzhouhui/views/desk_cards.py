"""One matter in a list at the desk: its full words, what waits on it, and at which meeting it is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.rules.calendar_days import DayKind, add_working_days
from zhouzhouhui.rules.matter_flow import OWED, State
from zhouzhouhui.rules.meeting_flow import HELD
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.states import kind_word, route_word

from .cards import lead_of
from .spoken import NBSP, say_clock, say_day, say_name, say_near, say_nth, say_weekday

Marks = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class DeskCard:
    """What a list at the desk shows of one matter."""

    matter: Matter
    number: str
    href: str
    words: str
    meta: str
    state: str
    marks: Marks
    when: str
    is_owed: bool
    is_red: bool  # nobody was made responsible within one working day


def full_number(matter: Matter) -> str:
    """YXY-13-08: wherever several communities meet the eye."""
    return f"{matter.community.short_code}-{matter.number}"


def href_of(matter: Matter) -> str:
    """The address of its page at the desk."""
    return f"/desk/m/{matter.id}/"


def words_of(matter: Matter) -> str:
    """Its words as spoken, or why there are none."""
    if matter.words:
        return matter.words
    if matter.awaits_typing:
        return _("写在纸上交来的，还没有录成文字。")
    return _("原话已按要求删去。")


def desk_card(matter: Matter, *, at: datetime, calendar: Mapping[date, DayKind]) -> DeskCard:
    """The card of a matter; ``calendar`` are the town's own days, for the one working day to assign it."""
    today = day_in_china(at)
    red = is_red(matter, today, calendar)
    return DeskCard(
        matter=matter,
        number=full_number(matter),
        href=href_of(matter),
        words=words_of(matter),
        meta="　".join(meta_of(matter)),
        state=look_of(matter),
        marks=marks_of(matter, today, red=red),
        when=due_of(matter, today),
        is_owed=matter.state in OWED,
        is_red=red,
    )


def is_red(matter: Matter, today: date, calendar: Mapping[date, DayKind]) -> bool:
    """Unassigned after one working day (design §4.1)."""
    if matter.state != State.RAISED:
        return False
    return today > add_working_days(day_in_china(matter.raised_at), 1, calendar)


def meta_of(matter: Matter) -> list[str]:
    """Community, class, who leads: one line under the words."""
    pieces = [say_name(matter.community), kind_word(matter.kind), say_name(matter.category), lead_of(matter)]
    if matter.seconds:
        pieces.append(ngettext("附议 %(n)s 人", "附议 %(n)s 人", matter.seconds) % {"n": matter.seconds})
    if matter.is_legacy:
        pieces.append(_("历史遗留"))
    return [piece for piece in pieces if piece]


def look_of(matter: Matter) -> str:
    """Its state, or that its answer is ready for the hall."""
    ready = getattr(matter, "draft_state", None) == "signed" and matter.state in (State.ASSIGNED, State.RAISED)
    return "prepared" if ready else matter.state


def marks_of(matter: Matter, today: date, *, red: bool) -> list[tuple[str, str]]:
    """The computed marks beside its state."""
    marks = []
    draft = getattr(matter, "draft_state", None)
    if red:
        marks.append(("due", _("一个工作日还没交办")))
    if matter.return_asked_at:
        marks.append(("disputed", _("申请退单")))
    if matter.asked_route:
        marks.append(("wrong", _("会上答应改走“%(route)s”") % {"route": route_word(matter.asked_route)}))
    if draft == "prepared":
        marks.append(("carried", _("等审签")))
    if draft == "sent_back":
        marks.append(("disputed", _("审签退回")))
    if is_late(matter):
        marks.append(("overdue", _("越过了会")))
    if matter.is_disputed:
        marks.append(("disputed", _("提出人有异议")))
    if matter.is_decision_unread:
        marks.append(("due", _("决定还没在会上念")))
    if matter.state == State.PROMISED:
        marks.append(_promise_mark(matter, today))
    if matter.carried_in_a_row:
        n = matter.carried_in_a_row
        marks.append(("carried", ngettext("连着延了 %(n)s 次", "连着延了 %(n)s 次", n) % {"n": n}))
    if matter.is_restricted:
        marks.append(("restricted", _("限阅")))
    elif matter.is_private:
        marks.append(("private", _("个人事项")))
    return marks


def _promise_mark(matter: Matter, today: date) -> tuple[str, str]:
    if matter.done_on:
        return ("kept", _("办好了，等会上念"))
    assert matter.promise_on is not None
    if matter.promise_on < today:
        return ("overdue", _("答应 %(day)s，过了") % {"day": say_day(matter.promise_on)})
    return ("promised", _("答应 %(day)s前") % {"day": say_day(matter.promise_on) + NBSP})


def is_late(matter: Matter) -> bool:
    """Past the first meeting it was due at, and never answered."""
    if matter.state not in (State.RAISED, State.ASSIGNED) or matter.answer_count or matter.is_restricted:
        return False
    first = matter.first_due_meeting
    return matter.first_due_lost or (first is not None and first.state in HELD)


def due_of(matter: Matter, today: date) -> str:
    """第 28 次会，11 月 24 日: what is due when; nothing for what is owed no more."""
    if matter.due_meeting is not None:
        return meeting_said(matter.due_meeting, today, number=coming_number(matter))
    if matter.desk_due_on is not None and matter.state in OWED:
        return _("限阅专岗，%(day)s前") % {"day": say_day(matter.desk_due_on) + NBSP}
    if matter.due_from is not None:
        return _("%(day)s以后的第一次会") % {"day": say_day(matter.due_from)}
    return ""


def coming_number(matter: Matter) -> int | None:
    """The number its due meeting has, or will have if every meeting before it is held."""
    assert matter.due_meeting is not None
    if matter.due_meeting.number is not None:
        return matter.due_meeting.number
    ahead, last = getattr(matter, "meetings_ahead", None), getattr(matter, "last_number", None)
    return None if ahead is None or last is None else last + ahead


def meeting_said(meeting: Meeting, today: date, *, number: int | None = None) -> str:
    """第 28 次会，明天; 第 28 次会，11 月 24 日."""
    near = say_near(meeting.scheduled_at, today)
    nth = say_nth(number if number is not None else meeting.number)
    if meeting.kind == "extra":
        return _("加开的会，%(day)s") % {"day": near}
    return _("%(nth)s会，%(day)s") % {"nth": nth, "day": near} if nth else _("%(day)s的会") % {"day": near}


def meeting_head(meeting: Meeting, today: date, *, number: int | None = None) -> str:
    """明天 07:30　银杏苑第 14 次: the head of a group in a queue."""
    near = say_near(meeting.scheduled_at, today)
    day = (
        near
        if (day_in_china(meeting.scheduled_at) - today).days <= 2
        else f"{near} {say_weekday(meeting.scheduled_at)}"
    )
    nth = say_nth(number if number is not None else meeting.number)
    return f"{day} {say_clock(meeting.scheduled_at)}　{say_name(meeting.community)} {nth}".rstrip()
