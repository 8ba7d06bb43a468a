"""Correcting the record: a later line that shows both; nothing is edited (except personal data, which is erased)."""

from typing import Any, Unpack

from ..models import Category, Matter
from ..rules.refusals import Refused
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked, for_the_public
from .raise_matter import KINDS

CORRECTABLE = frozenset(
    {"words", "request", "kind", "category", "place", "people_count", "is_legacy", "legacy_since", "is_private"}
)


def correct_record(*, reason: str, **rest: Any) -> Matter:
    """Correct what was recorded of a matter: any of ``CORRECTABLE``, with the reason.

    Also types in the words of a photographed paper form. The old words stay in the ledger's older line.
    """
    corrections = {name: rest.pop(name) for name in list(rest) if name in CORRECTABLE and rest[name] is not None}
    return _correct(reason=reason, corrections=corrections, **rest)


def _correct(*, reason: str, corrections: dict[str, Any], **act: Unpack[Acting]) -> Matter:
    checked(reason, "reason")
    for what in ("words", "request", "place"):
        checked(corrections.get(what, ""), what)
    if corrections.get("kind", "unknown") not in KINDS:
        raise Refused("no_such_kind", kind=corrections["kind"])
    if not corrections:
        raise Refused("must_bring", what="correction")

    def decide(standing: Standing) -> Change:
        return _change(standing, corrections, reason)

    return take_step("correct_record", decide=decide, sent={"reason": reason, **corrections}, **act)


def _change(standing: Standing, corrections: dict[str, Any], reason: str) -> Change:
    matter = standing.matter
    fields = dict(corrections)
    if "category" in fields:
        fields["category"] = _category(matter, fields["category"])
    if fields.get("kind") == "report" and not matter.is_restricted:
        raise Refused("mark_restricted_first")
    hidden = matter.is_restricted or fields.get("is_private", matter.is_private)
    if "is_private" in fields and fields["is_private"] is False and matter.is_private:
        fields["public_words"] = for_the_public(fields.get("words", matter.words))
    if "words" in fields:
        fields |= {"awaits_typing": False, "public_words": "" if hidden else for_the_public(fields["words"])}
    if "place" in fields:
        fields["public_place"] = "" if hidden else for_the_public(fields["place"])
    sealed = {"reason": reason, **{n: str(corrections[n]) for n in ("words", "request", "place") if n in corrections}}
    return Change(
        standing.state, fields=fields, brought={"reason": reason}, sealed=sealed,
        never_public=frozenset({"request", "reason"}), undoable=False,
    )  # fmt: skip


def _category(matter: Matter, code: str) -> Category | None:
    if not code:
        return None
    category = Category.objects.filter(town_id=matter.town_id, code=code, retired_on=None).first()
    if category is None:
        raise Refused("no_such_category", category=code)
    if category.is_restricted and not matter.is_restricted:
        raise Refused("mark_restricted_first")
    return category
