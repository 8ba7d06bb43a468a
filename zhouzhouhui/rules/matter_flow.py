"""The law of a matter: its states, its steps, who may take them, and what each must bring (design §4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .powers import Role
from .refusals import Refused, is_blank


class State(StrEnum):
    RAISED = "raised"  # 已登记
    ASSIGNED = "assigned"  # 已交办
    ANSWERED = "answered"  # 已答复
    PROMISED = "promised"  # 跟踪落实
    SHELVED = "shelved"  # 挂账
    CLOSED = "closed"  # 已办结
    REFERRED = "referred"  # 已引导
    DECLINED = "declined"  # 不予受理
    MERGED = "merged"  # 已并案
    WITHDRAWN = "withdrawn"  # 已撤回
    VOIDED = "voided"  # 已作废


class Restricted(StrEnum):
    """Whether a step is open to restricted matters (限阅)."""

    ALSO = "also"
    NEVER = "never"
    ONLY = "only"


R, A, N, P, S = State.RAISED, State.ASSIGNED, State.ANSWERED, State.PROMISED, State.SHELVED
C, F, D, M, W, V = State.CLOSED, State.REFERRED, State.DECLINED, State.MERGED, State.WITHDRAWN, State.VOIDED

DECISIONS = frozenset({F, D, S, M})  # must be read out before they count
OWED = frozenset({R, A, P})  # the town still owes words on it
ENDED = frozenset({W, V})
Moves = Mapping[State | None, frozenset[State]]


@dataclass(frozen=True)
class Step:
    """One row of the law. ``moves`` maps the state before to the states it may lead to."""

    verb: str
    moves: Moves
    who: frozenset[Role]
    bring: tuple[str, ...] = ()
    restricted: Restricted = Restricted.ALSO


def _to(origins: tuple[State | None, ...], *targets: State) -> dict[State | None, frozenset[State]]:
    return {origin: frozenset(targets) for origin in origins}


def _stay(*states: State) -> Moves:
    return {state: frozenset({state}) for state in states}


def _row(
    verb: str, moves: Moves, who: str, bring: str = "", restricted: Restricted = Restricted.ALSO
) -> tuple[str, Step]:
    return verb, Step(verb, moves, frozenset(Role(name) for name in who.split()), tuple(bring.split()), restricted)


HALL = "host recorder"
ON_WORD = "raiser recorder cadre"  # the raiser, or staff who write the raiser's word down
HANDLERS = "office cadre lead assisting host recorder leader desk"

STEPS: Mapping[str, Step] = dict([
    # verb, from -> to, who, what must be brought
    _row("raise_matter", _to((None,), R), "resident recorder host cadre delegate office", "words_or_photo"),
    _row("assign_matter", _to((R, A), A) | _to((P,), P), "cadre office", "route lead"),
    _row("take_assignment", _stay(A), "lead"),
    _row("record_contact", _stay(A), "lead", "manner contacted_at"),
    _row("request_return", _stay(A), "lead", "reason"),
    _row("rule_on_return", _to((A,), R, A), "office", "reason"),
    _row("give_opinion", _stay(A), "assisting", "words"),
    _row("draft_answer", _stay(R, A, P), "lead owner cadre", "outcome words"),
    _row("sign_answer", _stay(R, A, P), "leader"),
    _row("send_back_answer", _stay(R, A, P), "leader office", "reason"),
    _row("give_answer", _to((R, A, P), N, P), HALL, "outcome words", Restricted.NEVER),
    _row("answer_restricted", _to((R, A, P), N, P), "desk", "outcome words told_on", Restricted.ONLY),
    _row("keep_promise", _stay(P), "owner", "evidence done_on"),
    _row("carry_over", _stay(R, A, P, S), HALL, "words reason", Restricted.NEVER),
    _row("read_decision", _stay(F, D, S, M), HALL + " desk"),
    _row("accept_answer", _to((N,), C), ON_WORD, "solved"),
    _row("revoke_word", _to((C,), N), "raiser"),
    _row("dispute_answer", _to((N, P, C, F, D, S), A, R) | _to((M,), R), ON_WORD + " seconder delegate", "reason"),
    _row("lapse_answer", _to((N,), C), "clock"),
    _row("shelve_matter", _to((A, P), S), "leader", "reason level review_on"),
    _row("review_shelved", _to((S,), S, A), "leader office", "reason"),
    _row("refer_matter", _to((R, A), F), "office cadre", "path reason"),
    _row("decline_matter", _to((R,), D), "office", "reason instead"),
    _row("merge_matter", _to((R, A), M), "cadre office", "into", Restricted.NEVER),
    _row("unmerge_matter", _to((M,), R), "cadre office", "reason", Restricted.NEVER),
    _row("withdraw_matter", {R: frozenset({W, R}), A: frozenset({W, A})}, "raiser", "reason"),
    _row("void_entry", {s: frozenset(State) for s in State}, "maker"),
    _row("reopen_matter", _to((C, F, D, S), A, R), "raiser delegate office", "new_facts"),
    # without change of state
    _row("split_matter", _stay(R, A), "recorder cadre office", "parts"),
    _row("second_matter", _stay(R, A, P, N, S), "resident", "", Restricted.NEVER),
    _row("link_matters", _stay(R, A, P, N, S, C), "cadre office", "others", Restricted.NEVER),
    _row("add_note", _stay(*(set(State) - ENDED)), HANDLERS, "words"),
    _row("add_photo", _stay(*(set(State) - ENDED)), "raiser owner " + HANDLERS, "photo"),
    _row("urge", _stay(R, A, P, S), "raiser seconder delegate office leader cadre"),
    _row("mask_words", _stay(*(set(State) - {V})), "recorder host cadre office desk", "public_words"),
    _row("mark_private", _stay(*(set(State) - ENDED)), "raiser " + HANDLERS),
    _row("mark_restricted", _stay(*(set(State) - ENDED)), HANDLERS),
    _row("name_substitute", _stay(*(set(State) - ENDED)), "leader office", "substitute", Restricted.ONLY),
    _row("erase_words", _stay(*State), "office desk", "reason"),
    _row("correct_record", _stay(*(set(State) - {V})), "recorder host cadre office desk", "reason"),
])  # fmt: skip

# An act that happened in a meeting and reached the town after it ended (补录): checked against the state then.
LATE_VERBS = frozenset(
    {"raise_matter", "give_answer", "carry_over", "read_decision", "accept_answer", "dispute_answer"}
)
LATE_RECORDERS = frozenset({Role.HOST, Role.RECORDER})


def check_step(verb: str, *, state: State | None, to: State | None, roles: frozenset[Role], restricted: bool) -> Step:
    """The row of ``verb``, or a refusal: unknown to the roles, impossible from this state, or barred by restriction.

    ``to`` is the wanted state after the step (None: not decided yet, only the rest is checked).
    Whoever has no role towards the matter is told that it does not exist.
    """
    step = STEPS[verb]
    if not roles:
        raise Refused("not_found")
    if not roles & step.who:
        if restricted and Role.DESK not in roles and Role.RAISER not in roles and Role.LEAD not in roles:
            raise Refused("not_found")
        raise Refused("not_allowed", verb=verb, who=sorted(step.who))
    if state not in step.moves:
        raise Refused("wrong_state", verb=verb, state=state.value if state else None)
    if to is not None and to not in step.moves[state]:
        raise Refused("wrong_state", verb=verb, state=state.value if state else None)
    if restricted and step.restricted is Restricted.NEVER:
        raise Refused("restricted_outside_hall", verb=verb)
    if not restricted and step.restricted is Restricted.ONLY:
        raise Refused("not_restricted", verb=verb)
    return step


def check_brought(step: Step, brought: Mapping[str, object]) -> None:
    """Refuse with the name of the first thing that the row demands and nobody brought."""
    for name in step.bring:
        value = brought.get(name)
        if value in (None, "", [], ()) or (isinstance(value, str) and is_blank(value)):
            raise Refused("must_bring", what=name)


def after_dispute(state: State, *, has_lead: bool) -> State:
    """Where a disputed or reopened matter goes: back to its lead, or to the office where nobody owns it."""
    if state is M:
        return R
    return A if has_lead else R


def may_take(verb: str, *, state: State, roles: frozenset[Role], restricted: bool) -> bool:
    """Whether a button for ``verb`` should be offered at all."""
    try:
        check_step(verb, state=state, to=None, roles=roles, restricted=restricted)
    except Refused:
        return False
    return True
