"""A meeting (周周会), who hosts and records it, who came, and its minutes."""

from __future__ import annotations

from typing import Any

from django.db import models

from .community import Community
from .keys import uuid7
from .person import Person
from .town import Town


class Meeting(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="meetings")
    community = models.ForeignKey(Community, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=10, default="regular")
    state = models.CharField(max_length=12, default="called")
    slot_on = models.DateField(null=True, blank=True)  # the day of the rhythm it stands for; none for an extra meeting
    scheduled_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    number = models.PositiveIntegerField(null=True, blank=True)  # 第 N 次, given when it opens
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # of a move, a cancellation, a break-off
    moved_from = models.DateTimeField(null=True, blank=True)
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    frozen: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True, blank=True)
    unspoken: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    called_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "id"], name="meeting_of_one_town"),
            models.UniqueConstraint(fields=["town", "community", "number"], name="one_meeting_a_number"),
            models.UniqueConstraint(fields=["town", "community", "slot_on"], name="one_meeting_a_slot"),
            models.UniqueConstraint(
                fields=["town", "community"],
                condition=models.Q(state="open", kind="regular"),
                name="one_open_regular_meeting",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["called", "open", "adjourned", "broken_off", "cancelled", "not_held", "published"]
                ),
                name="meeting_state",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=["regular", "extra"]), name="meeting_kind"),
            models.CheckConstraint(
                condition=models.Q(state__in=["called", "cancelled", "not_held"], opened_at=None, number=None)
                | models.Q(
                    state__in=["open", "adjourned", "broken_off", "published"],
                    opened_at__isnull=False,
                    number__isnull=False,
                ),
                name="a_meeting_that_opened_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["town", "community", "scheduled_at"]),
            models.Index(fields=["town", "state", "scheduled_at"]),
        ]


class Appointment(models.Model):
    """Host or recorder of one meeting; a deputy host acts for the matters that concern the host."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=10)  # host, recorder
    is_deputy = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["town", "meeting"]), models.Index(fields=["town", "person"])]


class SignIn(models.Model):
    """One person counted in the hall; residents need no name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sign_ins")
    kind = models.CharField(max_length=12)  # resident, cadre, department, delegate
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True)
    heads = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["town", "meeting"])]


class Minutes(models.Model):
    """One edition of a meeting's minutes (纪要). A later edition is added, never replaced."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    edition = models.PositiveSmallIntegerField()
    words = models.TextField()
    edited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    head_seq = models.PositiveBigIntegerField(null=True, blank=True)  # printed, so that a cut-off chain shows
    head_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.UniqueConstraint(fields=["town", "meeting", "edition"], name="one_edition_a_number"),
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(signed_at__isnull=False),
                name="published_minutes_are_signed",
            ),
        ]
