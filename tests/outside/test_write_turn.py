"""Writers to SQLite take turns: one at a time, whoever is killed gives the turn back."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from zhouzhouhui.outside.write_turn import write_turn


def test_two_threads_never_have_the_turn_together(tmp_path: Path) -> None:
    inside, most = [0], [0]

    def work() -> None:
        for _ in range(20):
            with write_turn(str(tmp_path / "db")):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0.0005)
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 1


def test_a_fault_inside_gives_the_turn_back(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), write_turn(str(tmp_path / "db")):
        raise RuntimeError
    with write_turn(str(tmp_path / "db")):
        pass


def test_a_killed_process_gives_the_turn_back(tmp_path: Path) -> None:
    hold = (
        "import sys, time\nfrom zhouzhouhui.outside.write_turn import write_turn\n"
        "with write_turn(sys.argv[1]):\n    print('mine', flush=True)\n    time.sleep(60)"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path / "db")], cwd=root, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "mine\n"
        holder.kill()
        began = time.monotonic()
        with write_turn(str(tmp_path / "db")):
            assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", [":memory:", "file:memorydb?mode=memory&cache=shared"])
def test_a_database_in_memory_has_no_lock_file(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with write_turn(name):
        pass
    assert list(tmp_path.iterdir()) == []
