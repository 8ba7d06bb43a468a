"""Meetings as a timetable: one line each, the day said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhouzhouhui.models import Meeting
from zhouzhouhui.queries.town_page import due_count
from zhouzhouhui.rules.meeting_flow import MeetingState
from zhouzhouhui.rules.rhythm import day_in_china


@dataclass(frozen=True)
class Line:
    """One meeting. `is_first` says the day; `holds_on` means that the next line is of the same day."""

    meeting: Meeting
    day: date
    due: int
    is_first: bool
    holds_on: bool

    @property
    def is_cancelled(self) -> bool:
        """Shown all the same, so that nobody stands before a closed door."""
        return self.meeting.state == MeetingState.CANCELLED

    @property
    def is_open(self) -> bool:
        """Going on at this moment."""
        return self.meeting.state == MeetingState.OPEN


def timetable(meetings: Sequence[Meeting]) -> list[Line]:
    """The lines of a timetable, in the order given."""
    days = [day_in_china(m.scheduled_at) for m in meetings]
    return [
        Line(
            meeting=meeting,
            day=days[place],
            due=due_count(meeting),
            is_first=place == 0 or days[place - 1] != days[place],
            holds_on=place + 1 < len(days) and days[place + 1] == days[place],
        )
        for place, meeting in enumerate(meetings)
    ]
