"""A town with the cast, reached over HTTP as programs reach it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.issue_token import issue_token
from zhouzhouhui.rules.powers import CLOCK


@dataclass
class Program:
    """A program that calls the API in somebody's name, or in nobody's."""

    client: Client
    clock: Callable[[], datetime]
    token: str = ""
    slip: str = ""
    language: str = "zh-hans"

    def get(self, path: str, **query: Any) -> Any:
        with time_machine.travel(self.clock(), tick=False):
            return self.client.get(f"/api/v1{path}", query, headers=self.headers())

    def post(self, path: str, brought: Any = None, **headers: str) -> Any:
        with time_machine.travel(self.clock(), tick=False):
            return self.client.post(
                f"/api/v1{path}", brought if brought is not None else {}, content_type="application/json",
                headers={**self.headers(), **headers},
            )  # fmt: skip

    def did(self, path: str, brought: Any = None) -> Any:
        """The content of a call that must succeed."""
        response = self.post(path, brought)
        assert response.status_code in (200, 201), response.content.decode()
        return response.json()

    def headers(self) -> dict[str, str]:
        headers = {"Accept-Language": self.language}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.slip:
            headers["X-Slip"] = self.slip
        return headers


@dataclass
class Programs:
    """One program for each of the cast; ``cast.now`` is the clock of all."""

    cast: Cast

    def of(self, login: str) -> Program:
        with time_machine.travel(self.cast.now, tick=False):
            token = issue_token(person=self.cast.people[login], by=CLOCK, at=self.cast.now)
        return Program(Client(), self.tick, token)

    def nobody(self, *, slip: str = "") -> Program:
        return Program(Client(), self.tick, slip=slip)

    def tick(self) -> datetime:
        return self.cast.later(minutes=1)


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return build_cast()


@pytest.fixture
def programs(cast: Cast) -> Programs:
    return Programs(cast)


def code_of(response: Any) -> str:
    """The code of a problem document, which must be a whole one."""
    assert response["Content-Type"].startswith("application/problem+json"), response.content.decode()
    problem = response.json()
    assert {"type", "title", "status", "detail", "code", "facts"} <= set(problem)
    assert problem["status"] == response.status_code
    return str(problem["code"])
