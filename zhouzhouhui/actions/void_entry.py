"""A slip of the hand, undone within ten seconds by whoever made it. The voided line stays in the ledger."""

from datetime import datetime, timedelta
from typing import Any, Unpack

from django.db.models import Field

from ..models import AnswerDraft, LedgerLine, Matter
from ..rules.matter_flow import State
from ..rules.refusals import Refused
from ._due import NOT_DUE
from ._take_step import Acting, Change, Standing, take_step

WITHIN = timedelta(seconds=10)


def void_entry(**act: Unpack[Acting]) -> Matter:
    """Undo the last entry on this matter; a raise becomes 已作废 and is counted apart.

    Steps that reached further than the matter itself (a merger, a split, a draft …) have their own way back.
    """

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        if matter.revision == 0:
            return _void_raise(standing)
        undo = matter.undo
        assert undo is not None  # else nobody is its maker
        if standing.at - datetime.fromisoformat(undo["at"]) > WITHIN:
            raise Refused("too_late_to_void", seconds=int(WITHIN.total_seconds()))
        return _restore(standing, undo)

    return take_step("void_entry", decide=decide, **act)


def _void_raise(standing: Standing) -> Change:
    line = LedgerLine.objects.filter(town_id=standing.matter.town_id, matter_id=standing.matter.id).order_by("seq")[0]
    if standing.at - standing.matter.recorded_at > WITHIN:
        raise Refused("too_late_to_void", seconds=int(WITHIN.total_seconds()))
    return Change(State.VOIDED, facts={"voids": str(line.id)}, due=NOT_DUE, undoable=False)


def _restore(standing: Standing, undo: dict[str, Any]) -> Change:
    matter = standing.matter
    fields = {_column(name): _living(name, value) for name, value in undo["fields"].items() if name != "state"}
    due = {name: fields.pop(name, None) for name in ("due_meeting_id", "due_from", "desk_due_on") if name in fields}

    def also(line: LedgerLine) -> None:
        if undo["verb"] == "give_answer":
            AnswerDraft.objects.filter(town_id=matter.town_id, matter_id=matter.id, state="given").update(
                state="signed"
            )

    facts: dict[str, Any] = {"voids": undo["line"]}
    if due:
        facts |= {"due": undo["fields"].get("due_meeting"), "due_from": undo["fields"].get("due_from")}
    return Change(State(undo["fields"]["state"]), fields={**fields, **due}, facts=facts, also=also, undoable=False)


def _column(name: str) -> str:
    field = Matter._meta.get_field(name) if not name.endswith("_id") else None
    return f"{name}_id" if field is not None and field.is_relation else name


def _living(name: str, value: Any) -> Any:
    """The value as the field holds it, from the JSON it was kept in."""
    field = Matter._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
    if not isinstance(field, Field) or field.is_relation or value is None:
        return value
    return field.to_python(value)
