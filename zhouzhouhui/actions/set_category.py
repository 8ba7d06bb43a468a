"""Setting a category: its names, its place in the two levels, and who owns it by default."""

from datetime import date, datetime

from ..models import Category, Department, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line


@in_one_transaction
def set_category(
    *, town: Town, by: Actor, at: datetime, code: str, name: str, parent: str = "", name_en: str = "",
    owner_department: str = "", owner_is_community: bool = False, is_restricted: bool = False,
    retired_on: date | None = None,
) -> Category:  # fmt: skip
    """Add the category or change it; a retired one stays on old matters and is offered no more."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    for what, text, limit in (("code", code, 20), ("name", name, 60)):
        if not checked(text, what, limit=limit).strip():
            raise Refused("must_bring", what=what)
    above = Category.objects.filter(town=town, code=parent, parent=None).first() if parent else None
    if parent and above is None:
        raise Refused("no_such_category", category=parent)
    owner = Department.objects.filter(town=town, code=owner_department).first() if owner_department else None
    if owner_department and owner is None:
        raise Refused("no_such_department")
    category, _ = Category.objects.update_or_create(
        town=town, code=code,
        defaults={
            "name": name, "name_en": name_en, "parent": above, "owner_department": owner,
            "owner_is_community": owner_is_community and owner is None, "is_restricted": is_restricted,
            "retired_on": retired_on,
        },
    )  # fmt: skip
    facts = {"parent": parent or None, "owner": owner_department or ("community" if owner_is_community else None)}
    town_line("set_category", town=town, by=by, at=at, subject=f"category:{code}", facts=facts)
    return category
