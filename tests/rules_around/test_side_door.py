"""No side door: a decision is no exit, and nothing but the spoken word takes a due matter off the agenda."""

import pytest

from tests.cast import Cast
from tests.rules_around.verbs import MATTER_VERBS, take
from zhouzhouhui.actions.adjourn_meeting import adjourn_meeting, unspoken
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.models import Matter
from zhouzhouhui.queries.figures import figures
from zhouzhouhui.rules.matter_flow import DECISIONS, STEPS, State
from zhouzhouhui.rules.powers import CLOCK, Actor
from zhouzhouhui.rules.refusals import Refused

SPEAKING = {"give_answer", "carry_over", "read_decision"}
LEAVING = {"withdraw_matter": "withdrawn", "void_entry": "voided"}  # they leave N, and are shown beside it
TO_THE_DESK = {"mark_restricted"}  # goes to a clock of its own
DECIDING = sorted(
    verb
    for verb, step in STEPS.items()
    if verb not in SPEAKING
    and any(to & DECISIONS and origin not in DECISIONS for origin, to in step.moves.items())
    and verb != "void_entry"
)


def everybody(cast: Cast, matter: Matter) -> list[Actor]:
    return [*(cast.who(login) for login in cast.people), cast.raiser(matter), CLOCK]


def still_due(cast: Cast, matter: Matter) -> bool:
    due = cast.next_meeting()
    return matter.id in {Matter.objects.get(id=one["id"]).id for one in unspoken(due)}


def test_the_verbs_that_decide_are_known() -> None:
    assert DECIDING == ["decline_matter", "merge_matter", "refer_matter", "shelve_matter"]


@pytest.mark.django_db
@pytest.mark.parametrize("assigned", [False, True], ids=["raised", "assigned"])
@pytest.mark.parametrize("verb", sorted(set(MATTER_VERBS) - SPEAKING - {"answer_restricted"}))
def test_nothing_done_between_meetings_takes_a_due_matter_off_the_agenda(cast: Cast, verb: str, assigned: bool) -> None:
    matter = cast.raised_earlier()
    target = cast.raise_between("另一件。")
    if assigned:
        cast.assign(matter)
    assert still_due(cast, matter)
    for actor in everybody(cast, matter):
        cast.later(seconds=1)
        if take(verb, cast, matter, actor, other=target.id) == "":
            break
    after = Matter.objects.get(id=matter.id)
    if after.state in LEAVING.values() and verb in LEAVING:
        return
    if verb in TO_THE_DESK:
        assert after.is_restricted and after.desk_due_on is not None
        return
    assert still_due(cast, matter), f"{verb} let it slip away as {after.state}"


@pytest.mark.parametrize("verb", DECIDING)
def test_a_decision_waits_for_the_hall_and_the_meeting_waits_for_it(cast: Cast, verb: str) -> None:
    matter = cast.raised_earlier()
    target = cast.raise_between("另一件。")
    if State.ASSIGNED in STEPS[verb].moves and State.RAISED not in STEPS[verb].moves:
        cast.assign(matter)
    assert "" in [take(verb, cast, matter, cast.who(by), other=target.id) for by in ("office", "leader")]
    meeting = cast.open()
    assert Matter.objects.get(id=matter.id).due_meeting_id == meeting.id
    with pytest.raises(Refused) as caught:
        cast.adjourn(meeting)
    assert caught.value.code == "unspoken_left"
    listed = {one["id"]: one["can"] for one in caught.value.facts["matters"]}
    assert listed[str(matter.id)] == ["read_decision"]
    cast.act(read_decision, matter, "cadre")
    for left in Matter.objects.filter(due_meeting=meeting):
        cast.answer(left)
    assert cast.meet(adjourn_meeting, meeting, "cadre").state == "adjourned"


def test_a_referral_counts_as_answered_only_when_the_hall_has_heard_it(cast: Cast) -> None:
    matter = cast.raised_earlier()
    take("refer_matter", cast, matter, cast.who("office"))
    assert figures(town_id=cast.town.id).as_json()["closed_or_answered"] == 0
    meeting = cast.open()
    cast.act(read_decision, matter, "cadre")
    cast.adjourn(meeting)
    assert figures(town_id=cast.town.id).as_json()["closed_or_answered"] == 1


@pytest.mark.parametrize("verb", ["decline_matter", "shelve_matter"])
def test_a_declined_or_shelved_matter_never_leaves_the_total_and_never_counts_as_answered(
    cast: Cast, verb: str
) -> None:
    matter = cast.raised_earlier()
    if verb == "shelve_matter":
        cast.assign(matter)
    assert "" in [take(verb, cast, matter, cast.who(by)) for by in ("office", "leader")]
    meeting = cast.open()
    cast.act(read_decision, matter, "cadre")
    cast.adjourn(meeting)
    told = figures(town_id=cast.town.id).as_json()
    assert told["raised"] == 1 and told["closed_or_answered"] == 0


def test_only_merger_withdrawal_and_voiding_leave_the_total_and_stand_beside_it(cast: Cast) -> None:
    merged, withdrawn, stays = (cast.raise_between(f"第{n}件。") for n in range(3))
    cast.act(merge_matter, merged, "office", into=stays.id)
    assert take("withdraw_matter", cast, withdrawn, cast.raiser(withdrawn)) == ""
    slip_of_the_hand = cast.raise_between("写错了。")
    assert take("void_entry", cast, slip_of_the_hand, cast.who("cadre")) == ""
    assert Matter.objects.get(id=slip_of_the_hand.id).state == State.VOIDED
    told = figures(town_id=cast.town.id).as_json()
    assert (told["raised"], told["merged"], told["withdrawn"], told["voided"]) == (1, 1, 1, 1)
