"""The figures of design §5, counted from where matters stand."""

from dataclasses import replace
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhouzhouhui.rules.figures import (
    COUNTS,
    KINDS,
    RATINGS,
    Standing,
    Tally,
    count_matter,
    figures_of,
    share,
    spread,
)
from zhouzhouhui.rules.matter_flow import State

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def matter(**facts: object) -> Standing:
    plain = Standing(
        raised_at="2026-03-05T19:10:00.000+08:00", number_meeting=3, kind="complaint", first_due_is_over=True
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def counts_of(*matters: Standing) -> dict[str, int]:
    tally = Tally()
    for one in matters:
        count_matter(tally, one)
    return {key: count for key, count in figures_of(tally).counts.items() if count}


def test_the_articles_own_figures_come_out() -> None:
    tally = Tally()
    for number in range(684):
        state = "closed" if number < 300 else "answered" if number < 450 else "promised"
        one = matter(state=state if number < 513 else "assigned", answered_at="2026-03-19T19:10:00.000+08:00")
        count_matter(tally, one)
    found = figures_of(tally).as_json()
    assert (found["raised"], found["closed_or_answered"], found["rate"]) == (684, 513, 0.75)
    assert (found["closed"], found["answered"], found["promised"], found["open"]) == (300, 150, 63, 171)
    assert found["voice_curve"] == [{"meeting": 3, **dict.fromkeys(KINDS, 0), "complaint": 684}]


@pytest.mark.parametrize("state", ["merged", "withdrawn", "voided"])
def test_what_left_the_total_is_shown_beside_it_and_nowhere_else(state: str) -> None:
    assert counts_of(matter(state=state, outcome="A1", is_private=True, is_disputed=True)) == {state: 1}


@pytest.mark.parametrize("state", ["answered", "promised", "closed"])
def test_answered_promised_and_closed_count_as_closed_or_answered(state: str) -> None:
    assert counts_of(matter(state=state, word_from="raiser"))["closed_or_answered"] == 1


@pytest.mark.parametrize("state", ["raised", "assigned", "declined", "shelved"])
def test_what_waits_is_declined_or_shelved_does_not(state: str) -> None:
    assert "closed_or_answered" not in counts_of(matter(state=state))


def test_a_referral_counts_only_once_it_was_read_out() -> None:
    read, unread = matter(state="referred"), matter(state="referred", is_decision_unread=True)
    assert counts_of(unread) == {"raised": 1, "referred": 1, "referred_unread": 1, "have_been_due": 1}
    assert counts_of(read, unread)["closed_or_answered"] == 1


@pytest.mark.parametrize(("outcome", "key"), [("A1", "solved"), ("A2", "partly"), ("A3", "adopted")])
def test_solved_partly_and_adopted_are_never_added_up(outcome: str, key: str) -> None:
    found = counts_of(matter(state="answered", outcome=outcome))
    assert {name: found.get(name, 0) for name in ("solved", "partly", "adopted")} == {
        "solved": 0,
        "partly": 0,
        "adopted": 0,
    } | {key: 1}


@pytest.mark.parametrize("state", ["assigned", "promised", "referred"])
def test_an_outcome_that_was_disputed_or_overtaken_is_not_solved(state: str) -> None:
    assert "solved" not in counts_of(matter(state=state, outcome="A1"))


def test_confirmed_by_the_raiser_and_by_staff_are_apart_and_explained_is_neither() -> None:
    found = counts_of(
        matter(state="closed", outcome="A1", solved="solved", word_from="raiser"),
        matter(state="closed", outcome="A1", solved="solved", word_from="staff"),
        matter(state="closed", outcome="A1", solved="partly", word_from="raiser"),
        matter(state="closed", outcome="D2", solved="explained", word_from="raiser"),
        matter(state="closed", outcome="A1"),
    )
    assert (found["confirmed_by_raiser"], found["confirmed_by_staff"]) == (1, 1)
    assert (found["solved"], found["lapsed"]) == (4, 1)


def test_on_time_is_of_all_that_have_been_due_and_the_spot_stands_apart() -> None:
    found = counts_of(
        matter(state="answered", first_answer_on_time=True),
        matter(state="answered", first_answer_on_time=False),
        matter(state="assigned"),
        matter(state="answered", on_the_spot=True, first_answer_on_time=True),
        matter(state="assigned", is_restricted=True),
    )
    assert (found["on_time"], found["have_been_due"], found["on_the_spot"]) == (1, 3, 1)


def test_what_is_not_due_yet_is_not_asked_to_be_on_time() -> None:
    found = counts_of(matter(state="answered", first_answer_on_time=True, first_due_is_over=False))
    assert "have_been_due" not in found
    assert "on_time" not in found


def test_a_lost_date_counts_against_on_time_even_before_the_next_meeting() -> None:
    lost = matter(state="answered", first_due_lost=True, first_answer_on_time=True, first_due_is_over=False)
    assert counts_of(lost)["have_been_due"] == 1
    assert "on_time" not in counts_of(lost)


def test_restricted_private_disputed_and_carried_over_are_marks_beside_the_state() -> None:
    found = counts_of(
        matter(state="assigned", is_restricted=True, is_private=True, is_disputed=True, is_carried_over=True)
    )
    assert {found[key] for key in ("restricted", "private", "disputed", "carried_over")} == {1}


def test_satisfaction_keeps_four_numbers_and_rates_over_the_rated_only() -> None:
    tally = Tally()
    for manner, result in [("satisfied", "satisfied"), ("not", "basically"), ("", ""), ("satisfied", "")]:
        count_matter(tally, matter(state="closed", manner=manner, result=result))
    found = figures_of(tally).as_json()["satisfaction"]
    assert found["manner"] == {"satisfied": 2, "basically": 0, "not": 1, "unrated": 1, "rate": 0.6667}
    assert found["result"] == {"satisfied": 1, "basically": 1, "not": 0, "unrated": 2, "rate": 1.0}


def test_a_dispute_counts_as_not_satisfied_with_the_result_until_it_is_answered_again() -> None:
    tally = Tally()
    disputed = matter(state="assigned", is_disputed=True, manner="satisfied", result="satisfied")
    count_matter(tally, disputed)
    assert (dict(tally.result), dict(tally.manner)) == ({"not": 1}, {"satisfied": 1})
    after = Tally()
    again = replace(disputed, state="answered", is_disputed=False)
    count_matter(after, again)
    assert not after.result


def test_days_run_from_the_day_of_raising_in_china_and_never_below_zero() -> None:
    tally = Tally()
    for answered, done in [
        ("2026-03-19T19:00:00.000+08:00", "2026-04-01"),
        ("2026-03-01T08:00:00.000+08:00", None),
    ]:
        one = matter(state="closed", outcome="A1", answered_at=answered, done_on=done)
        count_matter(tally, one)
    assert dict(tally.to_answer) == {14: 1, 0: 1}
    assert dict(tally.to_done) == {27: 1}


@pytest.mark.parametrize(("state", "outcome"), [("assigned", "A1"), ("closed", "A2")])
def test_a_day_of_doing_counts_only_for_what_is_solved(state: str, outcome: str) -> None:
    tally = Tally()
    one = matter(state=state, outcome=outcome, done_on="2026-04-01")
    count_matter(tally, one)
    assert not tally.to_done


@pytest.mark.parametrize(
    ("kind", "restricted", "counted"),
    [("praise", False, "praise"), (None, False, "unknown"), ("report", True, "restricted")],
)
def test_the_voice_curve_shows_kinds_and_never_that_of_a_restricted_matter(
    kind: str | None, restricted: bool, counted: str
) -> None:
    tally = Tally()
    count_matter(tally, matter(kind=kind, is_restricted=restricted))
    assert tally.curve == {3: {counted: 1}}


STATES = sorted(State)
standings = st.builds(
    Standing,
    state=st.sampled_from(STATES),
    first_due_is_over=st.booleans(),
    kind=st.sampled_from([*KINDS[:-1], None]),
    is_restricted=st.booleans(),
    outcome=st.sampled_from(["", "A1", "A2", "A3", "B", "D2"]),
    is_decision_unread=st.booleans(),
    first_due_lost=st.booleans(),
    first_answer_on_time=st.sampled_from([None, True, False]),
    on_the_spot=st.booleans(),
    is_disputed=st.booleans(),
    solved=st.sampled_from(["", "solved", "partly"]),
    result=st.sampled_from(["", *RATINGS[:3]]),
    word_from=st.sampled_from(["", "raiser", "staff"]),
    number_meeting=st.integers(0, 4),
    raised_at=st.just("2026-03-05T19:10:00.000+08:00"),
)


@patient
@given(st.lists(standings, max_size=12), st.integers(0, 12))
def test_the_parts_add_up_and_communities_add_up_to_the_town(matters: list[Standing], split: int) -> None:
    whole, one, other = Tally(), Tally(), Tally()
    for place, standing in enumerate(matters):
        count_matter(whole, standing)
        count_matter(one if place < split else other, standing)
    one.add(other)
    found = figures_of(whole)
    assert found == figures_of(one)
    counts = found.counts
    parts = ("open", "answered", "promised", "closed", "referred", "declined", "shelved")
    assert counts["raised"] == sum(counts[key] for key in parts)
    assert counts["raised"] + sum(counts[key] for key in ("merged", "withdrawn", "voided")) == len(matters)
    answered = counts["answered"] + counts["promised"] + counts["closed"]
    assert counts["closed_or_answered"] == answered + counts["referred"] - counts["referred_unread"]
    assert counts["on_time"] <= counts["have_been_due"]
    assert counts["confirmed_by_raiser"] + counts["confirmed_by_staff"] <= counts["solved"]
    assert sum(found.result.values()) == sum(found.manner.values())
    assert sum(sum(kinds.values()) for kinds in found.curve.values()) == counts["raised"]


def test_nothing_raised_has_no_rate_and_no_spread() -> None:
    found = figures_of(Tally())
    assert found.rate is None
    assert found.as_json()["days"]["to_answer"] == {"n": 0, "median": None, "q1": None, "q3": None}
    assert found.as_counts() == dict.fromkeys(COUNTS, 0)
    assert share(1, 0) is None


@patient
@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_median_and_quartiles_are_those_of_the_ordered_list(days: list[int]) -> None:
    found = spread({day: days.count(day) for day in days})
    assert found.n == len(days)
    assert found.median == median(days)
    assert found.q1 is not None
    assert found.q3 is not None
    assert sum(day <= found.q1 for day in days) * 4 >= len(days)
    assert sum(day >= found.q1 for day in days) * 4 >= len(days) * 3
    assert sum(day >= found.q3 for day in days) * 4 >= len(days)
