"""Who may read what: the permission is inside the query, so no list, search or count can forget it.

A matter is read in one of these ways: *full* by those who handle it (the words as spoken, and what is said about it
inside the house), *own* by its raiser (their own words and what they were told), *public* by anybody (masked words,
never of private or restricted matters), or not at all. A person whom a restricted matter concerns never reads it
in any way (信访工作条例 art. 30); to everybody who may not read it, it does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from zhouzhouhui.models import Assisting, Concern, Matter, Meeting, Voice
from zhouzhouhui.rules.matter_flow import State
from zhouzhouhui.rules.powers import Actor, Mandated
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china

TOWN_WIDE = (Mandated.OFFICE, Mandated.LEADER)
OF_A_COMMUNITY = (Mandated.CADRE, Mandated.HOST, Mandated.RECORDER)
FULL, OWN, ANYBODY = "full", "own", "public"
PUBLIC = Q(is_private=False, is_restricted=False)


def visible(*, actor: Actor, town_id: UUID, day: date) -> QuerySet[Matter]:
    """The matters that this actor handles on ``day``, and whose full words they may read."""
    actor.check_town(town_id)
    return _of_town(town_id).filter(_handled(actor, day) & _unconcerned(actor))


def visible_matters(*, by: Actor, town_id: UUID, at: datetime) -> QuerySet[Matter]:
    """Every matter that ``by`` may read in any way; :func:`reading_of` tells which way, row by row."""
    by.check_town(town_id)
    handled = _handled(by, day_in_china(at)) & _unconcerned(by)
    own = _own(by) & _unconcerned(by)
    reading = Case(
        When(handled, then=Value(FULL)), When(own, then=Value(OWN)), default=Value(ANYBODY), output_field=CharField()
    )
    return _of_town(town_id).filter(PUBLIC | handled | own).annotate(reading=reading)


def visible_matter(*, by: Actor, town_id: UUID, at: datetime, matter_id: UUID) -> Matter:
    """One matter that ``by`` may read, or ``Refused`` not_found, which does not tell whether there is one."""
    matter = visible_matters(by=by, town_id=town_id, at=at).filter(id=matter_id).first()
    if matter is None:
        raise Refused("not_found")
    return matter


def reading_of(matter: Matter) -> str:
    """In which way the reader of :func:`visible_matters` may read this one: FULL, OWN or ANYBODY."""
    return str(getattr(matter, "reading", ANYBODY))


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


def _handled(by: Actor, day: date) -> Q:
    """What somebody works on: by office, by community, by department, as substitute."""
    if by.person is None:
        return _everything(False)
    led = _led(by, day)
    restricted = Q(is_restricted=True) & (led | Q(substitute_id=by.person) | _desk(by, day))
    return restricted | (Q(is_restricted=False) & (_served(by, day) | led | _assisted(by, day)))


def _unconcerned(by: Actor) -> Q:
    """Not a restricted matter that concerns the reader."""
    if by.person is None:
        return _everything(True)
    concerned = Concern.objects.filter(town_id=OuterRef("town_id"), matter_id=OuterRef("id"), person_id=by.person)
    return Q(is_restricted=False) | ~Q(Exists(concerned))


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
    departments = _departments(by, day)
    led = _everything(False)
    if departments:
        led |= Q(lead_department_id__in=departments) | Q(owner_department_id__in=departments)
    communities = _scopes(by, day, Mandated.CADRE)
    if communities:
        led |= (Q(lead_is_community=True) | Q(owner_is_community=True)) & _in(communities)
    return led


def _assisted(by: Actor, day: date) -> Q:
    departments = _departments(by, day)
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


def _departments(by: Actor, day: date) -> frozenset[UUID]:
    return frozenset(m.department for m in by.mandates if m.role is Mandated.OFFICER and m.holds(day) and m.department)


def _in(communities: Iterable[UUID]) -> Q:
    """In one of these communities, or in one that was dissolved into one of them."""
    ids = list(communities)
    if not ids:
        return _everything(False)
    return Q(community_id__in=ids) | Q(community__successor_id__in=ids)


def _everything(truth: bool) -> Q:
    """All rows, or none: a condition that can stand beside others."""
    return ~Q(pk__in=[]) if truth else Q(pk__in=[])
