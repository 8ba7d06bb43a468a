"""A served town and a real browser: pages are used as a person uses them, by what they say."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast, build_cast

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
# Sign-in by form is a journey of its own; elsewhere a person is simply signed in.
SIGNED_IN_BY = "django.contrib.auth.backends.ModelBackend"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


def pytest_configure() -> None:
    # Playwright keeps an event loop in the test's thread; Django would take every query for one made inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert program, "no Chromium: install one, or name it in CHROMIUM"
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        launched = playwright.chromium.launch(executable_path=program, args=options)
        yield launched
        launched.close()


@dataclass
class Stage:
    """The town, its server, the hour, and a browser window for each person."""

    cast: Cast
    address: str
    browser: Browser
    clock: time_machine.Traveller
    windows: list[tuple[str, BrowserContext]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def window(self, who: str = "", *, phone: bool = False, javascript: bool = True) -> Page:
        """A page of a person of the cast (signed in), or of a resident (nobody)."""
        context = self.browser.new_context(
            base_url=self.address, viewport=PHONE if phone else DESK, java_script_enabled=javascript, locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )  # fmt: skip
        context.set_default_timeout(10_000)
        self.windows.append((who, context))
        self._sign_in(who, context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heard(page, message.type, message.text))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))
        return page

    def travel(self, moment: datetime) -> None:
        """Make it ``moment`` for the server and the cast. Sessions end meanwhile: people sign in again."""
        self.cast.now = moment
        self.clock.move_to(moment)
        for who, context in self.windows:
            self._sign_in(who, context)

    def _sign_in(self, who: str, context: BrowserContext) -> None:
        if who:
            client = Client()
            client.force_login(self.cast.people[who], backend=SIGNED_IN_BY)
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.address}])

    def _heard(self, page: Page, kind: str, text: str) -> None:
        # A refusal is answered with 4xx and a sentence; the browser notes that as an error, which it is not.
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(f"{page.url}: {text}")

    def _answered(self, status: int, address: str) -> None:
        if status >= 500 or (status == 404 and "/static/" in address):
            self.faults.append(f"{address}: {status}")


@pytest.fixture
def stage(transactional_db: None, live_server: LiveServer, browser: Browser) -> Iterator[Stage]:
    """The cast's town before its first meeting, on the day after it was founded."""
    cast = build_cast()
    with time_machine.travel(cast.now + timedelta(days=1), tick=True) as clock:
        stage = Stage(cast, live_server.url, browser, clock)
        stage.travel(cast.now + timedelta(days=1))
        yield stage
        for _who, context in stage.windows:
            context.close()
    assert stage.faults == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """The accessibility faults of a page, one line each."""
    engine = Axe()
    wanted = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

    def faults_of(page: Page) -> list[str]:
        found = engine.run(page, options=wanted).response["violations"]
        return [f"{page.url} {fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:120]})" for fault in found]

    return faults_of
