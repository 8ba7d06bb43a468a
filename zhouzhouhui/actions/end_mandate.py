"""Ending a mandate on a day; what the person did under it stays."""

from datetime import date, datetime
from uuid import UUID

from ..models import Mandate, Town
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._town_line import require, town_line
from .grant_mandate import check_may_grant, mandate_facts


@in_one_transaction
def end_mandate(*, town: Town, by: Actor, at: datetime, mandate_id: UUID, ends_on: date) -> Mandate:
    """Set the last day the mandate holds."""
    require(by, at, Mandated.ADMINISTRATOR, Mandated.OFFICE)
    mandate = Mandate.objects.select_related("community", "department").filter(town=town, id=mandate_id).first()
    if mandate is None:
        raise Refused("not_found")
    check_may_grant(by, at, mandate.role)
    if ends_on < mandate.starts_on:
        raise Refused("term_backwards")
    mandate.ends_on = ends_on
    mandate.save(update_fields=["ends_on"])
    town_line(
        "end_mandate", town=town, by=by, at=at, subject=f"mandate:{mandate.id}", facts=mandate_facts(mandate),
        sealed={"person": str(mandate.person_id)},
    )  # fmt: skip
    return mandate
