"""Pages of long lists by cursor: the place of the last row, not a count, so that new rows never shift a page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from zhouzhouhui.rules.refusals import Refused

Row = TypeVar("Row", bound=models.Model)
MOST = 200


def page(
    rows: QuerySet[Row], *, by: str, newest_first: bool, cursor: str, size: int
) -> tuple[Sequence[Row], str | None]:
    """The rows after ``cursor`` in the order of the moment ``by`` (the key breaks ties), and the next cursor."""
    sign = "-" if newest_first else ""
    if cursor:
        rows = rows.filter(_beyond(cursor, by, "lt" if newest_first else "gt"))
    size = max(1, min(size, MOST))
    found = list(rows.order_by(f"{sign}{by}", f"{sign}id")[: size + 1])
    if len(found) <= size:
        return found, None
    last = found[size - 1]
    place = f"{getattr(last, by).isoformat()}|{last.pk}"
    return found[:size], base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _beyond(cursor: str, by: str, way: str) -> Q:
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _, key = place.partition("|")
        moment, last = datetime.fromisoformat(at), UUID(key)
    except (ValueError, binascii.Error) as error:
        raise Refused("bad_cursor") from error
    if moment.tzinfo is None or not 2000 <= moment.year <= 2199:
        raise Refused("bad_cursor")
    # said twice, so that the index on the moment is used from its place on
    return Q(**{f"{by}__{way}e": moment}) & (Q(**{f"{by}__{way}": moment}) | Q(**{f"id__{way}": last}))
