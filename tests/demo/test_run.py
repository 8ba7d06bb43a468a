"""Starting the demo: built once and kept, never inside a real town's installation, told to whoever looks."""

import io
import json
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from zhouzhouhui.actions.found_town import found_town
from zhouzhouhui.commands.refusal import CommandRefused
from zhouzhouhui.demo import run
from zhouzhouhui.demo.progress import Bar
from zhouzhouhui.demo.settlement import TOWN_CODE, Account
from zhouzhouhui.models import LedgerLine, Town
from zhouzhouhui.rules.rhythm import CHINA

AT = datetime(2026, 11, 23, 13, 20, tzinfo=CHINA)
ACCOUNT = Account("office", "office", "wangqiao-demo", "某人", "望桥镇")


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[str]:
    """Every building of the town, which here only founds it."""
    settings.VAR_DIR = tmp_path
    built: list[str] = []

    def build(*, now: datetime, told: Callable[[int, int, str], None]) -> tuple[Town, list[Account]]:
        told(1, 1, "2026-11-23")
        town = found_town(code=TOWN_CODE, name="望桥镇", hosts=(), at=now)
        built.append(str(town.id))
        return town, [ACCOUNT]

    monkeypatch.setattr("zhouzhouhui.demo.build.build_demo_town", build)
    return built


@pytest.mark.django_db
def test_the_town_is_built_once_and_kept(builds: list[str]) -> None:
    note = run.prepare_town(reset=False)
    assert note == run.prepare_town(reset=False)
    assert builds == [note["town"]]
    assert note["accounts"][0]["login"] == "office"


@pytest.mark.django_db
def test_a_real_town_is_never_written_into(builds: list[str]) -> None:
    found_town(code="310000000", name="真镇", hosts=(), at=AT)
    with pytest.raises(CommandRefused, match="真镇"):
        run.prepare_town(reset=True)
    assert Town.objects.count() == 1
    assert builds == []


@pytest.mark.django_db
def test_a_running_demo_is_not_pulled_away(builds: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run.prepare_town(reset=False)

    @contextmanager
    def somebody_serves() -> Any:
        yield False

    monkeypatch.setattr("zhouzhouhui.serve_lock.nobody_serves", somebody_serves)
    with pytest.raises(CommandRefused, match="先停掉"):
        run.prepare_town(reset=True)
    assert len(builds) == 1


@pytest.mark.django_db(transaction=True)
def test_it_starts_over_with_empty_tables(builds: list[str]) -> None:
    run.prepare_town(reset=False)
    note = run.prepare_town(reset=True)
    assert [str(key) for key in Town.objects.values_list("id", flat=True)] == [note["town"]] == builds[1:]
    assert LedgerLine.objects.count() == 1  # the founding


@pytest.mark.django_db
def test_a_town_left_half_built_is_built_anew(builds: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run.prepare_town(reset=False)
    run._note_file().unlink()
    monkeypatch.setattr(run, "_clear", lambda: Town.objects.update(code="990000000"))
    run.prepare_town(reset=False)
    assert len(builds) == 2


def test_who_can_sign_in_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    run.announce({"accounts": [ACCOUNT.__dict__], "built_on": "2026-11-23"}, port=8123)
    told = capsys.readouterr().out
    assert "wangqiao-demo" in told
    assert "office" in told
    assert "http://127.0.0.1:8123/sign-in/" in told


def test_the_command_prepares_and_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Any] = []
    monkeypatch.setattr("zhouzhouhui.commands.init.make_secret_key", lambda: done.append("key"))
    monkeypatch.setattr("zhouzhouhui.commands.init.prepare_installation", lambda: done.append("tables"))
    monkeypatch.setattr("zhouzhouhui.serve.prepare_environment", lambda options: None)
    monkeypatch.setattr("zhouzhouhui.cli.set_up_django", lambda: done.append("django"))
    monkeypatch.setattr(run, "prepare_town", lambda reset: {"reset": reset})
    monkeypatch.setattr(run, "announce", lambda note, port: done.append((note, port)))
    monkeypatch.setattr("zhouzhouhui.serve.run", lambda options: done.append(options.host) or 0)
    assert run.run_demo(reset=True, port=8124) == 0
    assert done == ["key", "django", "tables", ({"reset": True}, 8124), "127.0.0.1"]
    with pytest.raises(CommandRefused):
        run.run_demo(reset=False, port=0)


def test_progress_is_lines_where_nobody_looks() -> None:
    out = io.StringIO()
    bar = Bar("建镇", out=out)
    for day in range(101):
        bar.told(day, 100, "2026-11-23")
    bar.end()
    lines = out.getvalue().splitlines()
    assert lines[0] == "建镇"
    assert len(lines) == 1 + 11 + 1
    assert "100 %" in lines[-2]


def test_progress_is_a_bar_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    bar = Bar("建镇", out=out)
    bar.told(40, 100, "2026-01-05")
    bar.told(100, 100, "2026-11-23")
    bar.end()
    assert "2026-11-23" in out.getvalue()
    assert "100 %" in out.getvalue()


def test_the_note_that_is_no_note_is_none(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    assert run._note() is None
    run._note_file().write_text("{half", encoding="utf-8")
    assert run._note() is None
    run._note_file().write_text(json.dumps({"town": "x"}), encoding="utf-8")
    assert run._note() == {"town": "x"}
