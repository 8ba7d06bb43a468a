"""Options: every value that cannot be meant stops the start with what to write instead."""

from pathlib import Path

import pytest

from zhouzhouhui.options import OPTIONS, OptionRefused, Options, operate_table
from zhouzhouhui.settings_database import database_settings

ROOT = Path(__file__).resolve().parents[2]


def test_the_defaults_are_all_readable() -> None:
    options = Options({})
    assert options["ZHOUZHOUHUI_WORKER_THREADS"] >= 1
    assert options.var.name == "var"


@pytest.mark.parametrize(
    ("name", "written", "says"),
    [
        ("ZHOUZHOUHUI_HTTPS", "maybe", "yes 或 no"),
        ("ZHOUZHOUHUI_WORKER_THREADS", "0", "1 到 64"),
        ("ZHOUZHOUHUI_WORKER_THREADS", "-3", "1 到 64"),
        ("ZHOUZHOUHUI_WORKER_THREADS", "٣", "1 到 64"),
        ("ZHOUZHOUHUI_UPLOAD_MIB", "12.5", "整数"),
        ("ZHOUZHOUHUI_LOG", "loud", "debug"),
        ("ZHOUZHOUHUI_SECRET_KEY", "short", "32"),
        ("ZHOUZHOUHUI_HOME", "/nowhere/at/all", "目录不存在"),
        ("DATABASE_URL", "mysql://localhost/town", "postgresql://"),
    ],
)
def test_an_odd_value_is_refused_with_what_to_write_instead(name: str, written: str, says: str) -> None:
    with pytest.raises(OptionRefused) as refused:
        Options({name: written})
    assert str(refused.value).startswith(f"{name}={written}")
    assert says in str(refused.value)
    assert refused.value.code == 2


def test_an_empty_value_means_the_default() -> None:
    assert Options({"ZHOUZHOUHUI_SESSION_HOURS": "  "})["ZHOUZHOUHUI_SESSION_HOURS"] == 8


def test_the_guide_prints_every_option_as_the_program_reads_it() -> None:
    guide = (ROOT / "docs" / "operate.md").read_text("utf-8")
    assert operate_table("zh") in guide
    assert operate_table("en") in guide
    assert len({option.name for option in OPTIONS}) == len(OPTIONS)


def test_sqlite_waits_for_the_disk_and_takes_the_write_lock_first() -> None:
    settings = database_settings("", default_file=Path("/x/town.sqlite3"))
    assert settings["NAME"] == "/x/town.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in settings["OPTIONS"]["init_command"]


def test_what_the_address_of_postgresql_says_wins() -> None:
    settings = database_settings("postgresql://u@h/town?application_name=other", default_file=Path("/x"))
    assert settings["OPTIONS"]["application_name"] == "other"
    assert settings["OPTIONS"]["prepare_threshold"] == 3
    assert settings["CONN_HEALTH_CHECKS"]
