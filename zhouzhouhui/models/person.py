"""People who sign in, their mandates, and the tokens programs use in their name."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from .community import Community
from .department import Department
from .keys import uuid7
from .town import Town


class PersonManager(BaseUserManager["Person"]):
    """What the sign-in libraries need; people are made by actions only."""


class Person(AbstractBaseUser):
    """A cadre, officer, delegate or other person of the town. Most delegates never sign in (no usable password)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="people")
    username = models.CharField(max_length=80, unique=True)  # "<town code>/<login>": the libraries want it unique
    login = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    phone_sealed = models.TextField(blank=True)  # encrypted, outside/keyring.py
    workplace = models.CharField(max_length=120, blank=True)
    delegate_kind = models.CharField(max_length=40, blank=True)  # 人大代表, 党代表, 政协委员 …
    is_active = models.BooleanField(default=True)
    left_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(fields=["town", "id"], name="person_of_one_town"),
            models.UniqueConstraint(fields=["town", "login"], name="one_person_a_login"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Mandate(models.Model):
    """A role in a scope for a term (职务). Without community and department it covers the town."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=20)  # rules.powers.Mandated
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="mandates")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="mandates")
    title = models.CharField(max_length=60, blank=True)  # 书记, 主任 …
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day it holds

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")), name="mandate_term"
            ),
        ]
        indexes = [
            models.Index(fields=["town", "person"]),
            models.Index(fields=["town", "community", "role"]),
            models.Index(fields=["town", "department", "role"]),
        ]


class ApiToken(models.Model):
    """A bearer token, kept only as its hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
