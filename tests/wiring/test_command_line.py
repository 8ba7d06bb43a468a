"""The command `zhouzhouhui`: exit codes, sentences, and an installation made from nothing."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from zhouzhouhui.cli import main, make_parser
from zhouzhouhui.commands import COMMANDS

PROGRAM = [sys.executable, "-m", "zhouzhouhui.cli"]
FACTS = ["--code", "310112001", "--name", "试验镇", "--admin-login", "admin", "--admin-name", "管理"]


def run(home: Path, *arguments: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("ZHOUZHOUHUI_", "DATABASE_URL", "DJANGO_"))}
    return subprocess.run(
        [*PROGRAM, *arguments], env={**clean, "ZHOUZHOUHUI_HOME": str(home), **environ}, input=stdin,
        capture_output=True, text=True, check=False, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip


@pytest.fixture(scope="module")
def installation(tmp_path_factory: Any) -> Path:
    home: Path = tmp_path_factory.mktemp("town")
    made = run(home, "init", *FACTS, "--password-stdin", stdin="a long enough phrase 9\n")
    assert made.returncode == 0, made.stderr
    return home


@pytest.mark.parametrize("name", [command.NAME for command in COMMANDS])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args([name, "--help"])
    assert ended.value.code == 0
    assert f"zhouzhouhui {name}" in capsys.readouterr().out


def test_what_is_not_understood_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["adjourn"])
    assert ended.value.code == 2
    assert "没有看懂" in capsys.readouterr().err


def test_init_makes_keys_that_nobody_else_can_read(installation: Path) -> None:
    for name in ("secret_key", "keyring.json"):
        assert stat.S_IMODE((installation / "var" / "keys" / name).stat().st_mode) == 0o600


def test_init_twice_for_one_town_is_refused_and_keeps_the_keys(installation: Path) -> None:
    before = (installation / "var" / "keys" / "secret_key").read_bytes()
    again = run(installation, "init", *FACTS, "--password-stdin", stdin="a long enough phrase 9\n")
    assert again.returncode == 1
    assert "Traceback" not in again.stderr
    assert (installation / "var" / "keys" / "secret_key").read_bytes() == before


def test_init_without_the_facts_names_them(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--yes", "--name", "试验镇")
    assert done.returncode == 2
    assert "--code" in done.stderr
    assert "--admin-login" in done.stderr


def test_init_refuses_a_weak_password(tmp_path: Path) -> None:
    done = run(tmp_path, "init", *FACTS, "--password-stdin", stdin="12345\n")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_an_odd_setting_ends_every_command_with_a_sentence(installation: Path) -> None:
    done = run(installation, "figures", ZHOUZHOUHUI_HTTPS="perhaps")
    assert done.returncode == 2
    assert "ZHOUZHOUHUI_HTTPS=perhaps" in done.stderr
    assert "Traceback" not in done.stderr


def test_serving_without_an_installation_says_to_run_init(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--port", "1")
    assert done.returncode == 1
    assert "init" in done.stderr


def test_figures_of_an_empty_town_are_nought(installation: Path) -> None:
    done = run(installation, "figures", "--json")
    counted = json.loads(done.stdout)
    assert (counted["raised"], counted["closed_or_answered"], counted["rate"]) == (0, 0, None)


def test_verify_finds_a_new_town_whole_and_refuses_a_foreign_head(installation: Path) -> None:
    whole = run(installation, "verify", "--json")
    assert whole.returncode == 0, whole.stdout
    assert run(installation, "verify", "--head", "nonsense").returncode == 2
    assert run(installation, "verify", "--head", "999999999:3:" + "a" * 64).returncode == 1


def test_a_token_is_printed_once_for_a_person_who_is_there(installation: Path) -> None:
    assert run(installation, "token", "--person", "admin").stdout.startswith("zzh_")
    nobody = run(installation, "token", "--person", "nobody")
    assert nobody.returncode == 1
    assert "nobody" in nobody.stderr


def test_rotating_keys_keeps_the_old_ones_for_reading(installation: Path) -> None:
    before = json.loads((installation / "var" / "keys" / "keyring.json").read_text())
    assert run(installation, "rotate-keys").returncode == 0
    after = json.loads((installation / "var" / "keys" / "keyring.json").read_text())
    assert after != before
    assert set(after["keys"]) > set(before["keys"])


def test_checks_ask_and_say_what_to_do(installation: Path) -> None:
    asked = run(installation, "checks")
    assert asked.returncode == 1
    assert "时钟在走吗" in asked.stdout
    assert "zhouzhouhui serve" in asked.stdout


def test_a_second_town_must_be_named_afterwards(installation: Path) -> None:
    other = ["--code", "310112002", "--name", "另一镇", "--host", "other.example", "--admin-login", "admin",
             "--admin-name", "管理"]  # fmt: skip
    assert run(installation, "init", *other, "--yes").returncode == 0
    unclear = run(installation, "figures")
    assert unclear.returncode == 2
    assert "310112002" in unclear.stderr
    assert run(installation, "figures", "--town", "310112002").returncode == 0
