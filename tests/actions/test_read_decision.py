"""Reading a decision out."""

import json
from datetime import timedelta

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.refer_matter import refer_matter
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.models import LedgerLine, Matter

DECLINED = {"reason": "不归镇里管", "instead": "请打区里热线"}


def test_a_decision_stays_on_the_agenda_until_the_hall_has_heard_it(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raised_earlier()
    cast.act(decline_matter, matter, "office", **DECLINED)
    meeting = cast.open()
    assert refusal(cast.adjourn, meeting) == "unspoken_left"
    cast.act(read_decision, matter, "cadre")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.is_decision_unread, matter.due_meeting) == ("declined", False, None)
    assert refusal(cast.act, read_decision, matter, "cadre") == "already_read"
    cast.adjourn(meeting)
    body = json.loads(LedgerLine.objects.get(verb="read_decision").body)
    assert body["read"] is True and body["decision"] == "declined"


def test_a_shelved_matter_comes_back_at_its_review(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    review = cast.now.date() + timedelta(days=80)
    cast.act(shelve_matter, matter, "leader", reason="等市里规划", level="city", review_on=review)
    cast.open()
    cast.act(read_decision, matter, "recorder")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.due_from, matter.due_meeting) == (review, None)


def test_of_a_restricted_matter_it_is_told_to_the_raiser(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between("举报乱收费", kind="report")
    cast.act(refer_matter, matter, "office", path="纪检", reason="属于纪检职责")
    assert refusal(cast.act, read_decision, matter, "office") == "must_bring:told_on"
    cast.act(read_decision, matter, "office", told_on=cast.now.date())
    assert not Matter.objects.get(id=matter.id).is_decision_unread
    shelved = cast.raise_between("举报旧案", kind="report")
    cast.assign(shelved)
    review = cast.now.date() + timedelta(days=30)
    cast.act(shelve_matter, shelved, "leader", reason="等核查", level="district", review_on=review)
    cast.act(read_decision, shelved, "office", told_on=cast.now.date())
    assert Matter.objects.get(id=shelved.id).desk_due_on == review
