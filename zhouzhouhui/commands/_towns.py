"""Which town a command is about."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from zhouzhouhui.commands.refusal import CommandRefused

if TYPE_CHECKING:
    from zhouzhouhui.models import Community, Town


def add_town_argument(parser: argparse.ArgumentParser) -> None:
    """`--town CODE`; needed only where an installation serves several."""
    parser.add_argument("--town", metavar="CODE", help="镇的区划代码；只有一个镇时不用写 (code of the town)")


def town_asked(code: str | None) -> Town:
    """The town with this code, or the only one there is."""
    from zhouzhouhui.models import Town

    towns = list(Town.objects.filter(code=code) if code else Town.objects.order_by("code")[:20])
    if len(towns) == 1:
        return towns[0]
    if code:
        raise CommandRefused(f"没有代码为 {code} 的镇。 (no town with this code)")
    if not towns:
        raise CommandRefused("这里还没有镇。请先运行 zhouzhouhui init。 (no town yet: run `zhouzhouhui init`)")
    listed = "、".join(f"{t.code} {t.name}" for t in towns)
    raise CommandRefused(f"这里有几个镇，请用 --town 写明：{listed} (several towns: say which)", code=2)


def community_asked(town: Town, code: str) -> Community:
    """The community of the town with this 12-digit or short code."""
    from django.db.models import Q

    from zhouzhouhui.models import Community

    found = Community.objects.filter(town=town).filter(Q(code=code) | Q(short_code=code.upper())).first()
    if found is None:
        raise CommandRefused(f"{town.name}没有代码为 {code} 的村居。 (no such community)")
    return found
