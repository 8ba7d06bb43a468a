"""Naming who acts at the restricted desk where office or leader are concerned themselves (回避)."""

from typing import Unpack
from uuid import UUID

from ..models import Matter, Person
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step


def name_substitute(*, substitute: UUID, **act: Unpack[Acting]) -> Matter:
    """The substitute handles the matter from now on; a person it concerns cannot be one (信访工作条例 art. 28)."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        person = Person.objects.filter(town_id=matter.town_id, id=substitute, is_active=True).first()
        if person is None or substitute in standing.concerns:
            raise Refused("not_a_substitute")
        return Change(
            standing.state, fields={"substitute": person}, brought={"substitute": substitute},
            sealed={"substitute": str(person.id)}, undoable=False,
        )  # fmt: skip

    return take_step("name_substitute", decide=decide, sent={"substitute": substitute}, **act)
