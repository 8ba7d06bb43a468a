"""Who speaks: known or anonymous; contact data is encrypted and kept apart from the words."""

from dataclasses import dataclass
from datetime import datetime

from ..models import Community, Resident
from ..outside import keyring
from ..rules.refusals import Refused
from ._texts import checked


@dataclass(frozen=True)
class Speaker:
    """What a resident told about themselves. Everything may be left out: nobody is refused (个人信息保护法 art. 16)."""

    name: str = ""
    phone: str = ""
    address: str = ""
    former_village: str = ""
    is_under_14: bool = False
    guardian: str = ""
    notice: bool = False
    consent: bool = False

    @property
    def is_anonymous(self) -> bool:
        return not (self.name or self.phone or self.address)


def names_told(speaker: Speaker | None) -> tuple[str, ...]:
    """Names that must never reach a public page."""
    return tuple(n for n in (speaker.name, speaker.guardian) if n) if speaker else ()


def keep_resident(*, community: Community, speaker: Speaker | None, at: datetime) -> Resident | None:
    """The resident's row, or None for an anonymous speaker.

    Contact data is kept only after notice and consent (个人信息保护法 art. 13, 17); a child under 14 needs a
    guardian (art. 31). The same number in the same community is the same resident.
    """
    if speaker is None or (speaker.is_anonymous and not speaker.is_under_14):
        return None
    if speaker.is_under_14 and not speaker.guardian.strip():
        raise Refused("guardian_needed")
    if not (speaker.notice and speaker.consent):
        raise Refused("consent_needed")
    for what, limit in (("name", 60), ("address", 120), ("former_village", 60), ("guardian", 60)):
        checked(getattr(speaker, what), what, limit=limit)
    phone = _phone(speaker.phone)
    index = keyring.index(phone, purpose="phone") if phone else ""
    if index:
        known = Resident.objects.filter(
            town_id=community.town_id, phone_index=index, community_id=community.id, erased_at=None
        ).first()
        if known is not None and keyring.decrypt(known.name_sealed) == speaker.name:
            return known
    return Resident.objects.create(
        town_id=community.town_id, community=community, phone_index=index,
        name_sealed=keyring.encrypt(speaker.name), phone_sealed=keyring.encrypt(phone),
        address_sealed=keyring.encrypt(speaker.address), former_village=speaker.former_village,
        is_under_14=speaker.is_under_14, guardian_sealed=keyring.encrypt(speaker.guardian) if speaker.guardian else "",
        notice_at=at, consent_at=at,
    )  # fmt: skip


def _phone(raw: str) -> str:
    if not raw.strip():
        return ""
    try:
        return keyring.normalise_phone(raw)
    except ValueError as error:
        raise Refused("not_a_phone") from error
