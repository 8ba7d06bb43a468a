"""What a first visit weighs over the wire: the page and everything it loads, zipped where the server zips."""

from __future__ import annotations

import gzip
import http.client
import re

from benchmarks.report import Report
from benchmarks.server import Server

LOADED = re.compile(rb"""(?:href|src)=["']?(/static/[^"'\s>]+)""")
MOST_KB = 60.0


def measure(server: Server, report: Report, paths: list[str]) -> None:
    """Each page on its own, as if nothing had been visited before."""
    for path in paths:
        page, body = _fetch(server, path)
        beside = sorted({one.decode() for one in LOADED.findall(body)})
        weights = {one: _fetch(server, one)[0] for one in beside}
        total = (page + sum(weights.values())) / 1000
        report.figure(f"first visit of {path}", total, "kB", at_most=MOST_KB)


def _fetch(server: Server, path: str) -> tuple[int, bytes]:
    """Bytes of the answer's body over the wire, and the body unzipped."""
    connection = http.client.HTTPConnection(*server.address, timeout=30)
    connection.request("GET", path, headers={"Host": server.host, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    raw = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return len(raw), gzip.decompress(raw) if answer.headers.get("Content-Encoding") == "gzip" else raw
