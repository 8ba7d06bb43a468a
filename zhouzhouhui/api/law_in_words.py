"""What OpenAPI says of each verb, from the tables of the law: who may, what to bring, from where to where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from zhouzhouhui.rules.matter_flow import STEPS as MATTER_STEPS
from zhouzhouhui.rules.meeting_flow import STEPS as MEETING_STEPS
from zhouzhouhui.wording.acts import ROLES, THINGS, VERBS
from zhouzhouhui.wording.states import MATTER_STATES, MEETING_STATES, Words

LANGUAGES = ("zh-hans", "en")


def summary_of(verb: str) -> str:
    """交办 · Assign."""
    chinese, english = (_said(VERBS, verb, language) for language in LANGUAGES)
    return f"{chinese} · {english if english != chinese else verb.replace('_', ' ')}"


def law_of(verb: str) -> str:
    """Who may take the step, what it must bring and where it leads, in Chinese and in code words."""
    step: Any = MATTER_STEPS.get(verb) or MEETING_STEPS[verb]
    states: Words = MATTER_STATES if verb in MATTER_STEPS else MEETING_STATES
    lines = [
        f"谁可以 (who): {_list(ROLES, sorted(step.who))}",
        f"须带 (bring): {_list(THINGS, step.bring) if step.bring else '—'}",
        f"状态 (states): {'; '.join(_moves(step, states))}",
    ]
    return "\n\n".join(lines)


def _moves(step: Any, states: Words) -> list[str]:
    moves: dict[str, list[str]] = {}
    for origin, targets in step.moves.items():
        to = " / ".join(_word(states, target.value) for target in sorted(targets))
        moves.setdefault("=" if targets == {origin} else to, []).append(_word(states, origin.value) if origin else "—")
    return [f"{', '.join(origins)}" if to == "=" else f"{', '.join(origins)} → {to}" for to, origins in moves.items()]


def _list(words: Words, codes: Iterable[str]) -> str:
    return ", ".join(_word(words, code) for code in codes)


def _word(words: Words, code: str) -> str:
    return f"{_said(words, code, 'zh-hans')} `{code}`"


def _said(words: Words, code: str, language: str) -> str:
    with override(language):
        return str(words.get(code, code))
