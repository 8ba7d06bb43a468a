"""When a meeting's date is lost: what was due there is due at the one after, and the lost date counts against."""

from django.db import models

from ..models import Matter, Meeting
from ._due import called_meetings
from ._meeting_step import Sitting


def heir_of(sitting: Sitting) -> Meeting:
    """The next regular meeting after the one that is lost (called at once when none is)."""
    meeting = sitting.meeting
    after = max(sitting.at, meeting.scheduled_at) if meeting.kind == "regular" else sitting.at
    later = [m for m in called_meetings(meeting.community, after) if m.id != meeting.id]
    return later[0]


def hand_down(meeting: Meeting, heir: Meeting, *, date_lost: bool) -> None:
    """Everything still due at ``meeting`` is due at ``heir`` now."""
    due = Matter.objects.filter(town_id=meeting.town_id, due_meeting_id=meeting.id)
    if date_lost:
        Matter.objects.filter(town_id=meeting.town_id, first_due_meeting_id=meeting.id, answer_count=0).update(
            first_due_lost=True
        )
    due.update(due_meeting=heir, revision=models.F("revision") + 1, undo=None)
