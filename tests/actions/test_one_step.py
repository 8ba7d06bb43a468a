"""What every step shares: strangers, things sent again, two people at once, a clock that goes backwards."""

import json
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.actions.conftest import Refusal
from tests.cast import Cast, build_cast
from zhouzhouhui.actions import _take_step, add_note, move_meeting, take_assignment
from zhouzhouhui.actions._meeting_step import write_meeting
from zhouzhouhui.actions._texts import digest_of
from zhouzhouhui.models import LedgerLine, Matter, Meeting
from zhouzhouhui.rules.refusals import Refused


def test_a_matter_or_meeting_that_is_not_there_or_of_another_town_does_not_exist(cast: Cast, refusal: Refusal) -> None:
    other = build_cast(code="990112900", host="other.test")
    for matter in (other.raise_between(), Matter(id=uuid4())):
        assert refusal(cast.act, add_note.add_note, matter, "office", words="谁") == "not_found"
    for meeting in (other.next_meeting(), Meeting(id=uuid4())):
        told = {"scheduled_at": cast.now + timedelta(days=1), "reason": "停电"}
        assert refusal(cast.meet, move_meeting.move_meeting, meeting, "office", **told) == "not_found"


def test_an_act_sent_again_by_its_sender_is_taken_once(cast: Cast, refusal: Refusal) -> None:
    matter, act_id = cast.raise_between(), uuid4()
    for _ in range(2):
        cast.act(add_note.add_note, matter, "office", words="先问水务", act_id=act_id)
    assert LedgerLine.objects.filter(verb="add_note").count() == 1
    assert refusal(cast.act, add_note.add_note, matter, "office", words="别的", act_id=act_id) == "same_id_other_words"
    assert (
        refusal(cast.act, add_note.add_note, matter, "cadre", words="先问水务", act_id=act_id) == "same_id_other_words"
    )
    other = build_cast(code="990112900", host="other.test")
    stranger = other.raise_between()
    assert refusal(other.act, add_note.add_note, stranger, "office", words="x", act_id=act_id) == "same_id_other_words"


def test_whoever_looked_at_an_older_state_is_told_what_happened_since(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    cast.act(take_assignment.take_assignment, matter, "officer")
    with pytest.raises(Refused) as caught:
        cast.assign(matter, cast.jws, reason="归派出所", seen=0)
    assert caught.value.code == "changed_meanwhile" and caught.value.facts["revision"] == 2
    assert [step["verb"] for step in caught.value.facts["since"]] == ["assign_matter", "take_assignment"]


def test_a_row_that_changed_between_reading_and_writing_is_not_overwritten(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = cast.raise_between()
    hold = _take_step.hold_head

    def somebody_was_faster(*, community_id: UUID | None, town_id: UUID) -> object:
        Matter.objects.filter(id=matter.id).update(revision=7)
        return hold(community_id=community_id, town_id=town_id)

    monkeypatch.setattr(_take_step, "hold_head", somebody_was_faster)
    with pytest.raises(Refused) as caught:
        cast.assign(matter, act_id=uuid4())
    assert caught.value.code == "changed_meanwhile"
    assert not LedgerLine.objects.filter(verb="assign_matter").exists()


def test_a_meeting_that_changed_between_reading_and_writing_is_not_overwritten(cast: Cast) -> None:
    from zhouzhouhui.actions._meeting_step import Turn
    from zhouzhouhui.rules.meeting_flow import MeetingState

    meeting = cast.next_meeting()
    Meeting.objects.filter(id=meeting.id).update(revision=3)
    with pytest.raises(Refused) as caught:
        write_meeting(meeting, Turn(MeetingState.CALLED))
    assert caught.value.code == "changed_meanwhile" and caught.value.facts["revision"] == 3


def test_the_recorded_time_never_goes_back_even_when_a_clock_does(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.act(add_note.add_note, matter, "office", words="一", at=cast.now + timedelta(hours=1))
    cast.act(add_note.add_note, matter, "office", words="二", at=cast.now - timedelta(hours=5))
    recorded = [
        json.loads(line.body)["recorded_at"] for line in LedgerLine.objects.filter(matter=matter).order_by("seq")
    ]
    assert recorded == sorted(recorded)


def test_the_same_things_have_the_same_digest_and_others_another() -> None:
    key = UUID(int=1)
    told = {"day": date(2026, 3, 3), "who": key, "which": frozenset({key}), "what": Refused("x")}
    assert digest_of(told) == digest_of(dict(reversed(told.items())))
    assert digest_of(told) != digest_of({**told, "day": date(2026, 3, 4)})
