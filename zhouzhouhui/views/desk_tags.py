"""What desk pages say again and again: the bar of the desk, roles and other classes in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from zhouzhouhui.rules.powers import Actor, Mandated
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.acts import ROLES, VERBS
from zhouzhouhui.wording.states import CHANNELS, CONTENT, SOLVED, kind_word, outcome_word, route_word, word_of

register = template.Library()

OFFICE, LEADER, CADRE, OFFICER = Mandated.OFFICE, Mandated.LEADER, Mandated.CADRE, Mandated.OFFICER
DELEGATE, HOST, RECORDER = Mandated.DELEGATE, Mandated.HOST, Mandated.RECORDER
AUDITOR, ADMINISTRATOR = Mandated.AUDITOR, Mandated.ADMINISTRATOR
HANDLING = frozenset({OFFICE, LEADER, CADRE, OFFICER, DELEGATE, HOST, RECORDER})


@dataclass(frozen=True)
class Place:
    """One place in the bar."""

    key: str
    href: str
    name: str


def places(roles: frozenset[Mandated]) -> list[Place]:
    """Where somebody with these roles has something to do."""
    found = []
    if roles & HANDLING:
        found.append(Place("home", "/desk/", _("待办")))
    if roles & {LEADER, OFFICE}:
        found.append(Place("overview", "/desk/overview/", _("五分钟")))
    if roles & HANDLING:
        found.append(Place("matters", "/desk/matters/", _("事项")))
        found.append(Place("evenings", "/desk/evenings/", _("哪几场会")))
    if roles & {OFFICE, LEADER, CADRE, HOST, RECORDER}:
        found.append(Place("meetings", "/desk/meetings/", _("会务")))
    if roles & {OFFICE, CADRE, DELEGATE}:
        found.append(Place("raise", "/desk/raise/", _("登记")))
    if roles & {AUDITOR, OFFICE, LEADER}:
        found.append(Place("ledger", "/desk/ledger/", _("台账")))
    if roles & {ADMINISTRATOR, OFFICE}:
        found.append(Place("setup", "/setup/", _("设置")))
    return found


@register.simple_tag(takes_context=True)
def desk_places(context: dict[str, Any]) -> list[Place]:
    """The places of whoever reads this page."""
    actor: Actor | None = getattr(context["request"], "actor", None)
    if actor is None:
        return []
    today = day_in_china(timezone.now())
    return places(frozenset(m.role for m in actor.mandates if m.holds(today)))


@register.filter
def role_word(role: str) -> str:
    """办公室, 村居书记/干部 …"""
    return _("限阅") if role == "restricted" else word_of(ROLES, role)


@register.filter
def act_word(verb: str) -> str:
    """分派, 起草答复 …"""
    return word_of(VERBS, verb)


@register.filter
def class_word(code: str, table: str) -> str:
    """A class in words: {{ matter.kind|class_word:"kind" }}."""
    if table == "kind":
        return kind_word(code)
    if table == "route":
        return route_word(code)
    if table == "outcome":
        return outcome_word(code)
    return word_of({"channel": CHANNELS, "solved": SOLVED, "content": CONTENT}[table], code)
