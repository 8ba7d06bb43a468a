"""The master process: starts workers and the clock, starts again what died, and stops them all cleanly."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

STOP_SECONDS = 15.0
SOON_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 30.0


@dataclass(slots=True)
class Child:
    """One process to keep alive; `pause` grows while it dies soon after its start."""

    name: str
    body: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    pause: float = 0.0
    start_after: float = 0.0


class Master:
    """Keeps its children alive until it is told to stop."""

    def __init__(self, children: list[Child], *, say: Callable[[str], None]) -> None:
        self._children = children
        self._say = say
        self._stopping = False

    def run(self) -> int:
        """Keep the children alive; 0 after a clean stop, 1 when some had to be killed."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        while not self._stopping:
            self._start_missing()
            self._reap(wait_seconds=0.2)
        return self._stop_all()

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _start_missing(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if not child.pid and now >= child.start_after and not self._stopping:
                start(child)

    def _reap(self, *, wait_seconds: float) -> None:
        """Notice who died; sleep a little when nobody did."""
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            pid, status = 0, 0
        if not pid:
            time.sleep(wait_seconds)
            return
        for child in self._children:
            if child.pid == pid:
                self._note_death(child, status)

    def _note_death(self, child: Child, status: int) -> None:
        lived = time.monotonic() - child.started
        child.pid = 0
        if self._stopping:
            return
        child.pause = min(max(0.5, child.pause * 2), LONGEST_PAUSE_SECONDS) if lived < SOON_SECONDS else 0.0
        child.start_after = time.monotonic() + child.pause
        code = os.waitstatus_to_exitcode(status)
        self._say(f"{child.name} 意外退出（{code}），{child.pause:.1f} 秒后重新启动 / ended ({code}), starts again")

    def _stop_all(self) -> int:
        for child in self._children:
            if child.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while any(c.pid for c in self._children) and time.monotonic() < until:
            self._reap(wait_seconds=0.1)
        left = [c for c in self._children if c.pid]
        for child in left:
            os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
        return 1 if left else 0


def start(child: Child) -> None:
    """Fork; the program is already loaded, so a child shares its memory and is ready at once."""
    sys.stdout.flush()
    sys.stderr.flush()
    child.started = time.monotonic()
    pid = os.fork()
    if pid:
        child.pid = pid
        return
    code = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        child.body()
        code = 0
    except KeyboardInterrupt:
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
