"""Finding what a caller names: by UUID, or by the name people know it under. One query for all names of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from zhouzhouhui.models import Community, Department, Matter, Person
from zhouzhouhui.rules.refusals import Refused

from .composed import Composed

NUMBER = re.compile(r"([A-Za-z0-9]{2,8})-([0-9]{1,6})([-+ ])([0-9]{1,6})")
CODE = re.compile(r"[A-Za-z0-9]{1,12}")
WITH = ("town", "head", "successor__town", "successor__head")


def community_named(town_id: UUID, name: str) -> Community:
    """By short code (YXY), 区划代码 or UUID; refused as not found. With its town, and its successor's."""
    key = uuid_of(name)
    found = None
    if key is not None:
        found = _BY_KEY.first(town_id=town_id, key=key)
    elif CODE.fullmatch(name):
        found = _BY_CODE.first(town_id=town_id, code=name, short_code=name.upper())
    if found is None:
        raise Refused("not_found")
    return found


def community_of(town_id: UUID, community_id: UUID | None) -> Community:
    """By its key; refused as not found."""
    found = _BY_KEY.first(town_id=town_id, key=community_id) if community_id is not None else None
    if found is None:
        raise Refused("not_found")
    return found


def _by_key(*, town_id: UUID, key: UUID) -> models.QuerySet[Community]:
    return Community.objects.select_related(*WITH).filter(town_id=town_id, id=key)


def _by_code(*, town_id: UUID, code: str, short_code: str) -> models.QuerySet[Community]:
    rows = Community.objects.select_related(*WITH).filter(town_id=town_id)
    return rows.filter(Q(code=code) | Q(short_code=short_code)).order_by("id")[:1]


_BY_KEY, _BY_CODE = Composed(_by_key), Composed(_by_code)


def matters_named(town_id: UUID, names: Sequence[str]) -> list[UUID]:
    """The keys of matters named by number (YXY-13-08, YXY-13+02) or UUID, in the order named.

    A UUID is passed on as it is: whether it exists, and for whom, is for the act to say.
    """
    numbers = {name: _number(name) for name in names if uuid_of(name) is None}
    found = {name: _GIVEN[town_id, number] for name, number in numbers.items() if (town_id, number) in _GIVEN}
    if len(found) < len(numbers):
        wanted = Q(pk__in=[])
        for short, meeting, is_between, place in numbers.values():
            wanted |= Q(community__short_code=short, number_meeting=meeting, is_between=is_between, number_place=place)
        rows = Matter.objects.filter(wanted, town_id=town_id).values_list(
            "community__short_code", "number_meeting", "is_between", "number_place", "id"
        )
        by_number = {tuple(row[:4]): row[4] for row in rows}
        found = {name: by_number[number] for name, number in numbers.items() if number in by_number}
        if len(_GIVEN) > REMEMBERED:
            _GIVEN.clear()
        _GIVEN.update({(town_id, numbers[name]): key for name, key in found.items()})
    return _in_order(names, found)


# A number once given belongs to its matter for good, so it is looked up once in each process.
_GIVEN: dict[tuple[UUID, tuple[Any, ...]], UUID] = {}
REMEMBERED = 20_000


def matter_named(town_id: UUID, name: str) -> UUID:
    """The key of one matter; no query for a UUID."""
    return matters_named(town_id, [name])[0]


def departments_named(town_id: UUID, names: Sequence[str]) -> list[UUID]:
    """The keys of departments named by code or UUID."""
    return _named(Department.objects.filter(town_id=town_id, dissolved_on=None), "code", names, "no_such_department")


def people_named(town_id: UUID, names: Sequence[str]) -> list[UUID]:
    """The keys of people named by sign-in name or UUID."""
    return _named(Person.objects.filter(town_id=town_id, is_active=True), "login", names, "not_found")


def uuid_of(name: str) -> UUID | None:
    """The UUID, where it is one in the usual writing."""
    if len(name) not in (32, 36):
        return None
    try:
        return UUID(name)
    except ValueError:
        return None


def _named(rows: models.QuerySet[Any], field: str, names: Sequence[str], refusal: str) -> list[UUID]:
    told = {name for name in names if uuid_of(name) is None}
    found = dict(rows.filter(**{f"{field}__in": told}).values_list(field, "id")) if told else {}
    return _in_order(names, found, refusal)


def _in_order(names: Iterable[str], found: dict[str, UUID], refusal: str = "not_found") -> list[UUID]:
    keys = []
    for name in names:
        key = uuid_of(name) or found.get(name)
        if key is None:
            raise Refused(refusal)
        keys.append(key)
    return keys


def _number(name: str) -> tuple[str, int, bool, int]:
    told = NUMBER.fullmatch(name)
    if told is None:
        raise Refused("not_found")
    return told[1].upper(), int(told[2]), told[3] != "-", int(told[4])
