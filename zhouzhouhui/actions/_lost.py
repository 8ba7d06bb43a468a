"""When a meeting's date is lost: what was due there is due at the one after, and the lost date counts against."""

from django.db.models import BooleanField, Case, F, IntegerField, Q, UUIDField, Value, When

from ..models import Matter, Meeting
from ._due import called_meetings
from ._meeting_step import Sitting


def heir_of(sitting: Sitting) -> tuple[Meeting, list[Meeting]]:
    """The next regular meeting after the one that is lost (called at once when none is), and all called ones."""
    meeting = sitting.meeting
    after = max(sitting.at, meeting.scheduled_at) if meeting.kind == "regular" else sitting.at
    called = called_meetings(meeting.community, sitting.at)
    later = [m for m in called if m.id != meeting.id and m.scheduled_at > after]
    if not later:
        later = [m for m in called_meetings(meeting.community, after) if m.id != meeting.id]
        called = [*called, *later]
    return later[0], called


def hand_down(meeting: Meeting, heir: Meeting, *, date_lost: bool) -> None:
    """Everything still due at ``meeting`` is due at ``heir`` now; a lost date counts against (one query)."""
    here = Q(due_meeting_id=meeting.id)
    lost = Q(first_due_meeting_id=meeting.id, answer_count=0)
    rows = Matter.objects.filter(here | lost if date_lost else here, town_id=meeting.town_id)
    fields = {
        "due_meeting": Case(
            When(here, then=Value(heir.id, UUIDField())), default=F("due_meeting_id"), output_field=UUIDField()
        ),
        "revision": F("revision") + Case(When(here, then=1), default=0, output_field=IntegerField()),
        "undo": None,
    }
    if date_lost:
        fields["first_due_lost"] = Case(
            When(lost, then=Value(True)), default=F("first_due_lost"), output_field=BooleanField()
        )
    rows.update(**fields)
