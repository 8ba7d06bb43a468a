"""What a town still lacks before the institution can keep its promise; for those who set it up."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhouzhouhui.models import CalendarDay, Category, Community, Department, Mandate, Meeting, TownHost
from zhouzhouhui.rules.calendar_days import DayKind, is_published
from zhouzhouhui.rules.rhythm import day_in_china

Names = list[str]


def communities_without_meeting(*, town_id: UUID, at: datetime) -> Names:
    """Communities with no meeting called or open."""
    ahead = Meeting.objects.filter(community=OuterRef("pk")).filter(
        Q(state="called", scheduled_at__gt=at) | Q(state="open")
    )
    return _named(Community.objects.filter(town_id=town_id, dissolved_on=None).filter(~Exists(ahead)))


def communities_without_cadre(*, town_id: UUID, at: datetime) -> Names:
    """Communities where nobody assigns and drafts between meetings."""
    cadres = _in_force(at).filter(role="cadre", community=OuterRef("pk"))
    return _named(Community.objects.filter(town_id=town_id, dissolved_on=None).filter(~Exists(cadres)))


def communities_lacking(*, town_id: UUID, at: datetime) -> tuple[Names, Names]:
    """Communities without a next meeting, and communities without a cadre, in one query."""
    ahead = Meeting.objects.filter(town_id=town_id, community=OuterRef("pk")).filter(
        Q(state="called", scheduled_at__gt=at) | Q(state="open")
    )
    cadres = _in_force(at).filter(role="cadre", community=OuterRef("pk"))
    rows = Community.objects.filter(town_id=town_id, dissolved_on=None).annotate(
        meets=Exists(ahead), led=Exists(cadres)
    )
    found = list(rows.order_by("code").values_list("name", "meets", "led"))
    return [name for name, meets, _led in found if not meets], [name for name, _meets, led in found if not led]


def departments_without_officer(*, town_id: UUID, at: datetime) -> Names:
    """Departments whose queue nobody sees."""
    officers = _in_force(at).filter(role="officer", department=OuterRef("pk"))
    return _named(Department.objects.filter(town_id=town_id, dissolved_on=None).filter(~Exists(officers)))


def categories_without_owner(*, town_id: UUID) -> Names:
    """Categories that say nobody answers for them; a parent category needs no owner of its own."""
    children = Category.objects.filter(parent=OuterRef("pk"), retired_on=None)
    rows = Category.objects.filter(
        town_id=town_id, retired_on=None, owner_department=None, owner_is_community=False, is_restricted=False
    )
    return _named(rows.filter(~Exists(children)))


def roles_without_person(*, town_id: UUID, at: datetime) -> Names:
    """Of office, leader and administrator, those that nobody holds."""
    held = set(_in_force(at).filter(town_id=town_id).values_list("role", flat=True))
    return [role for role in ("office", "leader", "administrator") if role not in held]


def years_not_published(*, town_id: UUID, at: datetime) -> Names:
    """Years with called meetings whose holidays neither the library nor the town's own table knows."""
    overrides = {
        day: DayKind(kind) for day, kind in CalendarDay.objects.filter(town_id=town_id).values_list("day", "kind")
    }
    called = Meeting.objects.filter(town_id=town_id, state="called").values_list("scheduled_at", flat=True)
    years = {day_in_china(moment).year for moment in called} | {day_in_china(at).year}
    return [str(year) for year in sorted(years) if not is_published(year, overrides)]


def has_communities(*, town_id: UUID) -> bool:
    """Whether anybody holds meetings yet."""
    return Community.objects.filter(town_id=town_id, dissolved_on=None).exists()


def has_host(*, town_id: UUID) -> bool:
    """Whether the town can be reached by a name of its own."""
    return TownHost.objects.filter(town_id=town_id).exists()


def _in_force(at: datetime) -> QuerySet[Mandate]:
    today: date = day_in_china(at)
    begun = Mandate.objects.filter(person__is_active=True, starts_on__lte=today)
    return begun.filter(Q(ends_on=None) | Q(ends_on__gte=today))


def _named(rows: QuerySet[Community] | QuerySet[Department] | QuerySet[Category]) -> Names:
    return list(rows.order_by("code").values_list("name", flat=True))
