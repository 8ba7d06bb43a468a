"""Replaying a chain: what lines say is followed, what they may not say is named, and figures come out again."""

from typing import Any

import pytest

from zhouzhouhui.rules.recount import Replay, Wrong, recount

AT = "2026-03-03T06:31:00.000+08:00"
ONE, TWO = "matter:one", "matter:two"
MEETING = "meeting:m1"


class Chain:
    """A chain written by hand, one line after another."""

    def __init__(self) -> None:
        self.replay = Replay()
        self.bodies: list[dict[str, Any]] = []

    def line(self, verb: str, subject: str, start: str | None, end: str, **facts: Any) -> list[Wrong]:
        body = {
            "chain": "c", "id": f"line {len(self.bodies)}", "verb": verb, "subject": subject, "from": start, "to": end,
            "happened_at": AT, "recorded_at": AT, "number": "1-01", **facts,
        }  # fmt: skip
        self.bodies.append(body)
        return list(self.replay.take(body))

    def raised(self, subject: str = ONE, **facts: Any) -> list[Wrong]:
        return self.line("raise_matter", subject, None, "raised", **{"due": "m1", "first_due_meeting": "m1", **facts})

    def counts(self) -> dict[str, Any]:
        return {key: count for key, count in recount(self.bodies).counts.items() if count}


@pytest.fixture
def chain() -> Chain:
    return Chain()


def test_a_matter_from_raised_to_closed_leaves_nothing_to_say(chain: Chain) -> None:
    assert chain.raised() == []
    assert chain.line("call_meeting", MEETING, None, "called", number=None) == []
    assert chain.line("open_meeting", MEETING, "called", "open", number=1) == []
    answered = {"outcome": "A1", "answered_at": AT, "first_answer_on_time": True, "due": None}
    assert chain.line("give_answer", ONE, "raised", "answered", **answered) == []
    assert chain.line("adjourn_meeting", MEETING, "open", "adjourned", number=1, frozen={"raised": 1}) == []
    assert chain.line("accept_answer", ONE, "answered", "closed", solved="solved", word_from="raiser") == []
    found = chain.counts()
    assert {key: found[key] for key in ("raised", "closed", "solved", "on_time", "confirmed_by_raiser")} == {
        "raised": 1, "closed": 1, "solved": 1, "on_time": 1, "confirmed_by_raiser": 1,
    }  # fmt: skip
    meeting = chain.replay.meetings["m1"]
    assert (meeting.state, meeting.number, meeting.frozen) == ("adjourned", 1, {"raised": 1})


def test_lines_of_the_town_itself_change_no_matter_and_no_meeting(chain: Chain) -> None:
    assert chain.line("grant_mandate", "mandate:7", None, "held") == []
    assert not chain.replay.matters
    assert not chain.replay.meetings


@pytest.mark.parametrize(
    ("verb", "start", "end", "wrong"),
    [
        ("do_as_i_like", "raised", "raised", Wrong.UNKNOWN_VERB),
        ("accept_answer", "raised", "closed", Wrong.NO_SUCH_STEP),
        ("give_answer", "raised", "closed", Wrong.NO_SUCH_STEP),
        ("give_answer", "nowhere", "answered", Wrong.NO_SUCH_STEP),
        ("give_answer", "assigned", "answered", Wrong.OTHER_STATE),
        ("assign_matter", None, "assigned", Wrong.OTHER_STATE),
    ],
)
def test_a_step_the_law_does_not_have_is_named(
    chain: Chain, verb: str, start: str | None, end: str, wrong: Wrong
) -> None:
    chain.raised()
    assert wrong in chain.line(verb, ONE, start, end)


def test_a_matter_begins_once_and_with_its_raising(chain: Chain) -> None:
    assert chain.line("assign_matter", ONE, "raised", "assigned", due="m1") == [Wrong.NEVER_RAISED]
    assert chain.raised(TWO) == []
    assert chain.raised(TWO) == [Wrong.RAISED_TWICE]


def test_a_part_split_off_begins_in_the_state_of_the_whole(chain: Chain) -> None:
    chain.raised()
    assert chain.line("split_matter", TWO, None, "assigned", due="m1", split_from="one") == []
    assert chain.counts()["raised"] == 2


def test_what_is_owed_must_be_due_somewhere_unless_it_is_restricted(chain: Chain) -> None:
    assert chain.raised(due=None) == [Wrong.NOT_DUE]
    assert chain.raised(TWO, due=None, due_from="2026-12-01") == []
    assert chain.raised("matter:three", due=None, is_restricted=True) == []


def test_an_entry_is_voided_back_to_where_it_was_and_only_the_last_one(chain: Chain) -> None:
    chain.raised()
    chain.line("give_answer", ONE, "raised", "answered", outcome="A1", due=None)
    assert chain.line("void_entry", ONE, "answered", "raised", voids="line 0", due="m1") == [Wrong.VOIDS_ANOTHER]
    chain.line("give_answer", ONE, "raised", "answered", outcome="A1", due=None)
    assert chain.line("void_entry", ONE, "answered", "closed", voids="line 3") == [Wrong.NO_SUCH_STEP]
    chain.raised(TWO)
    chain.line("give_answer", TWO, "raised", "answered", outcome="A1", due=None)
    assert chain.line("void_entry", TWO, "answered", "raised", voids="line 6", outcome="", due="m1") == []
    assert chain.raised("matter:slip") == []
    assert chain.line("void_entry", "matter:slip", "raised", "voided", voids="line 8", due=None) == []
    assert chain.counts()["voided"] == 1


def test_a_clock_that_went_back_is_named(chain: Chain) -> None:
    chain.raised()
    earlier = "2026-03-03T06:30:00.000+08:00"
    assert chain.raised(TWO, recorded_at=earlier) == [Wrong.CLOCK_WENT_BACK]


@pytest.mark.parametrize("verb", ["cancel_meeting", "mark_not_held"])
def test_a_lost_date_hands_down_what_was_due_and_counts_against_what_was_not_answered(chain: Chain, verb: str) -> None:
    chain.raised()
    chain.raised(TWO, answer_count=1)
    chain.raised("matter:three", due="m0", first_due_meeting="m0")
    chain.line("call_meeting", MEETING, None, "called")
    end = "cancelled" if verb == "cancel_meeting" else "not_held"
    assert chain.line(verb, MEETING, "called", end, heir="m2") == []
    lives = chain.replay.matters
    assert [lives[key].due for key in ("one", "two", "three")] == ["m2", "m2", "m0"]
    assert [lives[key].facts.get("first_due_lost") for key in ("one", "two", "three")] == [True, None, None]


def test_a_meeting_broken_off_hands_down_without_a_lost_date(chain: Chain) -> None:
    chain.raised()
    chain.line("call_meeting", MEETING, None, "called")
    chain.line("open_meeting", MEETING, "called", "open", number=1)
    assert chain.line("break_off_meeting", MEETING, "open", "broken_off", heir="m2") == []
    life = chain.replay.matters["one"]
    assert (life.due, life.facts.get("first_due_lost")) == ("m2", None)


def test_a_meeting_held_after_all_gives_the_lost_date_back(chain: Chain) -> None:
    chain.raised()
    chain.raised(TWO, first_due_meeting="m0")
    chain.raised("matter:three")
    chain.line("call_meeting", MEETING, None, "called")
    chain.line("mark_not_held", MEETING, "called", "not_held", heir="m2")
    chain.replay.matters["three"].facts["answer_count"] = 1
    assert chain.line("late_record", MEETING, "not_held", "adjourned", number=1) == []
    lives = chain.replay.matters
    assert [lives[key].facts.get("first_due_lost") for key in ("one", "two", "three")] == [False, None, True]


def test_a_meeting_called_takes_up_what_waited_for_it(chain: Chain) -> None:
    chain.raised(due=None, due_from="2026-12-01", first_due_meeting=None)
    assert chain.line("call_meeting", MEETING, None, "called", takes=["one", "unknown"]) == []
    life = chain.replay.matters["one"]
    assert (life.due, life.due_from, life.facts["first_due_meeting"]) == ("m1", None, "m1")


@pytest.mark.parametrize(
    ("verb", "start", "end", "wrong"),
    [
        ("hold_meeting", "called", "open", Wrong.UNKNOWN_VERB),
        ("adjourn_meeting", "called", "adjourned", Wrong.NO_SUCH_STEP),
        ("adjourn_meeting", "nowhere", "adjourned", Wrong.NO_SUCH_STEP),
        ("adjourn_meeting", "open", "adjourned", Wrong.OTHER_STATE),
        ("late_record", "called", "adjourned", Wrong.NO_SUCH_STEP),
    ],
)
def test_a_meeting_cannot_do_what_the_law_does_not_have(
    chain: Chain, verb: str, start: str, end: str, wrong: Wrong
) -> None:
    chain.line("call_meeting", MEETING, None, "called")
    assert wrong in chain.line(verb, MEETING, start, end)


def test_several_chains_are_counted_apart_and_added_up(chain: Chain) -> None:
    chain.raised()
    other = [{**body, "chain": "d"} for body in chain.bodies]
    assert recount([*chain.bodies, *other]).counts["raised"] == 2
