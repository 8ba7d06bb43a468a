"""How far the building of the demo town has come: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

EVERY = 10  # per cent, where nobody looks at a terminal


class Bar:
    """Told how many days are lived; draws them."""

    def __init__(self, title: str, *, out: TextIO | None = None) -> None:
        self.title, self.out, self.began, self.said = title, out or sys.stderr, time.monotonic(), -EVERY
        self.drawn = self._rich() if self.out.isatty() else None
        if self.drawn is None:
            self.out.write(f"{title}\n")

    def _rich(self) -> tuple[object, object]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
        progress = Progress(*columns, TimeElapsedColumn(), console=Console(file=self.out))
        progress.start()
        return progress, progress.add_task(self.title, total=None)

    def told(self, lived: int, days: int, day: str) -> None:
        """So many of so many days are lived; ``day`` is the one just reached."""
        if self.drawn is not None:
            progress, task = self.drawn
            progress.update(task, completed=lived, total=days, description=day)  # type: ignore[attr-defined]
            return
        per_cent = lived * 100 // days
        if per_cent >= self.said + EVERY:
            self.said = per_cent
            self.out.write(f"  {day}  {per_cent:>3} %\n")
            self.out.flush()

    def end(self) -> None:
        """Done: say how long it took."""
        if self.drawn is not None:
            self.drawn[0].stop()  # type: ignore[attr-defined]
        self.out.write(f"  {time.monotonic() - self.began:.0f} s\n")
        self.out.flush()
