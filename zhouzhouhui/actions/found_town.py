"""Founding a town in this installation: its row, its host names, and the first line of its chain."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ..models import ChainHead, Town, TownHost
from ..rules.chain import GENESIS
from ..rules.powers import CLOCK
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._texts import checked
from ._town_line import town_line


@in_one_transaction
def found_town(
    *,
    code: str,
    name: str,
    hosts: Sequence[str],
    at: datetime,
    name_en: str = "",
    district: str = "",
    phone: str = "",
    settings: dict[str, Any] | None = None,
) -> Town:
    """Make an empty, ready town. ``code`` is its 9 or 12-digit 区划代码; a host name serves one town only."""
    if not (code.isascii() and code.isdigit() and len(code) in (9, 12)):
        raise Refused("town_code", code=code)
    if not checked(name, "name").strip():
        raise Refused("must_bring", what="name")
    wanted = [host.strip().lower() for host in hosts if host.strip()]
    taken = TownHost.objects.filter(host__in=wanted).first()
    if taken is not None:
        raise Refused("host_taken", host=taken.host)
    if Town.objects.filter(code=code).exists():
        raise Refused("code_taken", code=code)
    town = Town.objects.create(
        code=code, name=name, name_en=name_en, district=district, phone=phone, settings=settings or {}, created_at=at
    )
    TownHost.objects.bulk_create(TownHost(host=host, town=town) for host in wanted)
    ChainHead.objects.create(town=town, name=code, hash=GENESIS)
    town_line("found_town", town=town, by=CLOCK, at=at, facts={"code": code, "hosts": wanted})
    return town
