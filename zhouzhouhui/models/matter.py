"""A matter (诉求/事项): one thing raised; the centre of everything."""

from __future__ import annotations

from typing import Any

from django.db import models

from .community import Community
from .department import Category, Department
from .keys import uuid7
from .meeting import Meeting
from .person import Person
from .resident import Resident
from .town import Town

STATES = [
    "raised",
    "assigned",
    "answered",
    "promised",
    "shelved",
    "closed",
    "referred",
    "declined",
    "merged",
    "withdrawn",
    "voided",
]


class Matter(models.Model):
    """What stands now. How it came about is in the ledger; every field here follows from its lines.

    Keys of other rows have no index of their own (Meta.indexes has those that are asked for, town first): each
    would make every raise dearer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="matters", db_index=False)
    community = models.ForeignKey(Community, models.PROTECT, related_name="matters", db_index=False)
    number_meeting = models.PositiveIntegerField()  # the meeting's number; between meetings the last one's
    number_place = models.PositiveIntegerField()
    is_between = models.BooleanField(default=False)  # raised between meetings
    raised_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="raised", db_index=False
    )
    raised_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    channel = models.CharField(max_length=12, default="meeting")  # meeting, desk, phone, web, delegate, paper
    digest = models.CharField(max_length=64, blank=True)  # keyed digest of what was sent, for sending again

    # what was said
    words = models.TextField(blank=True)
    public_words = models.TextField(blank=True)
    request = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    public_place = models.CharField(max_length=120, blank=True)
    people_count = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=12, default="unknown")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, db_index=False)
    is_legacy = models.BooleanField(default=False)  # 历史遗留
    legacy_since = models.CharField(max_length=20, blank=True)
    is_private = models.BooleanField(default=False)
    is_restricted = models.BooleanField(default=False)
    awaits_typing = models.BooleanField(default=False)  # a photographed paper form, not typed yet
    filled_in_by = models.CharField(max_length=60, blank=True)  # 代填

    # where it stands
    state = models.CharField(max_length=10, default="raised")
    revision = models.PositiveIntegerField(default=0)
    route = models.CharField(max_length=12, blank=True)
    asked_route = models.CharField(max_length=12, blank=True)  # asked for aloud, to be confirmed
    lead_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="leads", db_index=False
    )
    lead_is_community = models.BooleanField(default=False)
    assigned_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    contacted_at = models.DateTimeField(null=True, blank=True)
    return_asked_at = models.DateTimeField(null=True, blank=True)
    substitute = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    # when it is due
    due_meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="due", db_index=False)
    due_from = models.DateField(
        null=True, blank=True
    )  # no meeting is called that far ahead yet: the first from here on
    first_due_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="first_due", db_index=False
    )
    first_due_lost = models.BooleanField(default=False)  # that date was cancelled or not held
    desk_due_on = models.DateField(null=True, blank=True)  # restricted matters: their own clock

    # what was answered
    outcome = models.CharField(max_length=2, blank=True)
    answer_words = models.TextField(blank=True)
    answer_basis = models.TextField(blank=True)
    answered_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="answered", db_index=False
    )
    answered_at = models.DateTimeField(null=True, blank=True)  # the first answer
    last_answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    answer_count = models.PositiveSmallIntegerField(default=0)
    first_answer_on_time = models.BooleanField(null=True, blank=True)
    on_the_spot = models.BooleanField(default=False)
    promise_on = models.DateField(null=True, blank=True)
    owner_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="owns", db_index=False
    )
    owner_is_community = models.BooleanField(default=False)
    done_on = models.DateField(null=True, blank=True)
    carried_in_a_row = models.PositiveSmallIntegerField(default=0)
    carried_count = models.PositiveSmallIntegerField(default=0)
    is_decision_unread = models.BooleanField(default=False)
    review_on = models.DateField(null=True, blank=True)
    shelf_level = models.CharField(max_length=12, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False)

    # the raiser's word
    solved = models.CharField(max_length=12, blank=True)  # solved, partly, explained
    manner = models.CharField(max_length=12, blank=True)  # satisfied, basically, not
    result = models.CharField(max_length=12, blank=True)
    word_from = models.CharField(max_length=8, blank=True)  # raiser, staff
    word_at = models.DateTimeField(null=True, blank=True)
    dispute_count = models.PositiveSmallIntegerField(default=0)
    is_disputed = models.BooleanField(default=False)  # the last word is a dispute, not answered again yet
    session_offered = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(default=0)  # further voices
    undo: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "id"], name="matter_of_one_town"),
            models.UniqueConstraint(
                fields=["town", "community", "number_meeting", "is_between", "number_place"], name="one_matter_a_number"
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="matter_state"),
            # no matter without a due: whatever is owed is due at a meeting, or at one not called yet, or at the desk
            models.CheckConstraint(
                condition=~models.Q(state__in=["raised", "assigned", "promised", "shelved"])
                | models.Q(due_meeting__isnull=False)
                | models.Q(due_from__isnull=False)
                | models.Q(desk_due_on__isnull=False),
                name="what_is_owed_is_due",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="promised") | models.Q(promise_on__isnull=False), name="a_promise_has_a_date"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="shelved") | models.Q(review_on__isnull=False), name="a_shelf_has_a_review"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="merged") | models.Q(merged_into__isnull=False), name="merged_into_one"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="assigned")
                | models.Q(lead_department__isnull=False, lead_is_community=False)
                | models.Q(lead_department=None, lead_is_community=True),
                name="assigned_to_one_lead",
            ),
        ]
        indexes = [
            models.Index(fields=["town", "community", "state", "-raised_at"]),
            models.Index(fields=["town", "community", "-raised_at"]),
            models.Index(fields=["town", "state", "-raised_at"]),
            models.Index(fields=["town", "due_meeting"]),
            models.Index(fields=["town", "raised_meeting"]),
            models.Index(fields=["town", "answered_meeting"]),
            models.Index(fields=["town", "lead_department", "state"]),
            models.Index(fields=["town", "owner_department", "state"]),
            # few rows have these: an index over all the empty ones misleads SQLite into reading the whole town
            models.Index(fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="merged_here"),
            models.Index(fields=["split_from"], condition=models.Q(split_from__isnull=False), name="split_parts"),
            models.Index(fields=["town", "due_from"], condition=models.Q(due_from__isnull=False), name="due_uncalled"),
        ]

    @property
    def number(self) -> str:
        """Its number within the community: 13-08 raised at the 13th meeting, 13+02 after it."""
        return f"{self.number_meeting}{'+' if self.is_between else '-'}{self.number_place:02d}"


class Assisting(models.Model):
    """A department that helps with an opinion (会办)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assisting")
    department = models.ForeignKey(Department, models.PROTECT, related_name="assists")
    opinion_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "matter", "department"], name="assists_once")]


class Concern(models.Model):
    """A person a restricted matter concerns: it does not exist for them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="concerns")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "matter", "person"], name="concerned_once")]


class Voice(models.Model):
    """Somebody who speaks for a matter: its raiser, or a seconder (附议). The slip is kept as a keyed digest."""

    RAISER, SECONDER = "raiser", "seconder"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, db_index=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="voices", db_index=False)
    kind = models.CharField(max_length=10, default=RAISER)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="voices", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    slip = models.CharField(max_length=64, blank=True)
    device = models.CharField(max_length=64, blank=True)
    disputed_answer = models.PositiveSmallIntegerField(default=0)  # the number of the answer last disputed
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["town", "slip"]),
            models.Index(fields=["town", "matter"]),
            models.Index(fields=["town", "resident"], condition=models.Q(resident__isnull=False), name="voices_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "matter", "device"], condition=~models.Q(device=""), name="one_voice_a_device"
            )
        ]


class AnswerDraft(models.Model):
    """A prepared answer, signed or not yet; the one in force is the newest that is not superseded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=10, default="prepared")  # prepared, signed, sent_back, given, superseded
    outcome = models.CharField(max_length=2)
    words = models.TextField()
    basis = models.TextField(blank=True)
    promise_on = models.DateField(null=True, blank=True)
    owner_department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    owner_is_community = models.BooleanField(default=False)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why it was sent back

    class Meta:
        indexes = [models.Index(fields=["town", "matter", "state"]), models.Index(fields=["town", "state"])]


class Photo(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="photos")
    file = models.CharField(max_length=120)
    thumbnail = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=10, default="before")  # before, after, form (a paper form, never public)
    is_public = models.BooleanField(default=False)
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["town", "matter"])]


class MatterLink(models.Model):
    """Two matters with the same root, also across communities; each stays due at its own meeting."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="links")
    other = models.ForeignKey(Matter, models.PROTECT, related_name="links_back")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "matter", "other"], name="linked_once")]
