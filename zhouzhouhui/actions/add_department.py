"""Adding a department of the town or the district."""

from datetime import datetime

from ..models import Department, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line


@in_one_transaction
def add_department(
    *,
    town: Town,
    by: Actor,
    at: datetime,
    code: str,
    name: str,
    level: str = "town",
    name_en: str = "",
    phone: str = "",
) -> Department:
    """Write the department; its code is the town's own and unique."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    for what, text, limit in (("code", code, 20), ("name", name, 60)):
        if not checked(text, what, limit=limit).strip():
            raise Refused("must_bring", what=what)
    if level not in (Department.TOWN, Department.DISTRICT):
        raise Refused("no_such_choice", what="level", choice=level)
    if Department.objects.filter(town=town, code=code).exists():
        raise Refused("code_taken", code=code)
    department = Department.objects.create(town=town, code=code, name=name, name_en=name_en, level=level, phone=phone)
    town_line("add_department", town=town, by=by, at=at, subject=f"department:{code}", facts={"level": level})
    return department
