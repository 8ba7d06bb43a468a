"""Every verb of the law made ready to be taken, found in the step tables: a new verb is tried with no new test.

What a verb asks for is found in its own signature and brought from one table by the name of the parameter. A
verb that asks for something new fails here until somebody says what to bring.
"""

import inspect
from collections.abc import Callable, Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions._born import NewMatter
from zhouzhouhui.actions.assign_matter import Lead
from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules import matter_flow, meeting_flow
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.refusals import Refused

MATTER_VERBS = sorted(set(matter_flow.STEPS) - {"raise_matter"})  # raising has no matter yet
MEETING_VERBS = sorted(set(meeting_flow.STEPS) - {"call_meeting"})
# What may be left out, but makes the act whole.
ALSO = {
    "give_answer": ("answer", "told"), "read_decision": ("told_on",), "correct_record": ("kind",),
    "second_matter": ("code",), "rule_on_return": ("reason",),
    "carry_over": ("new_step", "leader"), "assign_matter": ("reason",),
}  # fmt: skip


def action(verb: str) -> Callable[..., Any]:
    act: Callable[..., Any] = getattr(import_module(f"zhouzhouhui.actions.{verb}"), verb)
    return act


def things(cast: Cast, *, other: UUID | None = None) -> Mapping[str, Any]:
    """Something acceptable under each name that acts ask for; ``other`` is another matter."""
    day = cast.now.date()
    return {
        "words": "这样办。", "reason": "说明缘由。", "route": "town", "lead": Lead(department=cast.szs.id),
        "manner": "satisfied", "contacted_at": cast.now, "granted": True,
        "answer": Answer("B", "月底修好。", promise_on=day + timedelta(days=20), owner_department=cast.szs.id),
        "told": "当面说了。", "told_on": day, "evidence": "照片。", "done_on": day, "solved": "solved", "level": "town",
        "review_on": day + timedelta(days=30), "path": "诉讼", "instead": "邻镇。", "into": other,
        "new_facts": "又坏了。", "code": keyring.new_code(),
        "parts": ["前一半。", "后一半。"], "others": [other], "file": "a/b/c.jpg", "public_words": "遮挡后的话。",
        "substitute": cast.people["auditor"].id, "new_step": "请人来看。", "leader": cast.people["leader"].id,
        "kind": "praise", "item": NewMatter(words="新的一件。"), "scheduled_at": cast.now + timedelta(hours=20),
        "place": "门口", "person": cast.people["office"].id,
    }  # fmt: skip


def brought(verb: str, cast: Cast, *, other: UUID | None = None) -> dict[str, Any]:
    """What the verb asks for, under the names of its own parameters."""
    told = {**things(cast, other=other), **({"kind": "resident"} if verb == "sign_in" else {})}
    if verb == "record_contact":
        told["manner"] = "phone"
    asked = [
        name
        for name, one in inspect.signature(action(verb)).parameters.items()
        if one.kind is inspect.Parameter.KEYWORD_ONLY and one.default is inspect.Parameter.empty
    ]
    return {name: told[name] for name in (*asked, *ALSO.get(verb, ())) if name not in WHERE}


WHERE = frozenset({"town_id", "by", "at", "matter_id", "meeting_id", "community_id"})


def take(verb: str, cast: Cast, matter: Matter, by: Actor, *, other: UUID | None = None, **where: Any) -> str:
    """Try the verb on the matter; "" or the code of the refusal."""
    where = {"town_id": cast.town.id, "at": cast.now, **where}
    try:
        action(verb)(matter_id=matter.id, by=by, **brought(verb, cast, other=other), **where)
    except Refused as refused:
        return refused.code
    return ""


def convene(verb: str, cast: Cast, meeting: Meeting, by: Actor, **where: Any) -> str:
    """Try the verb on the meeting; "" or the code of the refusal."""
    where = {"town_id": cast.town.id, "at": cast.now, **where}
    try:
        action(verb)(meeting_id=meeting.id, by=by, **brought(verb, cast), **where)
    except Refused as refused:
        return refused.code
    return ""
