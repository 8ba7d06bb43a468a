"""After each thing that happens in any order: nobody is without a next meeting, nothing owed without a due."""

from datetime import timedelta

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.cast import Cast, build_cast
from tests.queries.test_any_life import Life
from zhouzhouhui.actions.adjourn_meeting import unspoken
from zhouzhouhui.jobs.clock import tick
from zhouzhouhui.models import Community, Matter, Meeting
from zhouzhouhui.queries.verify import verify
from zhouzhouhui.rules.matter_flow import OWED, State
from zhouzhouhui.rules.refusals import Refused


class Town(Life):
    """A life in which clocks tick too, and the host adjourns at any moment, whether or not all was said."""

    def clock(self) -> None:
        tick(town=self.cast.town, at=self.cast.now)

    def adjourn_anyway(self) -> None:
        meeting = Meeting.objects.filter(community=self.cast.yxy, state="open").first()
        if meeting is None:
            return
        left = unspoken(meeting)
        if left:
            with pytest.raises(Refused) as caught:
                self.cast.adjourn(meeting)
            assert caught.value.code == "unspoken_left" and len(caught.value.facts["matters"]) == len(left)
        else:
            assert self.cast.adjourn(meeting).state == "adjourned"

    def one(self, kind: str) -> None:
        self.try_one({"hall": self.hall, "speak": self.speak, "handle": self.handle, "words": self.words}[kind])


KINDS = ("hall", "hall", "speak", "speak", "handle", "words", "clock", "adjourn_anyway")


def check(cast: Cast) -> None:
    """What holds at every moment."""
    for community in Community.objects.filter(town=cast.town):
        ahead = Meeting.objects.filter(community=community, kind="regular", state__in=["called", "open"])
        assert ahead.exists(), f"{community.name} has no next meeting"
    owed = Matter.objects.filter(town=cast.town, state__in=[*OWED, State.SHELVED])
    nowhere = owed.filter(due_meeting=None, due_from=None, desk_due_on=None)
    assert not nowhere.exists()
    dead = Matter.objects.filter(due_meeting__isnull=False).exclude(due_meeting__state__in=["called", "open"])
    assert [(m.number, m.state) for m in dead] == [], "due at a meeting that is over"
    assert not Matter.objects.filter(due_meeting__isnull=False, is_restricted=True).exists()
    assert not Matter.objects.filter(due_meeting__isnull=False).exclude(due_meeting__town_id=F("town_id")).exists()
    unread = Matter.objects.filter(is_decision_unread=True, due_meeting=None, is_restricted=False)
    assert [(m.number, m.state) for m in unread] == [], "a decision that no hall will hear"


class AnyTown(TestCase):
    @settings(
        max_examples=5, deadline=None, derandomize=True, print_blob=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(
        seed=st.integers(0, 2**32 - 1),
        steps=st.lists(
            st.tuples(st.sampled_from(KINDS), st.sampled_from([0, 0, 1, 26, 24 * 8])), min_size=25, max_size=60
        ),
    )
    def test_nothing_is_ever_lost(self, seed: int, steps: list[tuple[str, int]]) -> None:
        town = Town(build_cast(), seed)
        for kind, hours in steps:
            town.cast.later(hours=hours, minutes=1)
            if kind in ("clock", "adjourn_anyway"):
                getattr(town, kind)()
            else:
                town.one(kind)
            check(town.cast)
        assert verify(town_id=town.cast.town.id).as_json()["findings"] == []


@pytest.mark.django_db
def test_a_year_of_silence_loses_nothing() -> None:
    """Nobody comes for a year, and the clock looks in once a month: still due, still somewhere to meet."""
    cast = build_cast()
    matter = cast.raise_between("一年没人来开会。")
    for _ in range(12):
        cast.later(days=30)
        while tick(town=cast.town, at=cast.now):
            check(cast)
    due = Matter.objects.select_related("due_meeting").get(id=matter.id).due_meeting
    assert due is not None and due.scheduled_at > cast.now - timedelta(hours=24)
    assert verify(town_id=cast.town.id).as_json()["findings"] == []
    assert cast.next_meeting() == due
