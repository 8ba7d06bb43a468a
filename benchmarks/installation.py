"""An installation to measure on: its own folder, its own database, filled by SQL."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import Report
from benchmarks.server import installation_environment

FILL = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
call_command("migrate", interactive=False, verbosity=0)
from benchmarks.fill import fill
from zhouzhouhui.actions.issue_token import issue_token
from zhouzhouhui.models import Community, Meeting, Person
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules.powers import CLOCK
from django.conf import settings
if not settings.KEYRING_PATH.is_file():
    keyring.init_keyring()
communities, matters = map(int, sys.argv[1:3])
fill(communities=communities, matters=matters, at=timezone.now())
token = issue_token(person=Person.objects.select_related("town").get(login="office"), by=CLOCK, at=timezone.now())
rows = Community.objects.order_by("code")[:40]
print(json.dumps({
    "token": token, "vendor": connection.vendor, "codes": [c.code for c in rows],
    "open": [str(Meeting.objects.get(community=c, state="open").id) for c in rows],
}))
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """A filled installation."""

    home: Path
    communities: int
    matters: int
    vendor: str
    token: str
    codes: list[str]
    open_meetings: list[str]

    def short(self, n: int) -> str:
        """The short code of the n-th community."""
        return f"V{n:03d}"


def make_installation(*, communities: int, matters: int, report: Report, keep_in: Path) -> Installation:
    """A new folder and database (DATABASE_URL, emptied first, or SQLite) with this many matters."""
    home = Path(tempfile.mkdtemp(prefix="bench-", dir=keep_in))
    environment = installation_environment(home)
    _empty_database(environment)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(communities), str(matters)], env=environment, capture_output=True, text=True,
        check=False, cwd=Path(__file__).resolve().parents[1],
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    told = json.loads(done.stdout.strip().splitlines()[-1])
    report.say(f"filled {matters} matters in {communities} communities in {time.perf_counter() - began:.0f} s")
    return Installation(home, communities, matters, told["vendor"], told["token"], told["codes"], told["open"])


def _empty_database(environment: dict[str, str]) -> None:
    if not environment.get("DATABASE_URL"):
        return
    empty = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "connection.cursor().execute('DROP SCHEMA public CASCADE; CREATE SCHEMA public')\n"
    )
    subprocess.run([sys.executable, "-c", empty], env=environment, check=True)
