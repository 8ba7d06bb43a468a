"""The raiser's word: theirs alone, revocable when staff wrote it down, never taken by whoever gave the answer."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.rules_around.verbs import take
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.revoke_word import revoke_word
from zhouzhouhui.models import Matter
from zhouzhouhui.queries.figures import figures
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.powers import CLOCK, Actor


@pytest.fixture
def matter(cast: Cast) -> Matter:
    """Answered by the host, 王书, in a meeting that is over."""
    matter = cast.raised_earlier()
    meeting = cast.open()
    cast.answer(matter)
    cast.adjourn(meeting)
    return Matter.objects.get(id=matter.id)


def now(matter: Matter) -> Matter:
    return Matter.objects.get(id=matter.id)


@pytest.mark.parametrize("verb", ["accept_answer", "dispute_answer"])
def test_whoever_gave_the_answer_never_writes_the_word_about_it(cast: Cast, matter: Matter, verb: str) -> None:
    assert matter.answered_by == cast.people["cadre"]
    assert take(verb, cast, matter, cast.who("cadre")) not in ("", "not_found")
    assert now(matter).state == State.ANSWERED


@pytest.mark.parametrize("who", ["officer", "leader", "office", "othercadre", "assistant", "stranger", "clock"])
def test_nobody_but_the_raiser_or_who_writes_for_them_says_the_word(cast: Cast, matter: Matter, who: str) -> None:
    actor = Actor(device="路过的手机") if who == "stranger" else CLOCK if who == "clock" else cast.who(who)
    assert take("accept_answer", cast, matter, actor) == "not_allowed"


def test_a_word_written_down_by_staff_is_counted_apart_from_the_raisers_own(cast: Cast, matter: Matter) -> None:
    meeting = cast.open()
    cast.act(accept_answer, matter, "recorder", solved="solved", manner="satisfied", result="satisfied")
    mine = cast.raise_at(meeting, "我自己来说。")
    cast.answer(mine)
    cast.act(accept_answer, mine, cast.raiser(mine), solved="solved", manner="satisfied", result="satisfied")
    cast.adjourn(meeting)
    assert [now(m).word_from for m in (matter, mine)] == ["staff", "raiser"]
    told = figures(town_id=cast.town.id).as_json()
    assert told["solved"] == 2
    assert (told["confirmed_by_raiser"], told["confirmed_by_staff"]) == (1, 1)


@pytest.mark.parametrize(("days", "code"), [(0, ""), (13, ""), (14, ""), (15, "too_late_to_revoke")])
def test_what_staff_wrote_down_the_raiser_takes_back_within_fourteen_days(
    cast: Cast, matter: Matter, days: int, code: str
) -> None:
    meeting = cast.open()
    cast.act(accept_answer, matter, "recorder", solved="solved")
    cast.adjourn(meeting)
    cast.now = now(matter).word_at + timedelta(days=days) - timedelta(minutes=1)  # type: ignore[operator]
    assert take("revoke_word", cast, matter, cast.raiser(matter)) == code
    assert now(matter).state == (State.CLOSED if code else State.ANSWERED)
    assert now(matter).solved == ("solved" if code else "")


def test_nobody_else_takes_it_back_and_ones_own_word_stands(cast: Cast, matter: Matter) -> None:
    cast.act(accept_answer, matter, cast.raiser(matter), solved="solved")
    for who in ("recorder", "cadre", "office"):
        assert take("revoke_word", cast, matter, cast.who(who)) == "not_allowed"
    assert take("revoke_word", cast, matter, cast.raiser(matter)) not in ("", "not_found")
    assert now(matter).state == State.CLOSED


def test_after_the_second_dispute_a_special_session_is_offered(cast: Cast, matter: Matter) -> None:
    cast.act(dispute_answer, matter, cast.raiser(matter), reason="没有修好。")
    assert not now(matter).session_offered and now(matter).is_disputed
    meeting = cast.open()
    cast.answer(matter)
    cast.adjourn(meeting)
    cast.act(dispute_answer, matter, cast.raiser(matter), reason="还是没有修好。")
    assert now(matter).session_offered and now(matter).dispute_count == 2
    told = figures(town_id=cast.town.id).as_json()
    assert told["closed_or_answered"] == 0, "a disputed matter leaves the count until it is answered again"


def test_each_answer_is_disputed_once_by_each_raiser(cast: Cast, matter: Matter) -> None:
    cast.act(dispute_answer, matter, cast.raiser(matter), reason="没有修好。")
    assert take("dispute_answer", cast, matter, cast.raiser(matter)) not in ("", "not_found")


def test_every_raiser_of_a_merged_matter_keeps_the_word_and_one_dispute_reopens_for_all(cast: Cast) -> None:
    target, merged = cast.raise_between("路灯坏了。"), cast.raise_between("路灯不亮。")
    cast.act(merge_matter, merged, "office", into=target.id)
    meeting = cast.open()
    while Matter.objects.filter(due_meeting=meeting).count() == 0:
        cast.adjourn(meeting)
        meeting = cast.open()
    cast.act(read_decision, merged, "cadre")
    cast.answer(target)
    cast.adjourn(meeting)
    cast.act(accept_answer, target, cast.raiser(target), solved="solved")
    cast.act(dispute_answer, target, cast.raiser(merged), reason="我这边还是黑的。")
    assert now(target).state == State.RAISED and now(target).is_disputed
    assert now(target).due_meeting == cast.next_meeting()


def test_the_word_cannot_be_revoked_before_there_is_one(cast: Cast, matter: Matter) -> None:
    assert take(revoke_word.__name__, cast, matter, cast.raiser(matter)) == "wrong_state"


def test_a_phone_that_took_its_word_back_does_not_count_again_as_a_further_voice(cast: Cast) -> None:
    phone = Actor(device="门口老王的手机")
    matter = cast.raise_between("路灯坏了。", by=phone)
    assert take("second_matter", cast, matter, Actor(device="另一部手机")) == ""
    assert take("withdraw_matter", cast, matter, cast.raiser(matter)) == ""
    assert now(matter).state == State.RAISED, "another voice is on it, so it stays"
    assert take("second_matter", cast, matter, phone) == "seconded_already"
    assert now(matter).seconds == 1
