"""Recording late what happened in a meeting."""

from datetime import datetime, timedelta
from typing import Any

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.add_note import add_note
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.actions.break_off_meeting import break_off_meeting
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.late_record import late_record
from zhouzhouhui.actions.mark_not_held import mark_not_held
from zhouzhouhui.actions.raise_matter import NewMatter, Raised
from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.queries.verify import verify


def late(cast: Cast, verb: str, meeting: Meeting, happened_at: datetime, by: str = "recorder", **told: Any) -> Any:
    return late_record(
        verb=verb,
        town_id=cast.town.id,
        meeting_id=meeting.id,
        by=cast.who(by),
        at=cast.now,
        happened_at=happened_at,
        **told,
    )


def test_a_matter_that_reached_the_town_late_counts_as_spoken_then(cast: Cast) -> None:
    meeting = cast.open()
    cast.raise_at(meeting)
    then = cast.later(minutes=1)
    cast.adjourn(meeting)
    cast.open()
    raised = late(
        cast, "raise_matter", meeting, then, items=[NewMatter(words="断网时说的"), NewMatter(words="还有一件")]
    )
    assert isinstance(raised, Raised)
    assert [m.number for m in raised.matters] == ["1-02", "1-03"]
    assert raised.matters[0].raised_at == then


def test_an_answer_given_before_the_hall_broke_up_is_recorded_late(cast: Cast) -> None:
    matter = cast.raised_earlier()
    meeting = cast.open()
    then = cast.later(minutes=1)
    cast.meet(break_off_meeting, meeting, "cadre", reason="停电")
    late(cast, "give_answer", meeting, then, by="cadre", matter_id=matter.id, answer=Answer("A1", "已经整平"))
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.answered_meeting, matter.first_answer_on_time) == ("answered", meeting, True)


def test_what_moved_on_since_is_refused_but_a_note_in_between_does_no_harm(cast: Cast, refusal: Refusal) -> None:
    one = cast.raised_earlier("一")
    meeting = cast.open()
    then = cast.later(minutes=1)
    cast.act(carry_over, one, "cadre", words="等", reason="缺货")
    cast.adjourn(meeting)
    told = {"matter_id": one.id, "answer": Answer("A1", "好了")}
    assert refusal(late, cast, "give_answer", meeting, then, **told) == "changed_meanwhile"
    cast.act(add_note, one, "office", words="记一笔")
    after = cast.now - timedelta(seconds=30)
    late(cast, "carry_over", meeting, after, matter_id=one.id, words="还等", reason="缺货")


def test_a_meeting_held_without_network_is_held_after_all(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    meeting = cast.next_meeting()
    cast.meet(appoint_host, meeting, "office", person=cast.people["cadre"].id)
    cast.now = meeting.scheduled_at + timedelta(hours=25)
    cast.meet(mark_not_held, Meeting.objects.get(id=meeting.id), "clock")
    then = meeting.scheduled_at + timedelta(minutes=10)
    late(cast, "give_answer", meeting, then, by="cadre", matter_id=matter.id, answer=Answer("A1", "当场答了"))
    held = Meeting.objects.get(id=meeting.id)
    assert (held.state, held.number) == ("adjourned", 2)
    assert not Matter.objects.get(id=matter.id).first_due_lost
    assert verify(town_id=cast.town.id).ok


def test_after_a_later_meeting_opened_it_stays_not_held(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.next_meeting()
    cast.meet(appoint_host, meeting, "office", person=cast.people["cadre"].id)
    cast.now = meeting.scheduled_at + timedelta(hours=25)
    cast.meet(mark_not_held, Meeting.objects.get(id=meeting.id), "clock")
    cast.open()
    items = [NewMatter(words="晚了")]
    then = meeting.scheduled_at + timedelta(minutes=1)
    assert refusal(late, cast, "raise_matter", meeting, then, by="cadre", items=items) == "later_meeting_opened"


def test_only_host_or_recorder_only_in_that_meeting_and_only_what_can_be_late(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    then = cast.now
    items = [NewMatter(words="晚了")]
    assert refusal(late, cast, "raise_matter", meeting, then, items=items) == "meeting_not_over"
    cast.adjourn(meeting)
    assert refusal(late, cast, "raise_matter", meeting, then, by="office", items=items) == "not_allowed"
    assert refusal(late, cast, "assign_matter", meeting, then) == "not_a_late_verb"
    for wrong in (cast.now + timedelta(minutes=1), then - timedelta(days=1)):
        assert refusal(late, cast, "raise_matter", meeting, wrong, items=items) == "not_in_that_meeting"
    assert refusal(late, cast, "raise_matter", meeting, then) == "batch_size"


def test_a_step_is_recorded_afterwards_only_on_a_matter(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    then = cast.later(minutes=1)
    cast.adjourn(meeting)
    assert refusal(late, cast, "carry_over", meeting, then, words="等", reason="缺货") == "not_found"


def test_a_meeting_that_is_not_there_has_no_late_records(cast: Cast, refusal: Refusal) -> None:
    nowhere = Meeting(id=cast.town.id)
    assert refusal(late, cast, "raise_matter", nowhere, cast.now, items=[NewMatter(words="晚了")]) == "not_found"
