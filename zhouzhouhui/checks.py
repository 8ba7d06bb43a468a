"""The institution's own questions to an installation: can it keep the promise it makes?

Each is answered with yes, or with what is missing and what to do about it.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from zhouzhouhui.models import Town
from zhouzhouhui.queries import readiness

CLOCK_LATE = timedelta(minutes=3)
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question; `remedy` says what to do when it is no."""

    question: str
    ok: bool
    found: str = ""
    remedy: str = ""


def ask_installation(*, at: datetime) -> Iterator[Answer]:
    """Questions about keys, clock and backups, whatever the town."""
    key, ring = Path(settings.SECRET_KEY_FILE), Path(settings.KEYRING_PATH)
    yield Answer(
        "密钥都在吗？(keys present)",
        not settings.SECRET_KEY_IS_THROWAWAY and ring.is_file(),
        remedy="运行 zhouzhouhui init，或把另外保存的密钥放回 var/keys。",
    )
    open_to_others = [p.name for p in (key, ring) if p.is_file() and stat.S_IMODE(p.stat().st_mode) & 0o077]
    yield Answer(
        "密钥只有本程序能读吗？(keys readable by nobody else)",
        not open_to_others,
        "、".join(open_to_others),
        f"运行 chmod 600 {settings.KEYS_DIR}/*。",
    )
    yield _about_file(
        "时钟在走吗？(the clock runs)",
        Path(settings.VAR_DIR) / "clock.alive",
        at=at,
        most=CLOCK_LATE,
        remedy="运行 zhouzhouhui serve，或单独运行 zhouzhouhui serve --only clock。",
    )
    backups = sorted(Path(settings.BACKUP_DIR).glob("zhouzhouhui-*.tar.gz"), key=lambda p: p.stat().st_mtime)
    days = settings.OPTION["ZHOUZHOUHUI_BACKUP_DAYS"]
    yield _about_file(
        f"最近 {days} 天有备份吗？(a recent backup)",
        backups[-1] if backups else Path(settings.BACKUP_DIR) / "none",
        at=at,
        most=timedelta(days=days),
        remedy="运行 zhouzhouhui backup，并排进每天的定时任务。",
    )


def ask_town(town: Town, *, at: datetime) -> Iterator[Answer]:
    """Questions about one town."""
    on_its_own = Town.objects.count() == 1
    yield Answer(
        "这个镇有自己的网址吗？(a host name)",
        on_its_own or readiness.has_host(town_id=town.id),
        remedy="在 /setup/ 登记本镇的域名。",
    )
    yield Answer(
        "有村居了吗？(there are communities)",
        readiness.has_communities(town_id=town.id),
        remedy="在 /setup/ 添加村居，或用 zhouzhouhui import 从 Excel 导入。",
    )
    for question, missing, remedy in (
        (
            "每个村居都有下一次会吗？(every community has a next meeting)",
            readiness.communities_without_meeting(town_id=town.id, at=at),
            "让时钟走起来，它会自己排出会期；或由镇办公室在 /setup/ 排会。",
        ),
        (
            "每个村居都有书记或干部吗？(every community has a cadre)",
            readiness.communities_without_cadre(town_id=town.id, at=at),
            "在 /setup/ 给这些村居的干部登记职务。",
        ),
        (
            "每个部门都有经办人吗？(every department has an officer)",
            readiness.departments_without_officer(town_id=town.id, at=at),
            "在 /setup/ 给这些部门的经办人登记职务。",
        ),
        (
            "每个分类都有人负责吗？(every category has an owner)",
            readiness.categories_without_owner(town_id=town.id),
            "在 /setup/ 给这些分类写明负责的部门。",
        ),
        (
            "镇办公室、镇领导、管理员都有人吗？(office, leader, administrator)",
            readiness.roles_without_person(town_id=town.id, at=at),
            "在 /setup/ 给相应的人登记职务。",
        ),
        (
            "会期所在年份的放假安排都公布了吗？(holidays published)",
            readiness.years_not_published(town_id=town.id, at=at),
            "国务院办公厅公布后升级本程序，或在 /setup/ 的日历里自己登记。",
        ),
    ):
        yield Answer(question, not missing, _listed(missing), remedy)


def _about_file(question: str, path: Path, *, at: datetime, most: timedelta, remedy: str) -> Answer:
    if not path.is_file():
        return Answer(question, False, "还没有 (never yet)", remedy)
    age = timedelta(seconds=max(0.0, at.timestamp() - path.stat().st_mtime))
    return Answer(question, age <= most, "" if age <= most else f"已过去 {_spoken(age)}", remedy)


def _spoken(age: timedelta) -> str:
    if age.days:
        return f"{age.days} 天"
    return f"{age.seconds // 3600} 小时 {age.seconds % 3600 // 60} 分"


def _listed(names: list[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > SHOWN else ""
    return "、".join(names[:SHOWN]) + more
