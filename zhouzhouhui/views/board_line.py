"""A community's promise line: the rows of its board as stops and arcs, the sentence below, and the table."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.queries.board import ArcRow, Board
from zhouzhouhui.rules.meeting_flow import HELD
from zhouzhouhui.rules.rhythm import CHINA

from .promise_arcs import Arc, Look, PromiseLine, Stop
from .spoken import say_count, say_day, say_month, say_name, say_nth

BETWEEN = 0.45  # where a matter raised between two meetings begins


@dataclass
class Sums:
    """What became of the matters raised at one meeting, or at all of them."""

    raised: int = 0
    on_the_spot: int = 0
    next_time: int = 0
    late: int = 0
    open_late: int = 0
    open_due: int = 0
    told: int = 0  # referred, declined: the decision was read out

    def add(self, name: str, n: int) -> None:
        """Count `n` matters with one fate."""
        self.raised += n
        setattr(self, name, getattr(self, name) + n)


@dataclass
class BoardLine:
    """The drawing's parts, and the same in words and in a table."""

    line: PromiseLine
    total: Sums
    rows: list[tuple[Meeting, Sums]]
    promised: Counter[UUID] = field(default_factory=Counter)


class Axis:
    """The stops of a line of time, and where on it a meeting or a moment lies."""

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        self.meetings = list(meetings)
        self.of_id = {m.id: place for place, m in enumerate(self.meetings)}
        self.of_number = {m.number: place for place, m in enumerate(self.meetings) if m.number is not None}
        self.moments = [m.scheduled_at for m in self.meetings]

    @property
    def last(self) -> float:
        """The last stop."""
        return float(max(len(self.meetings) - 1, 0))

    def raised(self, number: int, *, is_between: bool) -> float:
        """Where a matter with this number begins; before the first stop shown, at the first."""
        place = self.of_number.get(number)
        if place is None:
            return 0.0
        return min(place + (BETWEEN if is_between else 0.0), self.last)

    def at(self, moment: datetime | date) -> float:
        """Where a moment lies between the stops."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(12), tzinfo=CHINA)
        place = bisect_right(self.moments, moment) - 1
        if place < 0:
            return 0.0
        if place >= len(self.moments) - 1:
            return self.last
        whole = (self.moments[place + 1] - self.moments[place]).total_seconds()
        part = (moment - self.moments[place]).total_seconds()
        return place + (part / whole if whole else 0.0)


def board_line(board: Board) -> BoardLine:
    """Everything the promise line of a board shows."""
    axis = Axis(board.meetings)
    sums: dict[int, Sums] = defaultdict(Sums)
    total = Sums()
    groups: dict[tuple[float, float, float, Look], list[ArcRow]] = defaultdict(list)
    for row in board.arcs:
        if row.number_meeting not in axis.of_number:
            continue
        start, end, due, look, fate = _fate(row, axis)
        sums[row.number_meeting].add(fate, row.n)
        total.add(fate, row.n)
        if end > start:
            groups[start, end, due, look].append(row)
    arcs = [_arc(key, rows, board, axis) for key, rows in groups.items()]
    promises = [_promise(p, axis) for p in board.promises]
    arcs.sort(key=lambda a: (not a.note, -(a.end - (a.due if a.due is not None else a.end))))
    everything = _with_few_notes(arcs, [p for p in promises if p is not None])
    line = PromiseLine(stops=_stops(board), arcs=tuple(everything), label=sentence(total, board))
    held = [(m, sums.get(m.number or -1, Sums())) for m in board.meetings if m.state in HELD]
    return BoardLine(line, total, list(reversed(held)))


def _fate(row: ArcRow, axis: Axis) -> tuple[float, float, float, Look, str]:
    """Where an arc begins, ends and was due, how it looks, and what that is called in the sums."""
    start = axis.raised(row.number_meeting, is_between=row.is_between)
    due = axis.of_id.get(row.first_due_meeting_id) if row.first_due_meeting_id else None
    first_due = float(due) if due is not None else min(float(int(start) + 1), axis.last)
    if row.is_open:
        end = axis.of_id.get(row.due_meeting_id, axis.last) if row.due_meeting_id else axis.last
        if row.is_disputed and row.answered_meeting_id in axis.of_id:
            start = float(axis.of_id[row.answered_meeting_id])
            first_due = min(start + 1, axis.last)
        return start, float(end), first_due, Look.OPEN, "open_late" if end > first_due else "open_due"
    if row.answered_meeting_id is None:
        return start, first_due, first_due, Look.ANSWERED, "told"
    end = axis.of_id.get(row.answered_meeting_id, int(first_due))
    if end <= start:
        return start, start, first_due, Look.ANSWERED, "on_the_spot"
    return start, float(end), first_due, Look.ANSWERED, "late" if end > first_due else "next_time"


def _arc(key: tuple[float, float, float, Look], rows: list[ArcRow], board: Board, axis: Axis) -> Arc:
    start, end, due, look = key
    n = sum(row.n for row in rows)
    if end <= due:
        return Arc(start=start, end=end, look=look, due=due, count=n)
    row = rows[0]
    href = title = note = ""
    over = round(end - due)
    missed = ngettext("越过 %(n)s 次会", "越过 %(n)s 次会", over) % {"n": over}
    fate = _("%(missed)s，还没答") if look is Look.OPEN else _("%(missed)s才答")
    said = fate % {"missed": missed}
    number = f"{row.number_meeting}{'+' if row.is_between else '-'}{row.place:02d}"
    if n == 1:
        title = _("%(number)s：%(said)s") % {"number": number, "said": said}
        href = "" if row.is_private else f"/c/{board.community.short_code}/m/{number}/"
    else:
        which = say_nth(row.number_meeting)
        title = _("%(nth)s提的 %(count)s：%(said)s") % {"nth": which, "count": say_count(n), "said": said}
        href = f"/c/{board.community.short_code}/matters/?meeting={row.number_meeting}"
    if over >= 2 or look is Look.OPEN:
        note = title
    return Arc(start=start, end=end, look=look, due=due, count=n, href=href, title=title, note=note)


def _promise(matter: Matter, axis: Axis) -> Arc | None:
    given = matter.answered_at or matter.last_answered_at
    if given is None or matter.promise_on is None:
        return None
    start = axis.at(given)
    if matter.done_on is not None:
        end = axis.at(matter.done_on)
        return Arc(start=start, end=end, look=Look.KEPT, title=_promise_title(matter)) if end > start else None
    end = (
        float(axis.of_id[matter.due_meeting.id])
        if matter.due_meeting and matter.due_meeting.id in axis.of_id
        else axis.last
    )
    if end <= start:
        return None
    title = _promise_title(matter)
    return Arc(start=start, end=end, look=Look.PROMISE, title=title, note=title)


def _promise_title(matter: Matter) -> str:
    what = say_name(matter.category) or matter.number
    if matter.done_on is not None:
        return _("%(what)s：%(day)s办到") % {"what": what, "day": say_day(matter.done_on)}
    return _("%(what)s：承诺 %(day)s前") % {"what": what, "day": say_day(matter.promise_on)}


def _with_few_notes(arcs: list[Arc], promises: list[Arc]) -> list[Arc]:
    """Up to three late arcs and two promises are named: the longest ones."""
    named = [a for a in arcs if a.note][:3]
    promised = sorted((p for p in promises if p.note), key=lambda p: p.start - p.end)[:2]
    keep = {id(a) for a in (*named, *promised)}
    ordered = [*named, *promised, *(a for a in (*arcs, *promises) if id(a) not in keep)]
    return [a if id(a) in keep else _unnamed(a) for a in ordered]


def _unnamed(arc: Arc) -> Arc:
    return Arc(
        start=arc.start, end=arc.end, look=arc.look, due=arc.due, count=arc.count, href=arc.href, title=arc.title
    )  # fmt: skip


def _stops(board: Board) -> tuple[Stop, ...]:
    stops, month = [], 0
    number = next((m.number or 0 for m in reversed(board.meetings) if m.number), 0)
    for meeting in board.meetings:
        is_held = meeting.state in HELD
        number = meeting.number or number + 1
        day = meeting.scheduled_at.astimezone(CHINA)
        is_new = day.month != month
        month = day.month
        is_next = board.next_meeting is not None and meeting.id == board.next_meeting.id
        stops.append(
            Stop(
                label=str(meeting.number or number),
                under=say_month(day) if is_new else "",
                under_short=say_month(day, short=True) if is_new else "",
                is_held=is_held,
                due=board.due_count if is_next else None,
            )
        )
    return tuple(stops)


def sentence(total: Sums, board: Board) -> str:
    """The whole picture in one sentence with figures."""
    held = sum(1 for m in board.meetings if m.state in HELD)
    fates = (
        (total.on_the_spot, _("%(n)s 条当场就答了")),
        (total.next_time, _("%(n)s 条到期就答了")),
        (total.late, _("%(n)s 条越过了会才答")),
        (total.open_late, _("%(n)s 条越过了还没答")),
        (total.open_due, _("%(n)s 条还没到期")),
        (total.told, _("%(n)s 条念了决定")),
    )
    parts = [said % {"n": n} for n, said in fates if n]
    start = _("这 %(held)s 次会，提出 %(raised)s 条") % {"held": held, "raised": total.raised}
    return start + (_("：") + _("，").join(parts) if parts else "") + _("。")
