"""Reviewing what was shelved."""

from datetime import timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.review_shelved import review_shelved
from zhouzhouhui.actions.rule_on_return import rule_on_return
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.models import Matter


def shelved(cast: Cast, *, days: int = 60, read: bool = True, **raising: object) -> Matter:
    matter = cast.raise_between(**raising)  # type: ignore[arg-type]
    cast.assign(matter)
    review = cast.now.date() + timedelta(days=days)
    cast.act(shelve_matter, matter, "leader", reason="等规划", level="city", review_on=review)
    if read:
        meeting = cast.open()
        cast.act(read_decision, matter, "cadre")
        cast.adjourn(meeting)
    return matter


def test_resumed_it_is_due_at_the_next_meeting_with_its_lead(cast: Cast) -> None:
    matter = shelved(cast)
    cast.act(review_shelved, matter, "leader", reason="规划下来了")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.review_on, matter.due_meeting) == ("assigned", None, cast.next_meeting())


def test_shelved_on_it_is_read_out_again(cast: Cast, refusal: Refusal) -> None:
    matter = shelved(cast)
    later = cast.now.date() + timedelta(days=90)
    assert refusal(cast.act, review_shelved, matter, "office", reason="") == "must_bring:reason"
    cast.act(review_shelved, matter, "office", reason="还没批", review_on=later)
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.is_decision_unread, matter.due_meeting) == ("shelved", True, cast.next_meeting())


def test_reviewed_while_it_is_due_it_stays_due_there(cast: Cast) -> None:
    matter = shelved(cast, days=10)
    due = Matter.objects.get(id=matter.id).due_meeting
    cast.act(review_shelved, matter, "leader", reason="还没批", review_on=cast.now.date() + timedelta(days=90))
    assert Matter.objects.get(id=matter.id).due_meeting == due is not None


def test_a_review_nobody_made_is_carried_over_aloud(cast: Cast) -> None:
    matter = shelved(cast, days=10)
    cast.open()
    cast.act(carry_over, matter, "cadre", words="还在等市里", reason="规划没批")
    assert Matter.objects.get(id=matter.id).state == "shelved"


def test_without_a_lead_it_is_assigned_first(cast: Cast, refusal: Refusal) -> None:
    matter = shelved(cast)
    Matter.objects.filter(id=matter.id).update(lead_department=None)
    assert refusal(cast.act, review_shelved, matter, "leader", reason="继续办") == "assign_first"
    assert refusal(cast.act, rule_on_return, matter, "office", granted=True, reason="x") == "wrong_state"


def test_a_restricted_one_stays_at_its_desk(cast: Cast) -> None:
    matter = shelved(cast, read=False, words="举报旧案", kind="report")
    cast.act(review_shelved, matter, "office", reason="还在查", review_on=cast.now.date() + timedelta(days=80))
    matter = Matter.objects.get(id=matter.id)
    assert matter.due_meeting is None and matter.is_decision_unread
