"""A meeting nobody opened."""

from datetime import timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.mark_not_held import mark_not_held
from zhouzhouhui.models import Matter, Meeting


def test_a_day_after_its_time_the_clock_says_so_in_public(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    meeting = cast.next_meeting()
    cast.now = meeting.scheduled_at + timedelta(hours=23)
    assert refusal(cast.meet, mark_not_held, meeting, "clock") == "still_time_to_open"
    cast.later(hours=1)
    assert refusal(cast.meet, mark_not_held, meeting, "office") == "not_allowed"
    cast.meet(mark_not_held, meeting, "clock")
    assert Meeting.objects.get(id=meeting.id).state == "not_held"
    matter = Matter.objects.get(id=matter.id)
    assert matter.due_meeting == cast.next_meeting() and matter.first_due_lost
