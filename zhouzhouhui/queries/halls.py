"""What the meeting's screens need beside the agenda."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from zhouzhouhui.models import Category, Meeting, Minutes, Person
from zhouzhouhui.rules.rhythm import day_in_china


def meeting_of(*, town_id: UUID, meeting_id: UUID) -> Meeting | None:
    """The meeting of this town with its community, or None."""
    return Meeting.objects.select_related("community__town", "continues").filter(town_id=town_id, id=meeting_id).first()


def categories(town_id: UUID) -> list[Category]:
    """The second-level categories offered to a recorder, in order of their codes; restricted ones too."""
    rows = Category.objects.filter(town_id=town_id, parent__isnull=False, retired_on=None).select_related("parent")
    return sorted(rows, key=lambda c: [int(part) if part.isdigit() else 0 for part in c.code.split(".")])


def hosts_to_choose(meeting: Meeting) -> list[Person]:
    """Who may host or record this meeting by mandate, on its day (one query)."""
    day = day_in_china(meeting.scheduled_at)
    holds = Q(mandates__starts_on__lte=day) & (Q(mandates__ends_on=None) | Q(mandates__ends_on__gte=day))
    here = Q(mandates__community_id=meeting.community_id) | Q(mandates__community=None)
    rows = Person.objects.filter(
        holds & here,
        town_id=meeting.town_id,
        is_active=True,
        mandates__role__in=["host", "recorder", "cadre", "office", "leader"],
    )
    return list(rows.distinct().order_by("name")[:80])


def leaders_of(town_id: UUID) -> list[Person]:
    """The town's leaders, to be named when a matter is carried over a third time."""
    return list(
        Person.objects.filter(town_id=town_id, is_active=True, mandates__role="leader").distinct().order_by("name")
    )


def minutes_of(meeting: Meeting) -> list[Minutes]:
    """All editions of a meeting's minutes, the newest first."""
    return list(
        Minutes.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id)
        .select_related("edited_by", "signed_by")
        .order_by("-edition")
    )


def slip_shown(slip: dict[str, Any] | None) -> dict[str, Any] | None:
    """A slip to be shown once, right after it was issued."""
    return slip if slip and slip.get("code") else None
