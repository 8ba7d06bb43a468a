"""The law of a meeting: its states, its steps, who may take them, and what each must bring (design §4.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .powers import Role
from .refusals import Refused


class MeetingState(StrEnum):
    CALLED = "called"  # 已召集
    OPEN = "open"  # 进行中
    ADJOURNED = "adjourned"  # 已散会
    BROKEN_OFF = "broken_off"  # 中断
    CANCELLED = "cancelled"  # 取消
    NOT_HELD = "not_held"  # 未开成
    PUBLISHED = "published"  # 纪要已公布


class MeetingKind(StrEnum):
    REGULAR = "regular"
    EXTRA = "extra"


K, O, J, B, X, N, P = (
    MeetingState.CALLED,
    MeetingState.OPEN,
    MeetingState.ADJOURNED,
    MeetingState.BROKEN_OFF,
    MeetingState.CANCELLED,
    MeetingState.NOT_HELD,
    MeetingState.PUBLISHED,
)

HELD = frozenset({J, B, P})  # it took place and is over
LOST = frozenset({X, N})  # its date was lost
MEETINGS_AHEAD = 3  # how many regular meetings stand called at any time
EXTRA_WITHIN = timedelta(days=7)  # an extra meeting after one that broke off
LEFT_OPEN = timedelta(hours=24)  # after that the clock breaks off an open meeting, or marks a called one not held
FLOOR_MINUTES = 20  # the floor always keeps at least this
THIRD_CARRY_OVER = 3  # from here on a carry over also needs a new step and the leader's name


@dataclass(frozen=True)
class MeetingStep:
    """One row of the law of a meeting."""

    verb: str
    moves: Mapping[MeetingState | None, frozenset[MeetingState]]
    who: frozenset[Role]
    bring: tuple[str, ...] = ()


def _row(
    verb: str, origins: Sequence[MeetingState | None], target: MeetingState | None, who: str, bring: str = ""
) -> tuple[str, MeetingStep]:
    moves = {o: frozenset({target if target is not None else o or K}) for o in origins}
    return verb, MeetingStep(verb, moves, frozenset(Role(name) for name in who.split()), tuple(bring.split()))


STEPS: Mapping[str, MeetingStep] = dict([
    _row("call_meeting", [None], K, "clock office", "scheduled_at place"),
    _row("move_meeting", [K], K, "office cadre", "reason scheduled_at"),
    _row("cancel_meeting", [K], X, "leader office", "reason"),
    _row("appoint_host", [K, O], None, "office cadre", "person"),
    _row("appoint_recorder", [K, O], None, "office cadre", "person"),
    _row("open_meeting", [K], O, "host recorder"),
    _row("sign_in", [O], None, "host recorder cadre resident", "kind"),
    _row("adjourn_meeting", [O], J, "host"),
    _row("break_off_meeting", [O], B, "host office clock", "reason"),
    _row("mark_not_held", [K], N, "clock"),
    _row("edit_minutes", [J, B, P], None, "recorder cadre", "words"),
    _row("sign_minutes", [J, B, P], None, "leader"),
    _row("publish_minutes", [J, B, P], P, "office"),
])  # fmt: skip


def check_meeting_step(verb: str, *, state: MeetingState | None, roles: frozenset[Role]) -> MeetingStep:
    """The row of ``verb``, or a refusal."""
    step = STEPS[verb]
    if not roles & step.who:
        raise Refused("not_allowed", verb=verb, who=sorted(step.who))
    if state not in step.moves:
        raise Refused("wrong_state", verb=verb, state=state.value if state else None)
    return step


def check_move(scheduled_at: datetime, following_at: datetime | None, now: datetime) -> None:
    """A meeting moves to a time in the future and before the following meeting; later would be a cancellation."""
    if scheduled_at <= now:
        raise Refused("time_in_the_past")
    if following_at is not None and scheduled_at >= following_at:
        raise Refused("move_is_cancellation", following_at=following_at.isoformat())


def may_take(verb: str, *, state: MeetingState, roles: frozenset[Role]) -> bool:
    """Whether a button for ``verb`` should be offered at all."""
    step = STEPS[verb]
    return bool(roles & step.who) and state in step.moves
