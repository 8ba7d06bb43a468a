"""One matter's own promise line: the meetings it passed, asked to answered, promised to kept."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhouzhouhui.models import Matter
from zhouzhouhui.queries.story import Story
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.meeting_flow import HELD

from .board_line import BETWEEN, Axis
from .promise_arcs import Arc, Look, Mark, PromiseLine, Stop
from .spoken import say_day, say_nth, say_wait

MOST_STOPS = 14


def story_line(story: Story) -> PromiseLine | None:
    """The line of a matter; None when no meeting stands on it yet."""
    matter = story.matter
    meetings = [m for m in story.meetings if m.state in HELD or m.id == matter.due_meeting_id]
    meetings = [*meetings[:2], *meetings[2 - MOST_STOPS :]] if len(meetings) > MOST_STOPS else meetings
    if not meetings:
        return None
    axis = Axis(meetings)
    start = axis.raised(matter.number_meeting, is_between=False)
    if matter.is_between:
        start = min(start + BETWEEN, axis.last)
    arcs = [a for a in (_asked(matter, axis, start), _promised(matter, axis)) if a is not None]
    marks: tuple[Mark, ...] = ()
    if matter.promise_on and matter.state in (State.PROMISED, State.ANSWERED, State.CLOSED):
        marks = (Mark(at=axis.at(matter.promise_on), text=_("承诺 %(day)s") % {"day": say_day(matter.promise_on)}),)
    return PromiseLine(stops=_stops(story, axis), arcs=tuple(arcs), label=_label(matter), marks=marks)


def _asked(matter: Matter, axis: Axis, start: float) -> Arc | None:
    due = float(axis.of_id.get(matter.first_due_meeting_id, min(int(start) + 1, axis.last)))  # type: ignore[arg-type]
    if matter.answered_meeting_id is not None and not matter.is_disputed:
        end = float(axis.of_id.get(matter.answered_meeting_id, axis.last))
        note = _answered_note(matter, round(end - due))
        look = Look.ANSWERED
    elif matter.state in (State.RAISED, State.ASSIGNED):
        end = float(axis.of_id.get(matter.due_meeting_id, axis.last))  # type: ignore[arg-type]
        note = _("还没有答复")
        look = Look.OPEN
    else:
        end, note, look = due, "", Look.ANSWERED
    return Arc(start=start, end=end, due=due, look=look, note=note, title=note) if end > start else None


def _answered_note(matter: Matter, over: int) -> str:
    if matter.answered_at is None:
        return ""
    waited = say_wait(matter.raised_at, matter.answered_at)
    if over > 0:
        missed = ngettext("越过 %(n)s 次会", "越过 %(n)s 次会", over) % {"n": over}
        return _("%(missed)s，%(days)s后答复") % {"missed": missed, "days": waited}
    return _("%(days)s后答复") % {"days": waited}


def _promised(matter: Matter, axis: Axis) -> Arc | None:
    given = matter.answered_at
    if matter.promise_on is None or given is None:
        return None
    start = axis.at(given)
    if matter.done_on is not None:
        end, look = axis.at(matter.done_on), Look.KEPT
        note = _("承诺，%(days)s办到") % {"days": say_wait(given, matter.done_on)}
    else:
        end, look = axis.at(matter.promise_on), Look.PROMISE
        note = _("承诺，还在办")
    return Arc(start=start, end=end, look=look, note=note, title=note) if end > start else None


def _stops(story: Story, axis: Axis) -> tuple[Stop, ...]:
    matter = story.matter
    last = next((m.number for m in reversed(axis.meetings) if m.number), 0) or 0
    marked = {matter.answered_meeting_id, matter.due_meeting_id}
    stops = []
    for place, meeting in enumerate(axis.meetings):
        is_held = meeting.state in HELD
        told = place == 0 or meeting.id in marked or place == len(axis.meetings) - 1
        is_next = meeting.id == matter.due_meeting_id and not is_held
        stops.append(
            Stop(
                label=str(meeting.number or last + 1),
                under=say_day(meeting.scheduled_at) if told else "",
                is_held=is_held,
                due=0 if is_next and matter.state == State.SHELVED else None,
            )
        )
    return tuple(stops)


def _label(matter: Matter) -> str:
    """The line in one sentence."""
    parts = [_("%(day)s提出") % {"day": say_day(matter.raised_at)}]
    if matter.answered_meeting is not None and matter.answered_at is not None:
        nth = say_nth(matter.answered_meeting.number)
        parts.append(_("%(day)s%(nth)s会答复") % {"day": say_day(matter.answered_at), "nth": nth})
    if matter.promise_on:
        parts.append(_("承诺 %(day)s") % {"day": say_day(matter.promise_on)})
    if matter.done_on:
        parts.append(_("%(day)s办到") % {"day": say_day(matter.done_on)})
    return _("，").join(parts) + _("。")
