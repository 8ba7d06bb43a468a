"""Raising matters over the API while streams are open, for the server as `serve` ships it.

The baseline beside it is a bare transaction: one connection of the database's own driver for each client, one
row of the size of a matter inserted and committed, with nothing of this program in between.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.installation import Installation
from benchmarks.load import Run, Stream, busy_seconds, cpu_seconds, drive, open_streams, request
from benchmarks.report import Report
from benchmarks.server import Server, serving

CLIENTS = 8
STREAMS = 300
WORDS = "三组到五组那段路的路灯坏了快一个月，晚上接孩子看不清路，已经有人摔过，请早点派人来修。"
TARGETS = {
    ("postgresql", "eight"): (250.0, 100.0),
    ("postgresql", "one"): (80.0, 100.0),
    ("sqlite", "eight"): (120.0, 200.0),
    ("sqlite", "one"): (120.0, 200.0),
}


def measure(installation: Installation, report: Report, *, seconds: float) -> dict[str, float]:
    """Eight communities, then one chain; the rates by name."""
    report.say(f"raising at {installation.matters} matters stored, {installation.vendor}, {STREAMS} streams open")
    rates = {}
    with serving(installation.home) as server:
        for name, communities in (("eight", 8), ("one", 1)):
            run, told = asyncio.run(_raise(server, installation, communities, seconds))
            report.run(f"raise, {name} chain{'s' if name == 'eight' else ''}", run, **told)
            least, most = TARGETS[installation.vendor, name]
            report.figure(f"raise, {name}: rate", run.rate, "/s", at_least=least)
            report.figure(f"raise, {name}: p99", run.ms(99), "ms", at_most=most)
            rates[name] = run.rate
        report.figure("memory of the largest worker", max(server.worker_memory()), "MiB", at_most=120)
    bare = _bare(installation, seconds=min(4.0, seconds))
    report.figure("baseline: bare transactions, 8 connections", bare, "/s")
    report.figure("raising against the baseline", rates["eight"] / bare, "x")
    return rates


async def _raise(
    server: Server, installation: Installation, communities: int, seconds: float
) -> tuple[Run, dict[str, Any]]:
    codes = installation.codes[:communities]
    follow = [f"/live/{installation.short(n % communities)}" for n in range(STREAMS)]
    arrivals: list[float] = []
    streams = await open_streams(
        server.address, [request("GET", path, host=server.host) for path in follow], lambda data: arrivals.append(0)
    )
    assert all(stream.opened for stream in streams), "not every stream was opened"
    headers = {"Authorization": f"Bearer {installation.token}", "Content-Type": "application/json"}

    def make(n: int) -> bytes:
        body = {"id": str(uuid.uuid4()), "words": f"{WORDS}（{n}）", "kind": "request", "category": "C1"}
        path = f"/api/v1/communities/{codes[n % communities]}/matters"
        return request("POST", path, host=server.host, headers=headers, body=json.dumps(body).encode())

    created = frozenset({201})
    await drive(server.address, make, clients=CLIENTS, seconds=1.5, wanted=created)
    cpu, busy, events = cpu_seconds(server.pid), busy_seconds(), _events(streams)
    run = await drive(server.address, make, clients=CLIENTS, seconds=seconds, wanted=created, start=1_000_000)
    cpu, busy = cpu_seconds(server.pid) - cpu, busy_seconds() - busy
    for _ in range(100):
        if _events(streams) - events >= len(run.latencies) * STREAMS // communities:
            break
        await asyncio.sleep(0.05)
    told = {
        "server_cpu_ms": round(cpu * 1e3 / max(1, len(run.latencies)), 2),
        "generator_cores": round(run.own_cpu / run.wall, 2),
        "busy_cores": round(busy / run.wall, 2),
        "events": _events(streams) - events,
        "expected": len(run.latencies) * STREAMS // communities,
    }
    for stream in streams:
        stream.transport.close()
    await asyncio.sleep(0.3)
    return run, told


def _events(streams: list[Stream]) -> int:
    return sum(stream.events for stream in streams)


def _bare(installation: Installation, *, seconds: float) -> float:
    """Transactions a second of 8 connections that insert one row each."""
    done = [0] * CLIENTS
    _make_bare_table(installation)
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_insert_until, args=(installation, until, done, n)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


def _make_bare_table(installation: Installation) -> None:
    if installation.vendor == "postgresql":
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as postgresql:
            postgresql.execute("CREATE TABLE IF NOT EXISTS bench_bare (id uuid PRIMARY KEY, words text)")
        return
    sqlite = sqlite3.connect(installation.home / "var" / "bare.sqlite3", isolation_level=None)
    sqlite.execute("PRAGMA journal_mode=WAL")
    sqlite.execute("CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, words TEXT)")
    sqlite.close()


def _insert_until(installation: Installation, until: float, done: list[int], place: int) -> None:
    if installation.vendor == "postgresql":
        _insert_postgresql(until, done, place)
    else:
        _insert_sqlite(installation.home / "var" / "bare.sqlite3", until, done, place)


def _insert_postgresql(until: float, done: list[int], place: int) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        while time.perf_counter() < until:
            connection.execute("INSERT INTO bench_bare VALUES (%s, %s)", (uuid.uuid4(), WORDS * 6))
            done[place] += 1


def _insert_sqlite(path: Path, until: float, done: list[int], place: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None, timeout=20)
    connection.execute("PRAGMA synchronous=FULL")
    while time.perf_counter() < until:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare VALUES (?, ?)", (uuid.uuid4().hex, WORDS * 6))
        connection.execute("COMMIT")
        done[place] += 1
    connection.close()
