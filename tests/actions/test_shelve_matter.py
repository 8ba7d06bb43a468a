"""Shelving."""

from datetime import timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.models import Matter


def test_a_leader_shelves_with_a_reason_a_level_and_a_review_within_a_quarter(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    due, today = matter.due_meeting, cast.now.date()

    def shelve(by: str = "leader", **changed: object) -> str:
        told = {"reason": "等规划", "level": "city", "review_on": today + timedelta(days=60), **changed}
        return refusal(cast.act, shelve_matter, matter, by, **told)

    assert shelve(by="office") == "not_allowed"
    assert shelve(level="天") == "no_such_choice:level"
    assert shelve(reason="") == "must_bring:reason"
    assert shelve(review_on=today) == "review_within_a_quarter"
    assert shelve(review_on=today + timedelta(days=120)) == "review_within_a_quarter"
    cast.act(shelve_matter, matter, "leader", reason="等规划", level="city", review_on=today + timedelta(days=60))
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.is_decision_unread, matter.due_meeting) == ("shelved", True, due)
