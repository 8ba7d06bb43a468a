"""What a line tells of its matter: every fact that figures are counted from, as the step set it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from ..models import Category
from ..rules.figures import FACTS, HIDDEN_WHEN_RESTRICTED
from ._ledger import moment


def facts_of(fields: Mapping[str, Any], *, restricted: bool) -> dict[str, Any]:
    """The ledger facts among the fields a step writes, nulls included; never free text.

    A key of a related row may be given as the row, or under ``…_id`` as its key. Of a restricted matter
    kind and category stay out: its line only commits to them.
    """
    facts = {}
    for name in FACTS:
        given = name if name in fields else f"{name}_id"
        if given in fields and not (restricted and name in HIDDEN_WHEN_RESTRICTED):
            facts[name] = _plain(fields[given])
    return facts


def _plain(value: Any) -> Any:
    if isinstance(value, Category):
        return value.code
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
