#!/usr/bin/env python3
"""docs/screenshots/: the pages of a demo town as they look today, at 390 px and 1440 px.

    scripts/screenshots.py            all of them
    scripts/screenshots.py board      only those whose name holds a word

The demo town lives in var/screenshots/, so that a second run is quick; delete that folder for a fresh town.
Needs Chromium (on the PATH, or named in CHROMIUM).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
HOME = ROOT / "var" / "screenshots"
HOME.mkdir(parents=True, exist_ok=True)
os.environ |= {
    "ZHOUZHOUHUI_HOME": str(HOME),
    "DJANGO_SETTINGS_MODULE": "zhouzhouhui.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in this thread
}
os.environ.pop("DATABASE_URL", None)

from playwright.sync_api import Browser, sync_playwright

PHONE, DESK = (390, 844), (1440, 900)
WAIT_SECONDS = 300


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the address, who looks (a role, or nobody), how wide, in which mode."""

    name: str
    address: str
    role: str = ""
    size: tuple[int, int] = DESK
    cookies: tuple[tuple[str, str], ...] = ()


def main() -> int:
    """Start the demo town, take the pictures, stop it."""
    wanted = sys.argv[1:]
    TARGET.mkdir(parents=True, exist_ok=True)
    with demo_town() as address, sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=options)
        for shot in shots():
            if not wanted or any(word in shot.name for word in wanted):
                take(browser, address, shot)
                print(f"  {shot.name}", flush=True)
        browser.close()
    return 0


@contextmanager
def demo_town() -> Iterator[str]:
    """A served demo town on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    program = [str(Path(sys.executable).with_name("zhouzhouhui")), "demo", "--port", str(port)]
    served = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert served.stdout is not None
        for line in served.stdout:
            if line.startswith(f"ready {address}"):
                break
        else:
            raise SystemExit("the demo town did not start")
        yield address
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        served.wait(WAIT_SECONDS)


def shots() -> list[Shot]:
    """The pictures of the README, with the addresses of the pages in this town that show most."""
    import django

    django.setup()
    from django.db.models import Count

    from zhouzhouhui.models import Community, Matter, Meeting

    board = Community.objects.annotate(held=Count("meetings")).order_by("-held").first()
    assert board is not None
    matter = (
        Matter.objects.filter(community=board, is_private=False, is_restricted=False, state="closed")
        .order_by("-carried_count", "-answer_count")
        .first()
    )
    meeting = Meeting.objects.filter(state="open").first()
    minutes = Meeting.objects.filter(community=board, state="published").order_by("-number").first()
    assert matter is not None
    assert meeting is not None
    assert minutes is not None
    at = f"/c/{board.short_code}/"
    elder = (("mode", "elder"),)
    return [
        Shot("town-1440", "/"),
        Shot("town-390", "/", size=PHONE),
        Shot("community-1440", at),
        Shot("community-390", at, size=PHONE),
        Shot("community-elder-390", at, size=PHONE, cookies=elder),
        Shot("community-english-1440", at, cookies=(("language", "en"),)),
        Shot("story-1440", f"{at}m/{matter.number}/"),
        Shot("story-390", f"{at}m/{matter.number}/", size=PHONE),
        Shot("figures-1440", "/figures/"),
        Shot("follow-390", "/follow/", size=PHONE),
        Shot("minutes-1440", f"{at}minutes/{minutes.number}/"),
        Shot("hall-1440", f"/hall/{meeting.id}/", role=f"host:{meeting.id}"),
        Shot("desk-office-1440", "/desk/", role="office"),
        Shot("desk-office-390", "/desk/", role="office", size=PHONE),
        Shot("desk-officer-1440", "/desk/", role="officer"),
        Shot("desk-leader-1440", "/desk/", role="leader"),
        Shot("setup-1440", "/setup/", role="administrator"),
    ]


def take(browser: Browser, address: str, shot: Shot) -> None:
    """One picture of what stands in the window when the page is there."""
    from django.conf import settings
    from django.test import Client

    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    cookies = dict(shot.cookies)
    if shot.role:
        client = Client()
        client.force_login(person_for(shot.role), backend="django.contrib.auth.backends.ModelBackend")
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    answer = page.goto(f"{address}{shot.address}", wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{shot.name}: {shot.address} answered {answer and answer.status}")
    page.screenshot(path=TARGET / f"{shot.name}.png")
    context.close()


def person_for(role: str) -> object:
    """Somebody who holds the role today; ``host:ID`` is the host of that meeting."""
    from django.db.models import Count, Q
    from django.utils import timezone

    from zhouzhouhui.models import Appointment, Person

    name, _, meeting = role.partition(":")
    if meeting:
        return Appointment.objects.filter(meeting_id=meeting, role="host", ended_at=None)[0].person
    today = timezone.localdate()
    people = Person.objects.filter(is_active=True, mandates__role=name, mandates__starts_on__lte=today)
    holders = people.exclude(mandates__ends_on__lt=today)
    if name == "officer":  # of the department that has most to answer
        owed = Count("mandates__department__leads", filter=Q(mandates__department__leads__state="assigned"))
        return holders.annotate(owed=owed).order_by("-owed", "login").first()
    return holders.order_by("login").first()


if __name__ == "__main__":
    sys.exit(main())
