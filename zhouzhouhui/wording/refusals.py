"""A refusal said to a person: what was not allowed and what can be done, from its code and facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhouzhouhui.rules.refusals import Refused

from .acts import ROLES, THINGS, VERBS, words_for
from .refusal_sentences import OTHERWISE, SENTENCES
from .states import KINDS, MATTER_STATES, MEETING_STATES, ROUTES, Words

LISTED = 12
TABLES: Mapping[str, Words] = {
    "verb": VERBS,
    "role": ROLES,
    "what": THINGS,
    "state": {**MEETING_STATES, **MATTER_STATES},
    "route": ROUTES,
    "kind": KINDS,
}


class _Facts(dict[str, str]):
    """Facts as words; one that a caller left out reads as nothing instead of failing a refusal."""

    def __missing__(self, name: str) -> str:
        return ""


def sentence(refused: Refused) -> str:
    """The refusal in the language in force: one or two sentences that say what is in the way and what to do."""
    words = SENTENCES.get(refused.code, OTHERWISE)
    return str(words).format_map(_Facts({name: _said(name, fact) for name, fact in refused.facts.items()}))


def remedies(refused: Refused) -> list[str]:
    """One line for each thing that is in the way, with what can be done for it; empty for most refusals.

    An unspoken matter: its number, its state, and the acts that would let the meeting end. A private one is told
    by its number only, as everywhere in the hall.
    """
    lines = []
    for matter in refused.facts.get("matters", ()):
        state = "" if matter.get("private") else TABLES["state"].get(matter["state"], matter["state"])
        can = words_for(matter.get("can", ()), VERBS)
        lines.append(_("{number} {state}：可以{can}").format(number=matter["number"], state=state, can=can))
    return lines


def _said(name: str, fact: Any) -> str:
    if name == "who":
        return words_for(fact, ROLES)
    if name == "matters":
        return _numbers(fact)
    if name == "since":
        return "；".join(f"{_moment(step['at'])} {VERBS.get(step['verb'], step['verb'])}" for step in fact)
    if name.endswith(("_at", "_on")) or name == "last":
        return _moment(str(fact))
    table = TABLES.get(name)
    return str(table.get(str(fact), fact)) if table is not None else str(fact)


def _numbers(matters: Sequence[Mapping[str, Any]]) -> str:
    shown = "、".join(str(matter["number"]) for matter in matters[:LISTED])
    return f"{shown}……" if len(matters) > LISTED else shown


def _moment(iso: str) -> str:
    """A day, or a day with the hour in China."""
    if len(iso) == len("2026-01-01"):
        return date_format(date.fromisoformat(iso), "MONTH_DAY_FORMAT")
    local = timezone.localtime(datetime.fromisoformat(iso))
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {local:%H:%M}"
