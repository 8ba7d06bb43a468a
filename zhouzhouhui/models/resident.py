"""A resident who raised something and told who they are. Contact data is encrypted and kept apart."""

from django.db import models

from .community import Community
from .keys import uuid7
from .town import Town


class Resident(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="residents")
    community = models.ForeignKey(Community, models.PROTECT, related_name="residents")
    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    address_sealed = models.TextField(blank=True)
    guardian_sealed = models.TextField(blank=True)  # name of the guardian of a child under 14
    phone_index = models.CharField(max_length=64, blank=True)  # HMAC of the normalised number
    former_village = models.CharField(max_length=60, blank=True)
    is_under_14 = models.BooleanField(default=False)
    notice_at = models.DateTimeField(null=True, blank=True)  # when the notice was given (个人信息保护法 art. 17)
    consent_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["town", "phone_index"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_under_14=False)
                | ~models.Q(guardian_sealed="")
                | models.Q(erased_at__isnull=False),
                name="a_child_has_a_guardian",
            )
        ]
