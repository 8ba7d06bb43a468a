"""What each verb of a meeting brings over HTTP. The names are those of the law (rules/meeting_flow.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from .fields import Act, Brought, Code, Count, Day, Moment, Reference
from .matter_shapes import OWNER, Bare, Item, Reasoned, Speaks, Spoken


class Move(Act):
    scheduled_at: Moment
    reason: str
    place: str = ""


class Appoint(Act):
    person: Reference = Field(description="登录名或 UUID (sign-in name or UUID)")


class AppointHost(Appoint):
    is_deputy: bool = False


class SignIn(Act):
    kind: Code = Field(description="resident, cadre, department, delegate")
    heads: Count = 1
    person: Reference | None = None


class Call(Brought):
    scheduled_at: Moment
    place: str


class Reissue(Brought):
    phone: Annotated[str, Field(max_length=60)]


class Group(Brought):
    """Several matters spoken as one: the same answer, the same reason, or their decisions read in a row."""

    manner: Code = Field(description="give_answer, carry_over, read_decision")
    matters: Annotated[list[Reference], Field(max_length=200)]
    outcome: Code = ""
    words: str = ""
    basis: str = ""
    promise_on: Day | None = None
    owner: Reference | None = OWNER
    reason: str = ""
    told: str = ""


class Late(Brought):
    """An act that happened in the meeting; what it brings is in ``brought``, as for the verb itself."""

    verb: Code
    happened_at: Moment
    matter: Reference | None = None
    brought: dict[str, Any] = {}
    items: Annotated[list[Item], Field(max_length=1000)] = []
    speaker: Speaks | None = None


SHAPES: Mapping[str, type[Act]] = {
    "move_meeting": Move, "cancel_meeting": Reasoned, "appoint_host": AppointHost, "appoint_recorder": Appoint,
    "open_meeting": Bare, "sign_in": SignIn, "adjourn_meeting": Bare, "break_off_meeting": Reasoned,
    "mark_not_held": Bare, "edit_minutes": Spoken, "sign_minutes": Bare, "publish_minutes": Bare,
}  # fmt: skip
