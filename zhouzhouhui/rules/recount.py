"""The institution replayed from one chain of the ledger: where every matter and meeting stands, and why.

Nothing but line bodies goes in. :meth:`Replay.take` follows each line and names what the law does not
allow; :meth:`Replay.tally` counts every figure of design §5 again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from .figures import FACTS, OVER, Figures, Standing, Tally, count_matter, figures_of
from .matter_flow import STEPS, State
from .meeting_flow import STEPS as MEETING_STEPS
from .meeting_flow import MeetingState

Body = Mapping[str, Any]

LOSSES = frozenset({"cancel_meeting", "mark_not_held"})
BORN = frozenset({"raise_matter", "split_matter"})


class Wrong(StrEnum):
    """What a line says that does not follow from the lines before it."""

    UNKNOWN_VERB = "unknown_verb"
    NEVER_RAISED = "never_raised"
    """An act on a matter that no line before it raised."""
    RAISED_TWICE = "raised_twice"
    OTHER_STATE = "other_state"
    """It starts from a state in which the matter or meeting was not."""
    NO_SUCH_STEP = "no_such_step"
    """The law has no such step from there to there."""
    VOIDS_ANOTHER = "voids_another"
    """It voids a line that was not the matter's last one."""
    NOT_DUE = "not_due"
    """What is owed is due nowhere after it."""
    CLOCK_WENT_BACK = "clock_went_back"


@dataclass(slots=True)
class Life:
    """One matter so far."""

    number: str
    state: str | None
    """``None`` until the first line has been followed."""
    due: str | None = None
    due_from: str | None = None
    before: str | None = None
    """The state before the last line."""
    last_line: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def standing(self, first_due_is_over: bool) -> Standing:
        """What figures need of it."""
        told = self.facts
        return Standing(
            state=self.state or "",
            kind=told.get("kind"),
            is_restricted=bool(told.get("is_restricted")),
            is_private=bool(told.get("is_private")),
            outcome=told.get("outcome") or "",
            done_on=told.get("done_on"),
            is_decision_unread=bool(told.get("is_decision_unread")),
            first_due_is_over=first_due_is_over,
            first_due_lost=bool(told.get("first_due_lost")),
            answered_at=told.get("answered_at"),
            first_answer_on_time=told.get("first_answer_on_time"),
            on_the_spot=bool(told.get("on_the_spot")),
            is_carried_over=(told.get("carried_count") or 0) > 0,
            is_disputed=bool(told.get("is_disputed")),
            solved=told.get("solved") or "",
            manner=told.get("manner") or "",
            result=told.get("result") or "",
            word_from=told.get("word_from") or "",
            number_meeting=told.get("number_meeting") or 0,
            raised_at=told["raised_at"],
        )


@dataclass(slots=True)
class Gathering:
    """One meeting so far."""

    state: str
    number: int | None = None
    scheduled_at: str | None = None
    frozen: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Replay:
    """One chain on its way; feed it every line in order."""

    matters: dict[str, Life] = field(default_factory=dict)
    meetings: dict[str, Gathering] = field(default_factory=dict)
    recorded_at: str = ""

    def take(self, body: Body) -> Iterator[Wrong]:
        """Follow one line; yields what is wrong with it, having followed it all the same."""
        recorded = body.get("recorded_at") or ""
        if recorded < self.recorded_at:
            yield Wrong.CLOCK_WENT_BACK
        self.recorded_at = max(self.recorded_at, recorded)
        thing, _, key = (body.get("subject") or "").partition(":")
        if thing == "matter":
            yield from self._matter(key, body)
        elif thing == "meeting":
            yield from self._meeting(key, body)

    def tally(self) -> Tally:
        """Every figure of the chain so far."""
        tally = Tally()
        over = {key for key, meeting in self.meetings.items() if meeting.state in OVER}
        for life in self.matters.values():
            count_matter(tally, life.standing(life.facts.get("first_due_meeting") in over))
        return tally

    def _matter(self, key: str, body: Body) -> Iterator[Wrong]:
        verb, start, end = body["verb"], body.get("from"), body.get("to")
        life = self.matters.get(key)
        if start is None and verb in BORN:
            if life is not None:
                yield Wrong.RAISED_TWICE
            life = self.matters[key] = _begin(body, None)
        elif life is None:
            yield Wrong.NEVER_RAISED
            life = self.matters[key] = _begin(body, start)
        elif start != life.state:
            yield Wrong.OTHER_STATE
        yield from _check_move(verb, start, end, life, body)
        self._follow(life, body)
        owed = life.state in _OWED and not life.facts.get("is_restricted")
        if owed and not (life.due or life.due_from):
            yield Wrong.NOT_DUE

    def _follow(self, life: Life, body: Body) -> None:
        life.before, life.state = life.state, body.get("to") or life.state
        life.last_line = body.get("id") or ""
        for name in ("due", "due_from"):
            if name in body:
                setattr(life, name, body[name])
        for name in FACTS:
            if name in body:
                life.facts[name] = body[name]

    def _meeting(self, key: str, body: Body) -> Iterator[Wrong]:
        verb, start, end = body["verb"], body.get("from"), body.get("to")
        meeting = self.meetings.setdefault(key, Gathering(start or MeetingState.CALLED.value))
        if start is not None and start != meeting.state:
            yield Wrong.OTHER_STATE
        yield from _check_meeting_move(verb, start, end)
        meeting.state = end or meeting.state
        meeting.number = body.get("number") or meeting.number
        meeting.scheduled_at = body.get("scheduled_at") or meeting.scheduled_at
        meeting.frozen = body.get("frozen") or meeting.frozen
        if verb == "late_record":
            self._held_after_all(key)
        if body.get("heir"):
            self._hand_down(key, body["heir"], date_lost=verb in LOSSES)
        for taken in body.get("takes") or ():
            life = self.matters.get(taken)
            if life is not None:
                life.due, life.due_from = key, None
                life.facts["first_due_meeting"] = life.facts.get("first_due_meeting") or key

    def _hand_down(self, meeting: str, heir: str, *, date_lost: bool) -> None:
        for life in self.matters.values():
            if life.due == meeting:
                life.due = heir
            first_due = life.facts.get("first_due_meeting") == meeting
            if date_lost and first_due and not life.facts.get("answer_count"):
                life.facts["first_due_lost"] = True

    def _held_after_all(self, meeting: str) -> None:
        for life in self.matters.values():
            if life.facts.get("first_due_meeting") == meeting and not life.facts.get("answer_count"):
                life.facts["first_due_lost"] = False


def _begin(body: Body, state: str | None) -> Life:
    return Life(body.get("number") or "", state, facts={"raised_at": body["happened_at"]})


_OWED = frozenset({"raised", "assigned", "promised", "shelved"})


def recount(lines: Iterable[Body]) -> Figures:
    """The figures of design §5 out of line bodies alone, of any number of chains one after another or mixed."""
    replays: dict[str, Replay] = {}
    for body in lines:
        for _ in replays.setdefault(body["chain"], Replay()).take(body):
            pass  # what is wrong is named by verify; counting goes on
    total = Tally()
    for replay in replays.values():
        total.add(replay.tally())
    return figures_of(total)


def _check_move(verb: str, start: str | None, end: str | None, life: Life, body: Body) -> Iterator[Wrong]:
    step = STEPS.get(verb)
    if step is None:
        yield Wrong.UNKNOWN_VERB
        return
    if verb == "void_entry":
        if body.get("voids") != life.last_line:
            yield Wrong.VOIDS_ANOTHER
        elif end != (life.before or State.VOIDED.value):
            yield Wrong.NO_SUCH_STEP
        return
    if start is None and verb in BORN:
        return  # a part split off begins in the state of the whole
    origin = State(start) if start in _STATES else None
    if end not in {target.value for target in step.moves.get(origin, ())}:
        yield Wrong.NO_SUCH_STEP


_STATES = frozenset(state.value for state in State)


def _check_meeting_move(verb: str, start: str | None, end: str | None) -> Iterator[Wrong]:
    if verb == "late_record":
        if (start, end) != (MeetingState.NOT_HELD, MeetingState.ADJOURNED):
            yield Wrong.NO_SUCH_STEP
        return
    step = MEETING_STEPS.get(verb)
    if step is None:
        yield Wrong.UNKNOWN_VERB
        return
    known = {state.value: state for state in MeetingState}
    if end not in {target.value for target in step.moves.get(cast(MeetingState, known.get(start or "")), ())}:
        yield Wrong.NO_SUCH_STEP
