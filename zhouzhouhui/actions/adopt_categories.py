"""Taking over the standard list of categories, in a town that has none yet."""

from datetime import datetime

from ..models import Category, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ..wording.standard_categories import STANDARD
from ._ledger import in_one_transaction
from ._town_line import require
from .set_category import set_category


@in_one_transaction
def adopt_categories(*, town: Town, by: Actor, at: datetime) -> int:
    """Write the standard categories, each with its line, and return how many. Refused once there are any."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    if Category.objects.filter(town=town).exists():
        raise Refused("categories_there")
    for one in STANDARD:
        set_category(
            code=one.code, name=one.name, name_en=one.name_en, parent=one.parent, owner_is_community=one.by_community,
            is_restricted=one.is_restricted, town=town, by=by, at=at,
        )  # fmt: skip
    return len(STANDARD)
