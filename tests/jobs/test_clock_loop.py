"""The clock's rounds: one at a time, a fault in one town leaves the others, and it shows that it is alive."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.cast import build_cast
from zhouzhouhui.actions.found_town import found_town
from zhouzhouhui.jobs import clock_loop
from zhouzhouhui.jobs.clock_lock import the_only_clock
from zhouzhouhui.models import Meeting, Town

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_a_round_goes_through_every_town_and_leaves_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("310112001", "310112002"):
        found_town(code=code, name="镇", hosts=[], at=AT)
    seen: list[str] = []

    def tick(*, town: Town, at: datetime) -> int:
        seen.append(town.code)
        if town.code == "310112001":
            raise RuntimeError("one town's trouble")
        return 2

    monkeypatch.setattr(clock_loop, "tick", tick)
    assert clock_loop.run_round(at=AT) == 2
    assert seen == ["310112001", "310112002"]
    assert clock_loop.alive_file().read_text() == AT.isoformat()


def test_the_clock_marks_a_meeting_nobody_opened_and_does_it_once() -> None:
    cast = build_cast()
    meeting = cast.next_meeting()
    late = meeting.scheduled_at + timedelta(hours=25)
    assert clock_loop.run_round(at=late) > 0
    assert Meeting.objects.get(id=meeting.id).state == "not_held"
    assert clock_loop.run_round(at=late) == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a lock on a file")
def test_a_second_clock_on_sqlite_stands_by(monkeypatch: pytest.MonkeyPatch) -> None:
    with the_only_clock() as mine:
        assert mine
        with the_only_clock() as other:
            assert not other
    with the_only_clock() as free:
        assert free


@pytest.mark.skipif(connection.vendor != "postgresql", reason="an advisory lock")
def test_a_second_clock_on_postgresql_stands_by() -> None:
    import psycopg

    from zhouzhouhui.jobs.clock_lock import ADVISORY_KEY

    parameters: dict[str, Any] = connection.get_connection_params()
    wanted = {k: parameters[k] for k in ("host", "port", "user", "password", "dbname") if parameters.get(k)}
    with the_only_clock() as mine:
        assert mine
        with psycopg.connect(**wanted) as other:
            assert other.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY]).fetchone() == (False,)
    with psycopg.connect(**wanted) as other:
        assert other.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY]).fetchone() == (True,)
