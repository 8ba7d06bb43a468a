"""What another act did between reading and holding the chain; every case made to happen without threads."""

from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions import _ledger, _meanwhile, _take_step, call_meeting
from zhouzhouhui.actions._due import NOT_DUE, Due
from zhouzhouhui.actions._ledger import Overtaken, in_one_transaction
from zhouzhouhui.actions.assign_matter import Lead, assign_matter
from zhouzhouhui.actions.move_meeting import move_meeting
from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.models import LedgerLine, Meeting
from zhouzhouhui.rules.powers import Actor


@pytest.fixture
def writers_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database in which several write at once, as PostgreSQL is."""
    there = SimpleNamespace(features=SimpleNamespace(has_select_for_update=True))
    monkeypatch.setattr(_meanwhile, "connection", there)


@pytest.mark.usefixtures("writers_meet")
def test_an_act_begins_again_when_its_meeting_was_lost_meanwhile(cast: Cast) -> None:
    meeting = cast.open()
    following = cast.next_meeting()
    _meanwhile.check_meetings(None, None)
    _meanwhile.check_meetings(meeting, NOT_DUE)
    _meanwhile.check_meetings(meeting, Due(meeting=following))
    Meeting.objects.filter(id=following.id).update(state="cancelled")
    with pytest.raises(Overtaken):
        _meanwhile.check_meetings(meeting, Due(meeting=following))
    cast.adjourn(meeting)
    with pytest.raises(Overtaken):
        _meanwhile.check_meetings(meeting, None)


def test_an_act_that_was_overtaken_is_taken_again_from_its_beginning(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_ledger, "sleep", lambda seconds: None)
    for fault, tries in ((Overtaken, 6), (IntegrityError, 2)):
        taken: list[bool] = []

        @in_one_transaction
        def act(after: int, fault: type[Exception] = fault, taken: list[bool] = taken) -> str:
            taken.append(transaction.get_connection().in_atomic_block)
            if len(taken) <= after:
                raise fault
            return "done"

        assert act(1) == "done" and taken == [True, True]
        taken.clear()
        with pytest.raises(fault):
            act(99)
        assert len(taken) == tries


def test_the_same_act_sent_twice_at_once_is_taken_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    matter, act_id, hold = cast.raise_between(), uuid4(), _take_step.hold_head
    told = {"route": "town", "lead": Lead(department=cast.szs.id), "act_id": act_id, "at": cast.now}

    def the_first_was_faster(*, community_id: UUID | None, town_id: UUID) -> object:
        monkeypatch.setattr(_take_step, "hold_head", hold)
        cast.act(assign_matter, matter, "office", **told)
        return hold(community_id=community_id, town_id=town_id)

    monkeypatch.setattr(_take_step, "hold_head", the_first_was_faster)
    assert cast.act(assign_matter, matter, "office", **told).state == "assigned"
    assert LedgerLine.objects.filter(matter=matter, verb="assign_matter").count() == 1


def test_one_voice_that_arrives_twice_at_once_is_counted_once(
    cast: Cast, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter, hold = cast.raise_between(), _take_step.hold_head

    def the_first_was_faster(*, community_id: UUID | None, town_id: UUID) -> object:
        monkeypatch.setattr(_take_step, "hold_head", hold)
        cast.act(second_matter, matter, Actor(device="手机"))
        return hold(community_id=community_id, town_id=town_id)

    monkeypatch.setattr(_take_step, "hold_head", the_first_was_faster)
    assert refusal(cast.act, second_matter, matter, Actor(device="手机")) == "seconded_already"


def test_whoever_saw_an_older_state_of_a_meeting_is_told_before_anything_else(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.next_meeting()
    told = {"scheduled_at": meeting.scheduled_at, "reason": "停电"}
    cast.open()
    assert refusal(cast.meet, move_meeting, meeting, "office", seen=0, **told) == "changed_meanwhile"
    assert refusal(cast.meet, move_meeting, meeting, "office", **told) == "wrong_state"
    other = cast.next_meeting()
    Meeting.objects.filter(id=other.id).update(revision=4)
    assert refusal(cast.meet, move_meeting, other, "office", seen=0, **told) == "changed_meanwhile"


def test_of_two_clocks_that_tick_at_once_the_second_finds_the_meetings_called(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = call_meeting.hold_head
    cast.now = cast.next_meeting().scheduled_at

    def the_first_was_faster(*, community_id: UUID | None, town_id: UUID) -> object:
        monkeypatch.setattr(call_meeting, "hold_head", hold)
        call_meeting.call_meetings_ahead(community_id=cast.yxy.id, at=cast.now)
        return hold(community_id=community_id, town_id=town_id)

    monkeypatch.setattr(call_meeting, "hold_head", the_first_was_faster)
    assert call_meeting.call_meetings_ahead(community_id=cast.yxy.id, at=cast.now) == []
    assert Meeting.objects.filter(community=cast.yxy, scheduled_at__gt=cast.now).count() == 3
