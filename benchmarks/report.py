"""How results are printed: each figure with its target and with a baseline of the same run."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.load import Run


@dataclass
class Report:
    """Collects rows, prints them as they come, and remembers what missed its target."""

    rows: list[dict[str, object]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """A line for people."""
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def run(self, name: str, run: Run, **beside: object) -> None:
        """One run of requests."""
        row = {
            "name": name, "per_s": round(run.rate, 1), "p50_ms": round(run.ms(50), 1), "p95_ms": round(run.ms(95), 1),
            "p99_ms": round(run.ms(99), 1), "n": len(run.latencies), "bad": dict(run.bad),
            "bytes_each": run.bytes_in // max(1, len(run.latencies)), **beside,
        }  # fmt: skip
        self.rows.append(row)
        more = "".join(f"  {key} {value}" for key, value in beside.items())
        bad = f"  BAD {dict(run.bad)} {run.sample[:300]!r}" if run.bad else ""
        self.say(
            f"  {name:<44} {run.rate:>8.1f}/s   p50 {run.ms(50):>6.1f}  p95 {run.ms(95):>6.1f}"
            f"  p99 {run.ms(99):>6.1f} ms{more}{bad}"
        )

    def figure(self, name: str, value: float, unit: str, *, at_least: float | None = None,
               at_most: float | None = None) -> None:  # fmt: skip
        """One figure, and whether it is where it should be."""
        held = (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
        wanted = f"  (at least {at_least:g})" if at_least is not None else ""
        wanted += f"  (at most {at_most:g})" if at_most is not None else ""
        self.rows.append({"name": name, "value": round(value, 3), "unit": unit, "held": held})
        self.say(f"  {'ok  ' if held else 'MISS'} {name:<39} {value:>8.2f} {unit}{wanted}")
        if not held:
            self.missed.append(name)

    def write(self, path: Path) -> None:
        """All rows as JSON lines."""
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows), "utf-8")
