"""Every role x state x verb of a meeting, against a table written by hand from the procedure."""

from datetime import UTC, datetime, timedelta

import pytest

from zhouzhouhui.rules.meeting_flow import STEPS, MeetingState, check_meeting_step, check_move, may_take
from zhouzhouhui.rules.powers import Role
from zhouzhouhui.rules.refusals import Refused

# verb | who | from>to; "=" stays; "-" is: not called yet
LAW = """
call_meeting      | clock office                   | ->called
move_meeting      | office cadre                   | called=
cancel_meeting    | leader office                  | called>cancelled
appoint_host      | office cadre                   | called= open=
appoint_recorder  | office cadre                   | called= open=
open_meeting      | host recorder                  | called>open
sign_in           | host recorder cadre resident   | open=
adjourn_meeting   | host                           | open>adjourned
break_off_meeting | host office clock              | open>broken_off
mark_not_held     | clock                          | called>not_held
edit_minutes      | recorder cadre                 | adjourned= broken_off= published=
sign_minutes      | leader                         | adjourned= broken_off= published=
publish_minutes   | office                         | adjourned>published broken_off>published published=
"""
ROWS = {
    verb.strip(): (set(who.split()), dict(m.split(">") if ">" in m else (m[:-1], m[:-1]) for m in moves.split()))
    for verb, who, moves in (line.split("|") for line in LAW.strip().splitlines())
}
NOW = datetime(2026, 3, 3, 6, 30, tzinfo=UTC)


def test_the_hand_written_law_has_every_verb() -> None:
    assert set(ROWS) == set(STEPS)


@pytest.mark.parametrize("verb", ROWS)
def test_every_role_in_every_state_may_do_what_the_law_says_and_nothing_else(verb: str) -> None:
    who, moves = ROWS[verb]
    for state in (None, *MeetingState):
        origin = state.value if state else "-"
        for role in Role:
            allowed = role.value in who and origin in moves
            assert _is_taken(verb, state, role) is allowed, (verb, state, role)
            if state is not None:
                assert may_take(verb, state=state, roles=frozenset({role})) is allowed
        if origin in moves:
            assert STEPS[verb].moves[state] == {MeetingState(moves[origin])}


def _is_taken(verb: str, state: MeetingState | None, role: Role) -> bool:
    try:
        check_meeting_step(verb, state=state, roles=frozenset({role}))
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("to", "following", "code"),
    [
        (timedelta(days=1), timedelta(days=14), ""),
        (timedelta(days=1), None, ""),
        (timedelta(days=-1), timedelta(days=14), "time_in_the_past"),
        (timedelta(0), timedelta(days=14), "time_in_the_past"),
        (timedelta(days=14), timedelta(days=14), "move_is_cancellation"),
        (timedelta(days=20), timedelta(days=14), "move_is_cancellation"),
    ],
)
def test_a_meeting_moves_within_the_time_before_the_following_one(
    to: timedelta, following: timedelta | None, code: str
) -> None:
    try:
        check_move(NOW + to, NOW + following if following else None, NOW)
        found = ""
    except Refused as refused:
        found = refused.code
    assert found == code
