"""The OpenAPI document describes every verb of the law; and nothing that fits it, or does not, breaks the API."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from tests.api.conftest import Programs
from tests.cast import Cast
from zhouzhouhui.queries.tries import WRONG_CODES
from zhouzhouhui.rules import matter_flow, meeting_flow

EXAMPLES = 4  # of each call, in the name of the office and of the holder of a slip
QUIET = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
]


def described(programs: Programs) -> dict[str, Any]:
    document: dict[str, Any] = programs.nobody().get("/openapi.json").json()
    return document


def test_every_verb_is_described_with_who_may_and_what_to_bring(programs: Programs, cast: Cast) -> None:
    calls = {one["operationId"]: one for path in described(programs)["paths"].values() for one in path.values()}
    verbs = {*matter_flow.STEPS, *meeting_flow.STEPS} - {"raise_matter"}
    assert verbs | {"raise_at_meeting", "raise_between", "speak_group", "late_record", "reissue_slip"} <= set(calls)
    for verb in verbs:
        step: Any = matter_flow.STEPS.get(verb) or meeting_flow.STEPS[verb]
        said = calls[verb]["description"]
        assert " · " in calls[verb]["summary"]
        assert all(f"`{role.value}`" in said for role in step.who), verb
        assert all(f"`{thing}`" in said for thing in step.bring), verb
        assert all(f"`{state.value}`" in said for state in step.moves if state), verb


def test_every_call_promises_problem_documents(programs: Programs, cast: Cast) -> None:
    for path in described(programs)["paths"].values():
        for call in path.values():
            assert list(call["responses"]["default"]["content"]) == ["application/problem+json"]


@pytest.fixture
def names(cast: Cast) -> dict[str, dict[str, str]]:
    """A matter, a meeting and a community that are there, for each place in an address."""
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.assign(matter)
    return {
        "name": {"name": f"YXY-{matter.number}"},
        "meeting_id": {"meeting_id": str(meeting.id)},
        "code": {"code": "YXY"},
    }


def calls_of(schema: Any) -> Iterator[Any]:
    for found in schema.get_all_operations():
        yield found.ok()


def send(case: Any, headers: dict[str, str]) -> Any:
    """The case through the whole program, as the test client sends it."""
    brought = case.body if isinstance(case.body, bytes) else json.dumps(case.body, default=str).encode()
    given = {name: str(value) for name, value in (case.headers or {}).items() if str(value).isascii()}
    where = f"{case.formatted_path}?{urlencode(case.query or {}, doseq=True)}"
    return Client(raise_request_exception=False).generic(
        case.method, where, brought if case.media_type else b"", content_type=case.media_type or "application/json",
        headers={**given, **headers},
    )  # fmt: skip


def test_nothing_sent_breaks_the_api(programs: Programs, cast: Cast, names: dict[str, dict[str, str]]) -> None:
    schema = schemathesis.openapi.from_dict(described(programs))
    callers = [programs.of("office").headers(), programs.nobody(slip=next(iter(cast.slips.values()))).headers()]
    broken: list[str] = []
    tried = 0

    def try_all(call: Any) -> None:
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=QUIET,
            phases=[Phase.generate],
        )
        @given(case=call.as_strategy())
        def sent(case: Any) -> None:
            nonlocal tried
            for place in ({}, *(real for part, real in names.items() if part in (case.path_parameters or {}))):
                case.path_parameters = {**(case.path_parameters or {}), **place}
                for headers in callers:
                    cache.clear()  # else the limits on tries would answer for everything else
                    response = send(case, headers)
                    tried += 1
                    if response.status_code >= 500:
                        broken.append(
                            f"{call.label} {case.path_parameters} {case.body!r}: {response.content.decode()[:300]}"
                        )
                    if response.status_code >= 400:
                        assert response["Content-Type"].startswith("application/problem+json"), call.label

        sent()

    for call in calls_of(schema):
        try_all(call)
    assert tried > 300 > WRONG_CODES
    assert broken == []
