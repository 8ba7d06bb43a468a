"""The one app of the project."""

from django.apps import AppConfig


class ZhouzhouhuiConfig(AppConfig):
    """Town, communities, meetings, matters and the ledger."""

    name = "zhouzhouhui"
    label = "zhouzhouhui"
    verbose_name = "周周会"
    default_auto_field = "django.db.models.BigAutoField"
