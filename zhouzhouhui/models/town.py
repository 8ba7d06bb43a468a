"""The town (镇/街道): the tenant. Every other row carries it, and nothing links across towns."""

from __future__ import annotations

from typing import Any

from django.db import models

from .keys import uuid7


class Town(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=12, unique=True)  # 区划代码, 9 or 12 digits
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    district = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)  # printed on slips and public pages
    settings: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    DEFAULTS = {
        "working_days_before": 3,
        "restricted_days": 15,
        "meeting_minutes": 90,
        "hash": "sha256",
        "require_second_factor": False,
    }

    def setting(self, name: str) -> Any:
        """The town's own value of a setting, or the default every town starts with."""
        return self.settings.get(name, self.DEFAULTS[name])

    def __str__(self) -> str:
        return self.name


class TownHost(models.Model):
    """A host name this town is served under; names not listed are refused."""

    host = models.CharField(max_length=253, primary_key=True)
    town = models.ForeignKey(Town, models.PROTECT, related_name="hosts")


class CalendarDay(models.Model):
    """A day whose kind the town sets itself, until the State Council's notice for that year is in the library."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="calendar_days")
    day = models.DateField()
    kind = models.CharField(max_length=20)  # rules.calendar_days.DayKind
    note = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "day"], name="one_kind_a_day")]
