"""Fills a database by SQL: one town, many communities with their meetings, and any number of matters.

The lines have the right size and shape but invented hashes: what is measured is reading and writing, and
`verify` is not run on it.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model

from zhouzhouhui.models import (
    Category,
    ChainHead,
    Community,
    Department,
    LedgerLine,
    Mandate,
    Matter,
    Meeting,
    Person,
    Sealed,
    Town,
    TownHost,
    Voice,
)

A_MEETING = 25  # matters raised at each meeting
AHEAD = 3
PLACES = ["东头", "西头", "老街", "河边", "菜场门口", "学校后面", "卫生站旁边", "三组", "五组", "停车场"]
TROUBLES = [
    "的路灯坏了快一个月，晚上接孩子看不清路，希望早点修好。",
    "下水道一下雨就往外冒，一楼住的都是老人，请想想办法。",
    "堆的垃圾好几天没人清，天热了味道很大。",
    "的树枝伸到了窗口，刮风的时候打玻璃，能不能修一修？",
    "公交站牌倒了，外来的人找不到站，请跟公交公司说一说。",
    "夜里一点多还有人大声唱歌，第二天要上班，实在睡不好。",
    "的活动室周末不开门，孩子放假没地方去，建议周六开半天。",
    "路面有个大坑，上周有人骑电瓶车摔了，先围起来也好。",
    "的健身器材断了一根杆，怕小孩碰伤，请拆掉或者换新的。",
    "停车把消防通道堵住了，救火车进不来，多次反映没有结果。",
]


def fill(*, communities: int, matters: int, at: datetime) -> Town:
    """One town at host 127.0.0.1 with this many communities and matters; the moment is `at`."""
    rng = random.Random(2)
    town = Town.objects.create(code="310112901", name="测量镇", created_at=at)
    TownHost.objects.create(host="127.0.0.1", town=town)
    _staff(town, at)
    places = _communities(town, communities, at)
    held = -(-matters // (communities * A_MEETING)) if matters else 0
    _meetings(town, places, held, at)
    if matters:
        _matters(town, matters, communities, held, at, rng)
    return town


def _staff(town: Town, at: datetime) -> None:
    department = Department.objects.create(town=town, code="D1", name="建设管理事务中心")
    Category.objects.create(town=town, code="C1", name="市政设施", owner_department=department)
    person = Person(town=town, username=f"{town.code}/office", login="office", name="办公室")
    person.set_unusable_password()
    person.save()
    Mandate.objects.create(town=town, person=person, role="office", starts_on=at.date() - timedelta(days=900))
    ChainHead.objects.create(town=town, community=None, name=town.code, hash="0" * 64)


def _communities(town: Town, count: int, at: datetime) -> list[Community]:
    rows = [
        Community(
            town=town,
            code=f"{town.code}{n:03d}",
            short_code=f"V{n:03d}",
            name=f"第{n + 1}村",
            kind="village" if n % 2 else "neighbourhood",
            joins_on=at.date() - timedelta(days=900),
            weekday=at.weekday(),
            meets_at=time(19, 0),
            place="村委会会议室",
            anchor_on=at.date() - timedelta(days=900 - 900 % 14),
            created_at=at,
        )
        for n in range(count)
    ]
    Community.objects.bulk_create(rows, 500)
    heads = [ChainHead(town=town, community=c, name=c.code, hash="0" * 64) for c in rows]
    ChainHead.objects.bulk_create(heads, 500)
    return rows


def _meetings(town: Town, places: list[Community], held: int, at: datetime) -> None:
    """`held` meetings in the past, one that is open now, three called ahead; every second week."""
    first = at - timedelta(days=14 * held)
    rows = []
    for community in places:
        for n in range(held + 1 + AHEAD):
            when = first + timedelta(days=14 * n)
            past, now = n < held, n == held
            rows.append(
                Meeting(
                    town=town,
                    community=community,
                    state="adjourned" if past else "open" if now else "called",
                    slot_on=when.date(),
                    scheduled_at=when,
                    place=community.place,
                    number=n + 1 if past or now else None,
                    opened_at=when if past or now else None,
                    ended_at=when + timedelta(hours=2) if past else None,
                    called_at=when - timedelta(days=42),
                )
            )
    Meeting.objects.bulk_create(rows, 500)
    ChainHead.objects.filter(town=town).exclude(community=None).update(last_number=held + 1)


def _matters(town: Town, count: int, communities: int, held: int, at: datetime, rng: random.Random) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # for the filling only: this connection is not the server's
            cursor.execute("PRAGMA cache_size=-400000")
        _helper_tables(cursor, town, rng)
        _insert_matters(cursor, town, count, communities, held, at)
        _insert_voices(cursor, town, at)
        _insert_lines(cursor, town, at)
        _insert_sealed(cursor, town)
        cursor.execute(
            "UPDATE zhouzhouhui_chainhead SET seq = (SELECT coalesce(max(l.seq), 0)"
            " FROM zhouzhouhui_ledgerline l WHERE l.chain_id = zhouzhouhui_chainhead.id)"
        )
        cursor.execute("ANALYZE")


def _helper_tables(cursor: Any, town: Town, rng: random.Random) -> None:
    cursor.execute("CREATE TEMP TABLE fill_words (n integer PRIMARY KEY, words text)")
    words = [(n, rng.choice(PLACES) + rng.choice(TROUBLES)) for n in range(500)]
    cursor.executemany("INSERT INTO fill_words VALUES (%s, %s)", words)
    key = "uuid" if connection.vendor == "postgresql" else "text"
    cursor.execute(f"CREATE TEMP TABLE fill_meeting (n integer, number integer, community {key}, id {key},"
                   " at text, next_id " + key + ", PRIMARY KEY (n, number))")  # fmt: skip
    rank = "(SELECT id, row_number() OVER (ORDER BY code) - 1 AS n FROM zhouzhouhui_community WHERE town_id = %s)"
    stamp = "m.scheduled_at::text" if connection.vendor == "postgresql" else "m.scheduled_at"
    cursor.execute(
        f"INSERT INTO fill_meeting SELECT c.n, m.number, m.community_id, m.id, {stamp},"
        " (SELECT x.id FROM zhouzhouhui_meeting x WHERE x.community_id = m.community_id"
        "  AND x.state = 'called' ORDER BY x.scheduled_at LIMIT 1)"
        f" FROM zhouzhouhui_meeting m JOIN {rank} c ON c.id = m.community_id WHERE m.number IS NOT NULL",
        [town.id if connection.vendor == "postgresql" else town.id.hex],
    )


def uuid7_sql(number: str) -> str:
    """A time-ordered key made in SQL, as the program makes them; `number` is the running number."""
    if connection.vendor == "postgresql":
        return (
            f"(lpad(to_hex(1700000000000 + {number}), 12, '0') || '7' || substr(md5(random()::text), 1, 3)"
            " || '8' || substr(md5(random()::text), 1, 15))::uuid"
        )
    return (
        f"(printf('%%012x', 1700000000000 + {number}) || '7' || substr(lower(hex(randomblob(2))), 1, 3)"
        " || '8' || substr(lower(hex(randomblob(8))), 1, 15))"
    )


def _series(count: int) -> str:
    if connection.vendor == "postgresql":
        return f"(SELECT generate_series(0::bigint, {count - 1}::bigint) AS n)"
    return f"(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {count - 1}) SELECT n FROM s)"


def _insert(cursor: Any, row: Model, varying: dict[str, str], source: str) -> None:
    """INSERT … SELECT: the columns in `varying` are SQL, all others are those of `row`."""
    columns, values, given = [], [], []
    for field in row._meta.concrete_fields:
        columns.append(field.column)
        if field.column in varying:
            values.append(varying[field.column])
        else:
            raw = field.get_db_prep_save(getattr(row, field.attname), connection)
            values.append(f"CAST(%s AS {field.db_type(connection)})" if connection.vendor == "postgresql" else "%s")
            given.append(raw)
    names = ", ".join(f'"{c}"' for c in columns)
    cursor.execute(f'INSERT INTO "{row._meta.db_table}" ({names}) SELECT {", ".join(values)} FROM {source}', given)


def _moment(text: str) -> str:
    return f"{text}::timestamptz" if connection.vendor == "postgresql" else text


def _insert_matters(cursor: Any, town: Town, count: int, communities: int, held: int, at: datetime) -> None:
    row = Matter(
        town=town, raised_at=at, recorded_at=at, kind="complaint", route="town", state="closed", revision=3,
        category=Category.objects.get(town=town), lead_department=Department.objects.get(town=town),
        answer_words="已经派人看过，下周安排施工，完工以后在公告栏说明。", promise_on=date(2030, 1, 1), answer_count=1,
        first_answer_on_time=True, manner="satisfied", result="satisfied", word_from="raiser",
    )  # fmt: skip
    n = "s.n"
    slot = f"({n} / {communities})"
    share = f"(({n} * 7919) %% 100)"
    owed = f"CASE WHEN {share} >= 80 THEN f.next_id END"
    varying = {
        "id": uuid7_sql(n),
        "community_id": "f.community",
        "number_meeting": "f.number",
        "number_place": f"{slot} %% {A_MEETING} + 1",
        "raised_meeting_id": "f.id",
        "raised_at": _moment("f.at"),
        "recorded_at": _moment("f.at"),
        "words": "w.words",
        "public_words": "w.words",
        "state": f"CASE WHEN {share} < 70 THEN 'closed' WHEN {share} < 80 THEN 'answered'"
        f" WHEN {share} < 88 THEN 'promised' ELSE 'raised' END",
        "due_meeting_id": owed,
        "outcome": f"CASE WHEN {share} < 80 THEN 'A1' WHEN {share} < 88 THEN 'B' ELSE '' END",
        "answered_meeting_id": f"CASE WHEN {share} < 88 THEN a.id END",
        "answered_at": f"CASE WHEN {share} < 88 THEN {_moment('a.at')} END",
        "last_answered_at": f"CASE WHEN {share} < 88 THEN {_moment('a.at')} END",
    }
    source = (
        f"{_series(count)} s JOIN fill_meeting f ON f.n = {n} %% {communities} AND f.number = {slot} / {A_MEETING} + 1"
        " JOIN fill_meeting a ON a.n = f.n AND a.number = f.number + 1"
        f" JOIN fill_words w ON w.n = ({n} * 31) %% 500"
    )
    _insert(cursor, row, varying, source)


def _insert_voices(cursor: Any, town: Town, at: datetime) -> None:
    row = Voice(town=town, at=at)
    digest = "md5(m.id::text) || md5(m.words)" if connection.vendor == "postgresql" else "m.id || m.id"
    varying = {"id": "m.id", "matter_id": "m.id", "slip": digest, "at": "m.raised_at"}
    _insert(cursor, row, varying, f"zhouzhouhui_matter m WHERE m.town_id = '{_key(town)}'")


def _insert_lines(cursor: Any, town: Town, at: datetime) -> None:
    """One line for raising each matter, and one for answering it."""
    text = "m.id::text" if connection.vendor == "postgresql" else "m.id"
    body = (
        """'{"chain":"310112901001","happened_at":"2026-11-23T19:05:11.123+08:00","id":"' || """
        + text
        + """ || '","kind":"complaint","number":"13-08","prev":"' || """
        + "m.words_hash || '"
        + """","sealed":{"by":"' || m.words_hash || '","words":"' || m.words_hash || '"},"seq":1"""
        + ""","subject":"matter:' || """
        + text
        + """ || '","to":"raised","v":1}'"""
    )
    hashed = "md5(x.id::text) || md5(x.id::text)" if connection.vendor == "postgresql" else "x.id || x.id"
    for verb, offset, where in (("raise_matter", 0, ""), ("give_answer", 1, " AND x.outcome <> ''")):
        row = LedgerLine(town=town, verb=verb, happened_at=at, recorded_at=at)
        varying = {
            "id": _second_key("m.id", offset),
            "chain_id": "h.id",
            "seq": f"row_number() OVER (PARTITION BY h.id ORDER BY m.id) + {offset * 100_000}",
            "matter_id": "m.id",
            "meeting_id": "m.answered_meeting_id" if offset else "m.raised_meeting_id",
            "happened_at": "m.raised_at",
            "recorded_at": "m.raised_at",
            "body": body,
            "hash": "m.words_hash",
        }
        source = (
            f"(SELECT x.*, {hashed} AS words_hash FROM zhouzhouhui_matter x WHERE x.town_id = '{_key(town)}'{where}) m"
            " JOIN zhouzhouhui_chainhead h ON h.community_id = m.community_id"
        )
        _insert(cursor, row, varying, source)


def _insert_sealed(cursor: Any, town: Town) -> None:
    """By whom and which words, for each line of raising."""
    for name, offset in (("by", 2), ("words", 3)):
        row = Sealed(town=town, name=name, text="slip:0123456789abcdef0123456789abcdef", salt=bytes(16))
        varying = {"id": _second_key("m.id", offset), "line_id": "m.id"}
        if name == "words":
            varying |= {"text": "m.words", "public_text": "m.words"}
        _insert(cursor, row, varying, f"zhouzhouhui_matter m WHERE m.town_id = '{_key(town)}'")


def _second_key(key: str, offset: int) -> str:
    """Another key that lies beside `key`: the version digit and the one after it are replaced."""
    if not offset:
        return key
    if connection.vendor == "postgresql":
        return f"(substr({key}::text, 1, 14) || 'f{offset}' || substr({key}::text, 17))::uuid"
    return f"(substr({key}, 1, 12) || 'f{offset}' || substr({key}, 15))"


def _key(town: Town) -> str:
    return str(town.id) if connection.vendor == "postgresql" else town.id.hex


NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
