"""Changing a department's names, level or telephone. Its code stays: categories and the ledger name it."""

from datetime import datetime
from uuid import UUID

from ..models import Department, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import require, town_line


@in_one_transaction
def change_department(
    *,
    town: Town,
    by: Actor,
    at: datetime,
    department_id: UUID,
    name: str,
    level: str,
    name_en: str = "",
    phone: str = "",
) -> Department:
    """Write what changed."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    department = Department.objects.select_for_update().filter(town=town, id=department_id, dissolved_on=None).first()
    if department is None:
        raise Refused("not_found")
    for what, text, limit in (("name", name, 60), ("name_en", name_en, 120), ("phone", phone, 40)):
        checked(text, what, limit=limit)
    if not name.strip():
        raise Refused("must_bring", what="name")
    if level not in (Department.TOWN, Department.DISTRICT):
        raise Refused("no_such_choice", what="level", choice=level)
    wanted = {"name": name, "level": level, "name_en": name_en, "phone": phone}
    changed = [field for field, value in wanted.items() if getattr(department, field) != value]
    if changed:
        for field in changed:
            setattr(department, field, wanted[field])
        department.save(update_fields=changed)
        subject = f"department:{department.code}"
        town_line(
            "change_department", town=town, by=by, at=at, subject=subject, facts={"changed": changed, "level": level}
        )
    return department
