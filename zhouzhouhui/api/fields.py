"""The kinds of fields a call may bring, alike in every verb."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Dated = TypeVar("Dated", bound=date)
FIRST_YEAR, LAST_YEAR = 2000, 2199


def _in_our_time(on: Dated) -> Dated:
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise PydanticCustomError("out_of_time", "a year from 2000 to 2199")
    return on


Day = Annotated[date, AfterValidator(_in_our_time)]
Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
Code = Annotated[str, Field(max_length=40)]
Reference = Annotated[str, Field(max_length=60)]  # a UUID, or the name by which the thing is known
References = Annotated[list[Reference], Field(max_length=200)]

ACT_ID = Field(
    None, description="由您自己生成的 UUID：同一请求再发一次不会做两遍 (your own UUID: sending again does no harm)"
)
SEEN = Field(None, description="您看到的 revision；之后别人动过就会被拒绝并说明 (the revision you looked at)")
SLIP = Field(None, max_length=60, description="回执码，也可写在 X-Slip 请求头 (slip code, or header X-Slip)")


class Brought(BaseModel):
    """What a call brings. A name that is not known is refused: a typing error must not be lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Act(Brought):
    """What every verb may bring beside its own fields."""

    seen: Count | None = SEEN
    act_id: UUID | None = ACT_ID
    slip: str | None = SLIP


def own_fields(brought: Act) -> dict[str, object]:
    """The verb's own fields, as they were read."""
    return {name: getattr(brought, name) for name in type(brought).model_fields if name not in Act.model_fields}
