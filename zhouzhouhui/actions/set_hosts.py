"""Setting the host names a town is served under; one name serves one town only."""

import re
from collections.abc import Sequence
from datetime import datetime

from ..models import Town, TownHost
from ..rules.powers import Actor, Mandated
from ..rules.refusals import Refused
from ._ledger import in_one_transaction
from ._town_line import require, town_line

_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@in_one_transaction
def set_hosts(*, town: Town, by: Actor, at: datetime, hosts: Sequence[str], keep: str = "") -> list[str]:
    """Write the list of host names, without port. ``keep`` is the name in use right now: it cannot be left out."""
    require(by, at, Mandated.ADMINISTRATOR)
    wanted = sorted({host.strip().lower().rstrip(".") for host in hosts if host.strip()})
    for host in wanted:
        if not _HOST.fullmatch(host):
            raise Refused("host_name", host=host[:80])
    held = set(TownHost.objects.filter(town=town).values_list("host", flat=True))
    if keep in held and keep not in wanted:
        raise Refused("host_in_use", host=keep)
    taken = TownHost.objects.filter(host__in=wanted).exclude(town=town).first()
    if taken is not None:
        raise Refused("host_taken", host=taken.host)
    if held == set(wanted):
        return wanted
    TownHost.objects.filter(town=town, host__in=held - set(wanted)).delete()
    TownHost.objects.bulk_create(TownHost(host=host, town=town) for host in wanted if host not in held)
    town_line("set_hosts", town=town, by=by, at=at, facts={"hosts": wanted})
    return wanted
