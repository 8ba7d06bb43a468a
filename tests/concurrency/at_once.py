"""Several people at once, each in a thread and a database connection of their own."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

from tests.cast import Cast
from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.queries.verify import verify
from zhouzhouhui.rules.refusals import Refused

LONGEST = 60  # seconds; acts that wait for each other for ever fail the test instead of hanging it


@dataclass
class Outcome:
    """What became of one act: what it returned, or how it was refused."""

    done: Any = None
    refused: Refused | None = None

    @property
    def code(self) -> str:
        return self.refused.code if self.refused else ""


def at_once(*acts: Callable[[], Any]) -> list[Outcome]:
    """Take all acts at the same moment; anything but a refusal fails the test."""
    start = threading.Barrier(len(acts))
    outcomes = [Outcome() for _ in acts]
    faults: list[BaseException] = []

    def run(act: Callable[[], Any], outcome: Outcome) -> None:
        try:
            start.wait(LONGEST)
            outcome.done = act()
        except Refused as refused:
            outcome.refused = refused
        except BaseException as fault:  # told by the test itself, with its own traceback
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(acts, outcomes, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert not any(thread.is_alive() for thread in threads), "acts wait for each other"
    if faults:
        raise faults[0]
    return outcomes


def codes(outcomes: Sequence[Outcome]) -> list[str]:
    return sorted(outcome.code for outcome in outcomes)


def nothing_is_lost(cast: Cast) -> None:
    """What is owed is due at a meeting that is still to be held, and rows and lines agree."""
    owed = Matter.objects.filter(town=cast.town, due_meeting__isnull=False)
    dead = owed.exclude(due_meeting__state__in=["called", "open"])
    assert [(m.number, m.due_meeting and m.due_meeting.state) for m in dead] == []
    assert verify(town_id=cast.town.id).as_json()["findings"] == []


def again(matter: Matter) -> Matter:
    return Matter.objects.get(id=matter.id)


def meeting_again(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(id=meeting.id)
