"""Changing the town's facts: names, telephone, and the settings a town decides itself."""

from collections.abc import Mapping
from datetime import datetime

from ..models import Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line

# setting: least, most. The hash of the ledger is chosen when the town is founded and never changed.
SETTINGS: Mapping[str, tuple[int, int]] = {
    "working_days_before": (0, 10),
    "restricted_days": (5, 60),
    "meeting_minutes": (30, 240),
    "require_second_factor": (0, 1),
}


@in_one_transaction
def change_town(
    *, town: Town, by: Actor, at: datetime, name: str, name_en: str = "", district: str = "", phone: str = "",
    settings: Mapping[str, int] | None = None,
) -> Town:  # fmt: skip
    """Write the town's facts; a setting that is not named keeps its value. Numbers in working days, days, minutes."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    for what, text, limit in (
        ("name", name, 60),
        ("name_en", name_en, 120),
        ("district", district, 60),
        ("phone", phone, 40),
    ):
        checked(text, what, limit=limit)
    if not name.strip():
        raise Refused("must_bring", what="name")
    wanted = dict(settings or {})
    for setting, value in wanted.items():
        if setting not in SETTINGS:
            raise Refused("no_such_choice", what="setting", choice=setting)
        least, most = SETTINGS[setting]
        if not least <= value <= most:
            raise Refused("out_of_range", what=setting, least=least, most=most)
    town = Town.objects.select_for_update().get(id=town.id)
    facts = {"name": name, "name_en": name_en, "district": district, "phone": phone}
    changed = [field for field, value in facts.items() if getattr(town, field) != value]
    moved = {setting: value for setting, value in wanted.items() if town.setting(setting) != value}
    if "require_second_factor" in moved:
        require(by, at, Mandated.ADMINISTRATOR)  # how safely people sign in is not for the office to lower
        moved["require_second_factor"] = bool(moved["require_second_factor"])
    if not changed and not moved:
        return town
    town.name, town.name_en, town.district, town.phone = name, name_en, district, phone
    town.settings = town.settings | moved
    town.save(update_fields=["name", "name_en", "district", "phone", "settings"])
    town_line("change_town", town=town, by=by, at=at, facts={"changed": changed, "settings": moved})
    return town
