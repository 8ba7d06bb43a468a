"""The ledger (台账/公开链): append-only lines, and the sealed words they commit to."""

from django.db import models

from .community import ChainHead
from .keys import uuid7
from .matter import Matter
from .meeting import Meeting
from .town import Town


class LedgerLine(models.Model):
    """One act. ``body`` is the canonical JSON that was hashed; the columns beside it only help to find it.

    The key is the key of the act: sent again by the same actor, the first line is the answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, db_index=False)
    chain = models.ForeignKey(ChainHead, models.PROTECT, related_name="lines", db_index=False)
    seq = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=30)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="lines", db_index=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="lines", db_index=False)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    body = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "chain", "seq"], name="one_line_a_place")]
        indexes = [
            models.Index(fields=["town", "matter", "seq"]),
            models.Index(fields=["town", "meeting", "seq"]),
        ]


class Sealed(models.Model):
    """Words or a person that a line commits to by a salted hash. Erasing empties text and salt; the line stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, db_index=False)
    line = models.ForeignKey(LedgerLine, models.PROTECT, related_name="sealed", db_index=False)
    name = models.CharField(max_length=20)  # words, reason, basis, by …
    text = models.TextField(blank=True)
    public_text = models.TextField(blank=True)  # masked; empty for what is never public
    salt = models.BinaryField(max_length=16)
    digest = models.CharField(max_length=64, blank=True)  # on "by": keyed digest of what was sent
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "line", "name"], name="sealed_once")]
