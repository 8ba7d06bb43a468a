"""The clock's own process: every half minute it does, for each town, what time alone demands."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from zhouzhouhui.jobs.clock import tick
from zhouzhouhui.jobs.clock_lock import the_only_clock
from zhouzhouhui.models import Town

log = logging.getLogger("zhouzhouhui.clock")
TICK_SECONDS = 30.0


def alive_file() -> Path:
    """Touched after every round; `checks` reads its age."""
    return Path(settings.VAR_DIR) / "clock.alive"


def run_round(*, at: datetime) -> int:
    """One round over all towns; how many acts were done. A fault in one town leaves the others running."""
    done = 0
    with the_only_clock() as mine:
        if not mine:
            return 0
        for town in Town.objects.order_by("code"):
            try:
                done += tick(town=town, at=at)
            except DatabaseError:
                raise
            except Exception:
                log.exception("clock: town %s", town.code)
    alive_file().write_text(at.isoformat())
    return done


def run_clock_forever() -> None:
    """Rounds until SIGTERM or SIGINT; a database that is away for a while is waited for."""
    stop = threading.Event()

    def told(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    while not stop.is_set():
        close_old_connections()
        try:
            done = run_round(at=datetime.now(UTC))
            if done:
                log.info("clock: %d acts", done)
        except DatabaseError as fault:
            log.warning("clock: the database does not answer (%s)", type(fault).__name__)
        stop.wait(TICK_SECONDS)
