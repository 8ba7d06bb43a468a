"""Issuing a lost slip again, against the phone number it was taken with; the old code stops working."""

from datetime import datetime
from uuid import UUID

from ..models import Community, Resident, Voice
from ..outside import keyring
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import Entry, append, hold_head, in_one_transaction
from ._town_line import require


@in_one_transaction
def reissue_slip(*, town_id: UUID, community_id: UUID, phone: str, by: Actor, at: datetime) -> tuple[str, int]:
    """A new code for everything this number raised in the community, and how many matters it opens.

    A cadre or the office hands it out to the person in front of them; whoever only knows the number learns nothing.
    """
    by.check_town(town_id)
    require(by, at, Mandated.CADRE, Mandated.OFFICE, Mandated.RECORDER, community=community_id)
    community = Community.objects.select_related("town").filter(town_id=town_id, id=community_id).first()
    if community is None:
        raise Refused("not_found")
    try:
        index = keyring.index(keyring.normalise_phone(phone), purpose="phone")
    except ValueError as error:
        raise Refused("not_a_phone") from error
    residents = Resident.objects.filter(town_id=town_id, community_id=community_id, phone_index=index, erased_at=None)
    voices = Voice.objects.filter(town_id=town_id, resident__in=residents, withdrawn_at=None)
    opened = voices.values("matter_id").distinct().count()
    if not opened:
        raise Refused("phone_unknown")
    code = keyring.new_code()
    voices.update(slip=keyring.code_lookup(code))
    head = hold_head(community_id=community_id, town_id=town_id)
    entry = Entry(
        verb="reissue_slip",
        by=by,
        role="cadre",
        at=at,
        subject=f"community:{community.code}",
        facts={"matters": opened},
    )
    append(head, [entry], algorithm=community.town.setting("hash"))
    return code, opened
