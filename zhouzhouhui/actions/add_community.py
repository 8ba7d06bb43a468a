"""Adding a community: its rhythm, its day of joining (roll-out plan), its own chain, its first meetings."""

from collections.abc import Sequence
from datetime import date, datetime, time

from ..models import ChainHead, Community, Town
from ..rules import rhythm
from ..rules.chain import GENESIS
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line
from .call_meeting import call_meetings_ahead


@in_one_transaction
def add_community(
    *,
    town: Town,
    by: Actor,
    at: datetime,
    code: str,
    short_code: str,
    name: str,
    kind: str,
    weekday: int,
    meets_at: time,
    place: str,
    joins_on: date,
    name_en: str = "",
    is_pilot: bool = False,
    former_villages: Sequence[str] = (),
) -> Community:
    """Write the community and call its first three meetings, the first on its weekday on or after ``joins_on``."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    check_community(code=code, short_code=short_code, name=name, kind=kind, weekday=weekday, place=place)
    rows = Community.objects.filter(town=town)
    if rows.filter(code=code).exists():
        raise Refused("code_taken", code=code)
    if rows.filter(short_code=short_code.upper()).exists():
        raise Refused("code_taken", code=short_code)
    community = Community.objects.create(
        town=town, code=code, short_code=short_code.upper(), name=name, name_en=name_en, kind=kind, is_pilot=is_pilot,
        former_villages=[v for v in former_villages if v.strip()], joins_on=joins_on, weekday=weekday,
        meets_at=meets_at, place=place, anchor_on=rhythm.anchor_on_or_after(weekday, joins_on), created_at=at,
    )  # fmt: skip
    ChainHead.objects.create(town=town, community=community, name=code, hash=GENESIS)
    facts = {"code": code, "kind": kind, "joins_on": joins_on.isoformat(), "weekday": weekday}
    town_line("add_community", town=town, by=by, at=at, subject=f"community:{code}", facts=facts)
    call_meetings_ahead(community_id=community.id, at=at)
    return community


def check_community(*, code: str, short_code: str, name: str, kind: str, weekday: int, place: str) -> None:
    """Refuse facts of a community that cannot be: the first one is named."""
    if not (code.isascii() and code.isdigit() and len(code) == 12):
        raise Refused("community_code", code=code)
    if not (short_code.isascii() and short_code.isalnum() and 2 <= len(short_code) <= 8):
        raise Refused("short_code", code=short_code)
    for what, text in (("name", name), ("place", place)):
        if not checked(text, what).strip():
            raise Refused("must_bring", what=what)
    if kind not in (Community.VILLAGE, Community.NEIGHBOURHOOD):
        raise Refused("no_such_choice", what="kind", choice=kind)
    if not 0 <= weekday <= 6:
        raise Refused("no_such_choice", what="weekday", choice=str(weekday))
