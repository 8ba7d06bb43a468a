"""python -m benchmarks [raising] [public] [--matters 1000,100000] [--seconds 8] [--keep]

Measures the server as `serve` ships it. The database is SQLite in a temporary folder, or the one that
DATABASE_URL names, **which is emptied**: `scripts/with-postgres --durable .venv/bin/python -m benchmarks`.
Every figure stands beside a baseline of the same run. Exit code 1 when a figure misses its target.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import public, raising
from benchmarks.installation import make_installation
from benchmarks.report import Report

COMMUNITIES = 600
ALIKE = 1.3  # so much may the slowest size differ from the fastest


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["raising", "public", []], help="default: both")
    parser.add_argument("--matters", default="1000,100000", help="sizes, with commas; 1000000 takes a while to fill")
    parser.add_argument("--seconds", type=float, default=8.0, help="of each run")
    parser.add_argument("--folder", type=Path, help="where to keep the data meanwhile")
    parser.add_argument("--report", type=Path, help="also write all rows as JSON lines")
    asked = parser.parse_args()
    what = asked.what or ["raising", "public"]
    report = Report()
    report.say(f"{os.cpu_count()} cores, shared with the load generator; load now {os.getloadavg()[0]:.2f}")
    rates: dict[str, list[float]] = {}
    for matters in (int(size) for size in asked.matters.split(",")):
        folder = Path(tempfile.mkdtemp(prefix="zhouzhouhui-bench-", dir=asked.folder))
        try:
            installation = make_installation(communities=COMMUNITIES, matters=matters, report=report, keep_in=folder)
            if "public" in what and matters == 100_000:
                public.measure(installation, report, seconds=asked.seconds)
            if "raising" in what:
                for name, rate in raising.measure(installation, report, seconds=asked.seconds).items():
                    rates.setdefault(name, []).append(rate)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    for name, several in rates.items():
        if len(several) > 1:
            report.figure(f"raise, {name}: fastest size over slowest", max(several) / min(several), "x", at_most=ALIKE)
    if asked.report:
        report.write(asked.report)
    report.say("all targets held" if not report.missed else f"missed: {', '.join(report.missed)}")
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
