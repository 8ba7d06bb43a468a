"""Changing a community's facts and its rhythm. Its code and short code stay: they stand on the wall and in numbers."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import models

from ..models import Community, Meeting, Town
from ..rules import rhythm
from ..rules.meeting_flow import MeetingKind
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import hold_head, in_one_transaction
from ._town_line import require, town_line
from .add_community import check_community
from .call_meeting import call_meetings_ahead

# a new weekday begins as near as it can to a fortnight after the last meeting called on the old one
_AFTER_LAST = timedelta(days=11)


@in_one_transaction
def change_community(
    *, town: Town, by: Actor, at: datetime, community_id: UUID, name: str, kind: str, weekday: int, meets_at: time,
    place: str, joins_on: date, name_en: str = "", is_pilot: bool = False, former_villages: Sequence[str] = (),
) -> Community:  # fmt: skip
    """Write what changed. Meetings called already keep their time and place (people were told); those called later
    follow the new rhythm. The day of joining can be changed until the first meeting was called."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    community = Community.objects.filter(town=town, id=community_id, dissolved_on=None).first()
    if community is None:
        raise Refused("not_found")
    check_community(
        code=community.code, short_code=community.short_code, name=name, kind=kind, weekday=weekday, place=place
    )
    hold_head(community_id=community.id, town_id=town.id)  # no meeting is called meanwhile
    wanted = {
        "name": name, "name_en": name_en, "kind": kind, "is_pilot": is_pilot, "weekday": weekday, "meets_at": meets_at,
        "place": place, "joins_on": joins_on, "former_villages": [v.strip() for v in former_villages if v.strip()],
    }  # fmt: skip
    changed = [field for field, value in wanted.items() if getattr(community, field) != value]
    if not changed:
        return community
    last = Meeting.objects.filter(town=town, community=community, kind=MeetingKind.REGULAR).aggregate(
        day=models.Max("slot_on")
    )["day"]
    if "joins_on" in changed and last is not None:
        raise Refused("joined_already", joins_on=community.joins_on.isoformat())
    if {"weekday", "joins_on"} & set(changed):
        begin = max(joins_on, last + _AFTER_LAST) if last is not None else joins_on
        community.anchor_on = rhythm.anchor_on_or_after(weekday, begin)
    for field, value in wanted.items():
        setattr(community, field, value)
    community.save(update_fields=[*changed, "anchor_on"])
    facts = {"changed": changed, "weekday": weekday, "meets_at": meets_at.isoformat("minutes")}
    town_line("change_community", town=town, by=by, at=at, subject=f"community:{community.code}", facts=facts)
    call_meetings_ahead(community_id=community.id, at=at)
    return community
