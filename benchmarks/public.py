"""Public pages: given again when nothing changed, made anew, and a static file of the same bytes beside them."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

from benchmarks import weight
from benchmarks.installation import Installation
from benchmarks.load import Run, cpu_seconds, drive, request
from benchmarks.report import Report
from benchmarks.server import Server, serving

CLIENTS = 8
OK = frozenset({200})


def measure(installation: Installation, report: Report, *, seconds: float) -> None:
    """Board and story of one community, with 8 clients, for the server as it ships."""
    size = f"{installation.matters} matters in {installation.communities} communities"
    report.say(f"public pages at {size}, {installation.vendor}")
    board = f"/c/{installation.short(3)}/"
    story = f"/c/{installation.short(3)}/m/1-08/"
    for name, path in (("board", board), ("story", story)):
        with serving(installation.home) as server:
            kept = _again(server, path, seconds)
            report.run(f"{name}, nothing changed", kept[0], cpu_ms=kept[1])
            weight_each = kept[0].bytes_in // max(1, len(kept[0].latencies))
            report.figure(f"{name}, nothing changed", kept[0].rate, "pages/s", at_least=500)
        static = _static_file(installation.home, weight_each)
        with serving(installation.home) as server:
            beside = _again(server, static, seconds)
            report.run(f"static file of {weight_each} bytes", beside[0], cpu_ms=beside[1])
            report.figure(f"{name} against the static file", kept[0].rate / beside[0].rate, "x", at_least=0.5)
        with serving(installation.home) as server:
            weight.measure(server, report, [path])
            anew = _anew(server, installation, name, seconds)
            report.run(f"{name}, made anew each time", anew[0], cpu_ms=anew[1])
            report.figure(f"{name}, made anew", anew[0].rate, "pages/s", at_least=100)
            report.figure("memory of the largest worker", max(server.worker_memory()), "MiB", at_most=120)


def _again(server: Server, path: str, seconds: float) -> tuple[Run, float]:
    message = request("GET", path, host=server.host, headers={"Accept-Encoding": "gzip"})
    return _drive(server, lambda n: message, seconds)


def _anew(server: Server, installation: Installation, name: str, seconds: float) -> tuple[Run, float]:
    """A query nobody asked before for each request: nothing kept can be given."""
    numbers = itertools.count()

    def make(n: int) -> bytes:
        short = installation.short(next(numbers) % installation.communities)
        path = f"/c/{short}/" if name == "board" else f"/c/{short}/m/1-08/"
        return request("GET", f"{path}?n={n}", host=server.host, headers={"Accept-Encoding": "gzip"})

    return _drive(server, make, seconds)


def _drive(server: Server, make: object, seconds: float) -> tuple[Run, float]:
    asyncio.run(drive(server.address, make, clients=CLIENTS, seconds=1.0, wanted=OK))  # type: ignore[arg-type]
    before = cpu_seconds(server.pid)
    run = asyncio.run(
        drive(server.address, make, clients=CLIENTS, seconds=seconds, wanted=OK, start=1_000_000)  # type: ignore[arg-type]
    )
    used = cpu_seconds(server.pid) - before
    return run, round(used * 1e3 / max(1, len(run.latencies)), 2)


def _static_file(home: Path, size: int) -> str:
    """A file among the server's static ones that weighs as much as the page's answer; its address."""
    folder = home / "var" / "static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"same-{size}.bin").write_bytes(b"x" * max(1, size - 400))
    return f"/static/same-{size}.bin"
