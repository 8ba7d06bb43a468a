"""Who may read what: the permission is inside the query, so no list, search or count can forget it.

A matter is read in one of three ways: *full* (the words as spoken), *public* (masked words, never of private or
restricted matters), or not at all. A person whom a restricted matter concerns never reads it in any way
(信访工作条例 art. 30); to everybody who may not read it, it does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from zhouzhouhui.models import Assisting, Concern, Matter, Meeting, Voice
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.powers import Actor, Mandated
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china

TOWN_WIDE = (Mandated.OFFICE, Mandated.LEADER)
OF_A_COMMUNITY = (Mandated.CADRE, Mandated.HOST, Mandated.RECORDER)
PUBLIC = Q(is_private=False, is_restricted=False)


def visible(*, actor: Actor, town_id: UUID, day: date) -> QuerySet[Matter]:
    """The matters whose full words this actor may read on ``day``."""
    return _of_town(town_id).filter(_full(actor, day))


def visible_matters(*, by: Actor, town_id: UUID, at: datetime) -> QuerySet[Matter]:
    """Every matter that ``by`` may read in any way; :func:`reads_in_full` tells which way, row by row."""
    full = _full(by, day_in_china(at))
    return _of_town(town_id).filter(PUBLIC | full).annotate(
        read_in_full=Case(When(full, then=Value(True)), default=Value(False), output_field=BooleanField())
    )  # fmt: skip


def visible_matter(*, by: Actor, town_id: UUID, at: datetime, matter_id: UUID) -> Matter:
    """One matter that ``by`` may read, or ``Refused`` not_found, which does not tell whether there is one."""
    matter = visible_matters(by=by, town_id=town_id, at=at).filter(id=matter_id).first()
    if matter is None:
        raise Refused("not_found")
    return matter


def reads_in_full(matter: Matter) -> bool:
    """Whether the reader of :func:`visible_matters` may read this one's words as spoken."""
    return bool(getattr(matter, "read_in_full", False))


def visible_meetings(*, by: Actor, town_id: UUID, at: datetime) -> QuerySet[Meeting]:
    """The meetings ``by`` may read: they are public, all of them, called or lost, and so is when and where."""
    return Meeting.objects.filter(town_id=town_id)


def communities_served(by: Actor, day: date) -> frozenset[UUID] | None:
    """The communities whose matters this person handles in full on ``day``; None for all of them."""
    held = [m for m in by.mandates if m.holds(day)]
    if any(m.role in TOWN_WIDE for m in held):
        return None
    local = [m for m in held if m.role in OF_A_COMMUNITY]
    if any(m.community is None for m in local):
        return None
    return frozenset(cast("UUID", m.community) for m in local)


def _of_town(town_id: UUID) -> QuerySet[Matter]:
    return Matter.objects.filter(town_id=town_id).exclude(state=State.VOIDED)


def _full(by: Actor, day: date) -> Q:
    """Whose words ``by`` may read as spoken: by office, by community, by department, by their own slip."""
    own = _own(by)
    if by.person is None:
        return own
    handled = _led(by, day)
    concerned = Concern.objects.filter(town_id=OuterRef("town_id"), matter_id=OuterRef("id"), person_id=by.person)
    restricted = Q(is_restricted=True) & (handled | Q(substitute_id=by.person) | own | _desk(by, day)) & ~Exists(concerned)
    return restricted | (Q(is_restricted=False) & (_served(by, day) | handled | _assisted(by, day) | own))


def _desk(by: Actor, day: date) -> Q:
    """The restricted desk and the leaders read every restricted matter that does not concern them."""
    return _everything(any(by.holds(role, day) for role in TOWN_WIDE))


def _served(by: Actor, day: date) -> Q:
    communities = communities_served(by, day)
    if communities is None:
        return _everything(True)
    posted = _scopes(by, day, Mandated.DELEGATE)
    served = _in(communities)
    return served | (_in(posted) & Q(is_private=False)) if posted else served


def _led(by: Actor, day: date) -> Q:
    """Whoever leads or owns it: the department's officers, or the cadres where the community answers itself."""
    departments = frozenset(m.department for m in by.mandates if m.role is Mandated.OFFICER and m.holds(day) and m.department)
    led = _everything(False)
    if departments:
        led |= Q(lead_department_id__in=departments) | Q(owner_department_id__in=departments)
    communities = _scopes(by, day, Mandated.CADRE)
    if communities:
        led |= (Q(lead_is_community=True) | Q(owner_is_community=True)) & _in(communities)
    return led


def _assisted(by: Actor, day: date) -> Q:
    departments = [m.department for m in by.mandates if m.role is Mandated.OFFICER and m.holds(day) and m.department]
    if not departments:
        return _everything(False)
    return Q(Exists(
        Assisting.objects.filter(town_id=OuterRef("town_id"), matter_id=OuterRef("id"), department_id__in=departments)
    ))  # fmt: skip


def _own(by: Actor) -> Q:
    """What somebody raised: known by their slip, or by having been signed in."""
    whose = Q(slip__in=by.slips) if by.slips else None
    if by.person is not None:
        whose = Q(person_id=by.person) | whose if whose is not None else Q(person_id=by.person)
    if whose is None:
        return _everything(False)
    voices = Voice.objects.filter(
        whose, town_id=OuterRef("town_id"), matter_id=OuterRef("id"), kind=Voice.RAISER, withdrawn_at=None
    )
    return Q(Exists(voices))


def _scopes(by: Actor, day: date, role: Mandated) -> frozenset[UUID]:
    return frozenset(m.community for m in by.mandates if m.role is role and m.holds(day) and m.community)


def _in(communities: Iterable[UUID]) -> Q:
    """In one of these communities, or in one that was dissolved into one of them."""
    ids = list(communities)
    if not ids:
        return _everything(False)
    return Q(community_id__in=ids) | Q(community__successor_id__in=ids)


def _everything(truth: bool) -> Q:
    """All rows, or none: a condition that can stand beside others."""
    return ~Q(pk__in=[]) if truth else Q(pk__in=[])
