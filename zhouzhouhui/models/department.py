"""A department (职能部门/承办单位) of the town or the district: it owes answers."""

from django.db import models

from .keys import uuid7
from .town import Town


class Department(models.Model):
    TOWN, DISTRICT = "town", "district"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="departments")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=10, default=TOWN)
    phone = models.CharField(max_length=40, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "id"], name="department_of_one_town"),
            models.UniqueConstraint(fields=["town", "code"], name="one_department_a_code"),
            models.CheckConstraint(condition=models.Q(level__in=["town", "district"]), name="department_level"),
        ]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """What a matter is about (分类), on two levels; the owner is who answers for it by default."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="categories")
    code = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    owner_department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    owner_is_community = models.BooleanField(default=False)
    is_restricted = models.BooleanField(default=False)  # 干部作风: goes to the restricted desk
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["town", "id"], name="category_of_one_town"),
            models.UniqueConstraint(fields=["town", "code"], name="one_category_a_code"),
        ]

    def __str__(self) -> str:
        return self.name
