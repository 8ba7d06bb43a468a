"""Every role x state x verb of a matter, against a table written by hand from the procedure."""

import pytest

from zhouzhouhui.rules.matter_flow import (
    DECISIONS,
    LATE_VERBS,
    STEPS,
    Restricted,
    State,
    after_dispute,
    check_brought,
    check_step,
    may_take,
)
from zhouzhouhui.rules.powers import Role
from zhouzhouhui.rules.refusals import Refused

# verb | who | from>to, one word a move; several targets joined by / ; "=" stays; "-" is: not raised yet
LAW = """
raise_matter      | resident recorder host cadre delegate office | ->raised
assign_matter     | cadre office                    | raised>assigned assigned>assigned promised>promised
take_assignment   | lead                            | assigned=
record_contact    | lead                            | assigned=
request_return    | lead                            | assigned=
rule_on_return    | office                          | assigned>raised/assigned
give_opinion      | assisting                       | assigned=
draft_answer      | lead owner cadre                | raised= assigned= promised=
sign_answer       | leader                          | raised= assigned= promised=
send_back_answer  | leader office                   | raised= assigned= promised=
give_answer       | host recorder                   | raised>answered/promised assigned>answered/promised promised>answered/promised
answer_restricted | desk                            | raised>answered/promised assigned>answered/promised promised>answered/promised
keep_promise      | owner                           | promised=
carry_over        | host recorder                   | raised= assigned= promised= shelved=
read_decision     | host recorder desk              | referred= declined= shelved= merged=
accept_answer     | raiser recorder cadre           | answered>closed
revoke_word       | raiser                          | closed>answered
dispute_answer    | raiser seconder delegate recorder cadre | answered>assigned/raised promised>assigned/raised closed>assigned/raised referred>assigned/raised declined>assigned/raised shelved>assigned/raised merged>raised
lapse_answer      | clock                           | answered>closed
shelve_matter     | leader                          | assigned>shelved promised>shelved
review_shelved    | leader office                   | shelved>shelved/assigned
refer_matter      | office cadre                    | raised>referred assigned>referred
decline_matter    | office                          | raised>declined
merge_matter      | cadre office                    | raised>merged assigned>merged
unmerge_matter    | cadre office                    | merged>raised
withdraw_matter   | raiser                          | raised>withdrawn/raised assigned>withdrawn/assigned
reopen_matter     | raiser delegate office          | closed>assigned/raised referred>assigned/raised declined>assigned/raised shelved>assigned/raised
split_matter      | recorder cadre office           | raised= assigned=
second_matter     | resident                        | raised= assigned= promised= answered= shelved=
link_matters      | cadre office                    | raised= assigned= promised= answered= shelved= closed=
add_note          | office cadre lead assisting host recorder leader desk | raised= assigned= answered= promised= shelved= closed= referred= declined= merged=
add_photo         | raiser owner office cadre lead assisting host recorder leader desk | raised= assigned= answered= promised= shelved= closed= referred= declined= merged=
urge              | raiser seconder delegate office leader cadre | raised= assigned= promised= shelved=
mask_words        | recorder host cadre office desk | raised= assigned= answered= promised= shelved= closed= referred= declined= merged= withdrawn=
mark_private      | raiser office cadre lead assisting host recorder leader desk | raised= assigned= answered= promised= shelved= closed= referred= declined= merged=
mark_restricted   | office cadre lead assisting host recorder leader desk | raised= assigned= answered= promised= shelved= closed= referred= declined= merged=
name_substitute   | leader office                   | raised= assigned= answered= promised= shelved= closed= referred= declined= merged=
erase_words       | office desk                     | raised= assigned= answered= promised= shelved= closed= referred= declined= merged= withdrawn= voided=
correct_record    | recorder host cadre office desk | raised= assigned= answered= promised= shelved= closed= referred= declined= merged= withdrawn=
"""
NEVER_RESTRICTED = "give_answer carry_over merge_matter unmerge_matter second_matter link_matters".split()
ONLY_RESTRICTED = "answer_restricted name_substitute".split()
EVERY_STATE: tuple[State | None, ...] = (None, *State)


def _read(law: str) -> dict[str, tuple[frozenset[str], dict[str, frozenset[str]]]]:
    rows = {}
    for line in law.strip().splitlines():
        verb, who, moves = (part.strip() for part in line.split("|"))
        table = {}
        for move in moves.split():
            if move.endswith("="):
                table[move[:-1]] = frozenset({move[:-1]})
            else:
                origin, targets = move.split(">")
                table[origin] = frozenset(targets.split("/"))
        rows[verb] = (frozenset(who.split()), table)
    return rows


ROWS = _read(LAW)


def test_the_hand_written_law_has_every_verb_but_void_entry() -> None:
    assert set(ROWS) | {"void_entry"} == set(STEPS)


@pytest.mark.parametrize("verb", ROWS)
def test_every_role_in_every_state_may_do_what_the_law_says_and_nothing_else(verb: str) -> None:
    who, moves = ROWS[verb]
    for state in EVERY_STATE:
        origin = state.value if state else "-"
        for role in Role:
            for target in (None, *State):
                allowed = role.value in who and origin in moves and (target is None or target.value in moves[origin])
                assert _is_taken(verb, state, target, role) is allowed, (verb, state, target, role)


def _is_taken(verb: str, state: State | None, target: State | None, role: Role) -> bool:
    restricted = verb in ONLY_RESTRICTED
    try:
        check_step(verb, state=state, to=target, roles=frozenset({role}), restricted=restricted)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("verb", ROWS)
def test_restricted_matters_are_outside_the_hall(verb: str) -> None:
    who, moves = ROWS[verb]
    state = None if "-" in moves else State(next(iter(moves)))
    roles = frozenset(Role(name) for name in who) | {Role.DESK}
    expected = "restricted_outside_hall" if verb in NEVER_RESTRICTED else ""
    assert _refusal(verb, state, roles, restricted=True) == expected
    expected = "not_restricted" if verb in ONLY_RESTRICTED else ""
    assert _refusal(verb, state, roles, restricted=False) == expected


def _refusal(verb: str, state: State | None, roles: frozenset[Role], *, restricted: bool) -> str:
    try:
        check_step(verb, state=state, to=None, roles=roles, restricted=restricted)
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("state", State)
def test_only_the_maker_voids_an_entry_and_in_any_state(state: State) -> None:
    for role in Role:
        assert (_refusal("void_entry", state, frozenset({role}), restricted=False) == "") is (role is Role.MAKER)


def test_whoever_has_no_role_is_told_that_nothing_is_there() -> None:
    assert _refusal("add_note", State.RAISED, frozenset(), restricted=False) == "not_found"
    assert _refusal("add_note", State.RAISED, frozenset({Role.RESIDENT}), restricted=True) == "not_found"
    assert _refusal("sign_answer", State.RAISED, frozenset({Role.DESK}), restricted=True) == "not_allowed"


def test_a_button_is_offered_only_where_the_step_can_be_taken() -> None:
    assert may_take("give_answer", state=State.RAISED, roles=frozenset({Role.HOST}), restricted=False)
    assert not may_take("give_answer", state=State.CLOSED, roles=frozenset({Role.HOST}), restricted=False)
    assert not may_take("give_answer", state=State.RAISED, roles=frozenset({Role.OFFICE}), restricted=False)


@pytest.mark.parametrize("verb", [v for v in STEPS if STEPS[v].bring])
def test_each_thing_to_bring_is_asked_for_by_name(verb: str) -> None:
    step = STEPS[verb]
    whole: dict[str, object] = dict.fromkeys(step.bring, "x")
    check_brought(step, whole)
    for name in step.bring:
        for nothing in (None, "", "   ", [], ()):
            with pytest.raises(Refused) as refused:
                check_brought(step, {**whole, name: nothing})
            assert refused.value.code == "must_bring" and refused.value.facts["what"] == name


def test_a_disputed_matter_goes_back_to_its_lead_or_to_the_office() -> None:
    assert after_dispute(State.ANSWERED, has_lead=True) is State.ASSIGNED
    assert after_dispute(State.ANSWERED, has_lead=False) is State.RAISED
    assert after_dispute(State.MERGED, has_lead=True) is State.RAISED


def test_no_side_door_leads_out_of_the_agenda() -> None:
    assert {State.REFERRED, State.DECLINED, State.SHELVED, State.MERGED} == DECISIONS
    assert all(STEPS[verb].restricted is not Restricted.ONLY for verb in LATE_VERBS)
