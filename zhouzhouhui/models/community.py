"""The community (村居), which holds the meetings, and the head of a ledger chain."""

from __future__ import annotations

from django.db import models

from .keys import uuid7
from .town import Town


class Community(models.Model):
    VILLAGE, NEIGHBOURHOOD = "village", "neighbourhood"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="communities")
    code = models.CharField(max_length=12)  # 12-digit 区划代码
    short_code = models.CharField(max_length=8)  # before a matter's number wherever several communities meet
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20)
    is_pilot = models.BooleanField(default=False)
    former_villages: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    joins_on = models.DateField()  # roll-out plan: its first meeting is on or after this day
    weekday = models.PositiveSmallIntegerField()  # 0 Monday … 6 Sunday
    meets_at = models.TimeField()
    place = models.CharField(max_length=120)
    anchor_on = models.DateField()  # a day of its rhythm; every second week from here
    dissolved_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "id"], name="community_of_one_town"),
            models.UniqueConstraint(fields=["town", "code"], name="one_community_a_code"),
            models.UniqueConstraint(fields=["town", "short_code"], name="one_community_a_short_code"),
            models.CheckConstraint(condition=models.Q(kind__in=["village", "neighbourhood"]), name="community_kind"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="community_weekday"),
            models.CheckConstraint(
                condition=models.Q(dissolved_on=None, successor=None)
                | models.Q(dissolved_on__isnull=False, successor__isnull=False),
                name="dissolved_only_into_a_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChainHead(models.Model):
    """The end of one hash chain: of a community, or of the town itself (``community`` empty).

    It also counts the places of numbers (13-08, 13+02), since whoever appends holds it anyway.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="heads")
    community = models.OneToOneField(Community, models.PROTECT, null=True, blank=True, related_name="head")
    name = models.CharField(max_length=12)  # the code of the community or of the town, printed
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(null=True)  # never goes back, even when a clock does
    last_number = models.PositiveIntegerField(default=0)  # of the last meeting opened
    place = models.PositiveIntegerField(default=0)  # last place given in that meeting
    place_between = models.PositiveIntegerField(default=0)  # last place given after it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "name"], name="one_head_a_chain")]
