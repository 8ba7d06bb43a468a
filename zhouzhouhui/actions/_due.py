"""At which meeting a matter is due: the rules of rhythm, asked of the meetings that are called."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ..models import Community, Meeting
from ..queries.calendar import calendar_of
from ..queries.quick_rows import rows_where
from ..rules import rhythm
from ..rules.meeting_flow import MeetingKind, MeetingState
from .call_meeting import call_meetings_ahead


@dataclass(frozen=True)
class Due:
    """Exactly one of: a called meeting; a date whose meeting is not called yet; a date at the restricted desk."""

    meeting: Meeting | None = None
    from_on: date | None = None
    desk_on: date | None = None

    def fields(self) -> dict[str, Any]:
        return {"due_meeting": self.meeting, "due_from": self.from_on, "desk_due_on": self.desk_on}

    def facts(self) -> dict[str, str | None]:
        """As the ledger line tells it."""
        return {
            "due": str(self.meeting.id) if self.meeting else None,
            "due_from": self.from_on.isoformat() if self.from_on else None,
        }


NOT_DUE = Due()


def called_meetings(community: Community, at: datetime) -> list[Meeting]:
    """The regular meetings called and still to come after ``at``, in order; some are called first if none is left."""
    called = _called(community, at)
    if called:
        return called
    call_meetings_ahead(community_id=community.successor_id or community.id, at=at)
    return _called(community, at)


def _called(community: Community, at: datetime) -> list[Meeting]:
    asked_before: tuple[datetime, list[Meeting]] | None = getattr(community, "called_known", None)
    if asked_before is not None and asked_before[0] == at:
        return asked_before[1]
    return rows_where(
        Meeting,
        "town_id = %s AND community_id = %s AND state = %s AND kind = %s AND scheduled_at > %s ORDER BY scheduled_at",
        [
            community.town_id, community.successor_id or community.id, MeetingState.CALLED.value,
            MeetingKind.REGULAR.value, at,
        ],
    )  # fmt: skip


def know_called(community: Community, at: datetime) -> None:
    """Ask once for several matters that share this very community and moment."""
    community.called_known = (at, called_meetings(community, at))  # type: ignore[attr-defined]


def due_next(community: Community, at: datetime) -> Due:
    """Raised at a meeting, disputed, reopened, resumed, carried over: the next regular meeting."""
    return Due(meeting=called_meetings(community, at)[0])


def due_for_raise_between(community: Community, at: datetime) -> Due:
    """Raised between meetings: the first regular meeting at least so many working days away (town setting, 3)."""
    called = called_meetings(community, at)
    days = {rhythm.day_in_china(m.scheduled_at): m for m in reversed(called)}
    found = rhythm.due_for_raise_between(
        sorted(days), rhythm.day_in_china(at), community.town.setting("working_days_before"),
        calendar_of(community.town_id),
    )  # fmt: skip
    return Due(meeting=days[found] if found else called[-1])


def due_on_or_after(community: Community, day: date, at: datetime) -> Due:
    """A promise or a review: the first regular meeting on or after its day, or that day while none is called."""
    for meeting in called_meetings(community, at):
        if rhythm.day_in_china(meeting.scheduled_at) >= day:
            return Due(meeting=meeting)
    return Due(from_on=day)


def desk_due(community: Community, at: datetime) -> Due:
    """A restricted matter: the restricted desk's own clock (信访工作条例 art. 22: 15 days; town setting)."""
    return Due(desk_on=rhythm.day_in_china(at) + timedelta(days=community.town.setting("restricted_days")))
