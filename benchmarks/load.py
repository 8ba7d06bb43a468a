"""A small load generator: closed-loop HTTP clients and many event streams in one event loop.

Each client is one keep-alive connection that sends its next request when the last answer has been read in
full. A stream is opened, its events are counted, and the moment each arrives is noted.
"""

from __future__ import annotations

import asyncio
import math
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Make = Callable[[int], bytes]


@dataclass
class Run:
    """What came of a run. Latencies in seconds, answers with another status than asked for apart."""

    wall: float = 0.0
    latencies: list[float] = field(default_factory=list)
    bad: Counter[str] = field(default_factory=Counter)
    sample: bytes = b""
    bytes_in: int = 0
    own_cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.latencies) / self.wall if self.wall else 0.0

    def ms(self, percent: float) -> float:
        """A nearest-rank percentile in milliseconds."""
        ranked = sorted(self.latencies)
        return ranked[max(0, math.ceil(percent / 100 * len(ranked)) - 1)] * 1e3 if ranked else float("nan")


def request(method: str, path: str, *, host: str, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """The bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept: */*"]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Client(asyncio.Protocol):
    """One keep-alive connection; parses just enough of an answer to know where it ends."""

    def __init__(self, run: Run, take: Callable[[], bytes | None], wanted: frozenset[int]) -> None:
        self._run, self._take, self._wanted = run, take, wanted
        self._buffer = b""
        self._sent = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = transport
        self._next()

    def _next(self) -> None:
        message = self._take()
        if message is None:
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._sent = time.perf_counter()
        self._transport.write(message)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Read until the answer is whole."""
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self._buffer[:head_end].lower()
        if b"transfer-encoding: chunked" in head:
            if not self._buffer.endswith(b"0\r\n\r\n"):
                return
        else:
            at = head.find(b"content-length:")
            length = int(head[at + 15 : (head + b"\r\n").find(b"\r\n", at)]) if at >= 0 else 0
            if len(self._buffer) < head_end + 4 + length:
                return
        status = int(self._buffer[9:12])
        self._run.bytes_in += len(self._buffer)
        if status in self._wanted:
            self._run.latencies.append(time.perf_counter() - self._sent)
        else:
            self._run.bad[str(status)] += 1
            self._run.sample = self._run.sample or self._buffer[:1500]
        self._buffer = b""
        self._next()

    def connection_lost(self, fault: Exception | None) -> None:
        """A connection that ended too early counts as a bad answer."""
        if not self.done.done():
            self._run.bad["connection lost"] += 1
            self.done.set_result(None)


async def drive(
    address: tuple[str, int], make: Make, *, clients: int, seconds: float, wanted: frozenset[int], start: int = 0
) -> Run:
    """Send `make(0)`, `make(1)` … from `clients` connections for this long."""
    run = Run()
    count = start - 1
    until = time.perf_counter() + seconds

    def take() -> bytes | None:
        nonlocal count
        if time.perf_counter() >= until:
            return None
        count += 1
        return make(count)

    loop = asyncio.get_running_loop()
    began, cpu = time.perf_counter(), time.process_time()
    pairs = [await loop.create_connection(lambda: Client(run, take, wanted), *address) for _ in range(clients)]
    await asyncio.gather(*(client.done for _, client in pairs))
    run.wall, run.own_cpu = time.perf_counter() - began, time.process_time() - cpu
    return run


class Stream(asyncio.Protocol):
    """One event stream: counts events by a mark in their bytes."""

    def __init__(self, message: bytes, tell: Callable[[bytes], None]) -> None:
        self._message, self._tell = message, tell
        self.opened = False
        self.lost = False
        self.events = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self.transport = transport
        transport.write(self._message)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Count what came."""
        if not self.opened:
            self.opened = data.startswith(b"HTTP/1.1 200")
        self.events += data.count(b"event: line")
        self._tell(data)

    def connection_lost(self, fault: Exception | None) -> None:
        """Remember that the server ended it."""
        self.lost = True


async def open_streams(address: tuple[str, int], messages: list[bytes], tell: Callable[[bytes], None]) -> list[Stream]:
    """Open one stream for each request, a few at a time."""
    loop = asyncio.get_running_loop()
    streams = []
    for begin in range(0, len(messages), 25):
        part = messages[begin : begin + 25]
        made = await asyncio.gather(
            *(loop.create_connection(lambda m=m: Stream(m, tell), *address) for m in part)  # type: ignore[misc]
        )
        streams += [stream for _, stream in made]
    for _ in range(200):
        if all(stream.opened or stream.lost for stream in streams):
            break
        await asyncio.sleep(0.05)
    return streams


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(name))
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        todo += children.get(one, [])
    return found


def memory_mib(pid: int) -> float:
    """Resident memory of one process, in MiB."""
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def cpu_seconds(pid: int) -> float:
    """CPU time used so far by a process and all below it."""
    total = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/stat") as file:
                total += sum(int(x) for x in file.read().rsplit(")", 1)[1].split()[11:13])
        except OSError:
            continue
    return total / os.sysconf("SC_CLK_TCK")


def busy_seconds() -> float:
    """CPU time the whole machine has been busy; tells whether others were at work meanwhile."""
    with open("/proc/stat") as file:
        fields = [int(x) for x in file.readline().split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")
