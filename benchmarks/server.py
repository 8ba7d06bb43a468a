"""Starts the server as `zhouzhouhui serve` ships it, in an installation of its own."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import memory_mib, tree

PROGRAM = Path(sys.executable).parent / "zhouzhouhui"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    pid: int
    port: int

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        return ("127.0.0.1", self.port)

    @property
    def host(self) -> str:
        """What goes into the Host header."""
        return f"127.0.0.1:{self.port}"

    def worker_memory(self) -> list[float]:
        """Resident memory in MiB of each process below the master."""
        return sorted(memory_mib(pid) for pid in tree(self.pid) if pid != self.pid)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def installation_environment(home: Path) -> dict[str, str]:
    """What the processes of one installation are given; DATABASE_URL comes from outside or is unset."""
    keys = home / "var" / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    secret = keys / "secret_key"
    if not secret.is_file():
        secret.write_text(secrets.token_urlsafe(48))
        secret.chmod(0o600)
    return {**os.environ, "ZHOUZHOUHUI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "zhouzhouhui.settings"}


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[Server]:
    """Run `zhouzhouhui serve` until the block ends."""
    port = free_port()
    command = [str(PROGRAM), "serve", "--port", str(port), *arguments]
    log = (home / "serve.log").open("a")
    with subprocess.Popen(
        command, env=installation_environment(home), stdout=subprocess.PIPE, stderr=log, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("ready "):
            process.kill()
            raise RuntimeError(f"serve did not start: {line!r}; see {home / 'serve.log'}")
        try:
            time.sleep(1.0)
            yield Server(process.pid, port)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            log.close()
