"""The server as `serve` ships it: one port, live streams, a worker that dies, a clean end, TLS."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from zhouzhouhui.serve import ServeOptions, ServeRefused, check_options

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("served")
    done = subprocess.run(
        [sys.executable, "-m", "zhouzhouhui.cli", "init", "--yes", "--code", "310112001", "--name", "试验镇",
         "--admin-login", "admin", "--admin-name", "管理"],
        env=environment(made), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    add = (
        "import django; django.setup()\n"
        "from datetime import UTC, date, datetime, time\n"
        "from zhouzhouhui.actions.add_community import add_community\n"
        "from zhouzhouhui.models import Town\n"
        "from zhouzhouhui.rules.powers import CLOCK\n"
        "add_community(town=Town.objects.get(), by=CLOCK, at=datetime.now(UTC), code='310112001001', short_code='YXY',"
        " name='银杏苑', kind='neighbourhood', weekday=1, meets_at=time(18, 30), place='活动室',"
        " joins_on=date(2026, 1, 1))"
    )
    done = subprocess.run(
        [sys.executable, "-c", add], env=environment(made), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return made


def environment(home: Path) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("ZHOUZHOUHUI_", "DATABASE_URL"))}
    return {**clean, "ZHOUZHOUHUI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "zhouzhouhui.settings"}


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port()
    command = [sys.executable, "-m", "zhouzhouhui.cli", "serve", "--port", str(port), *arguments]
    with subprocess.Popen(command, env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            ready = re.fullmatch(r"ready (https?://127\.0\.0\.1:\d+/)\n", line)
            assert ready, line
            yield process, ready[1]
        finally:
            process.terminate()
            process.wait(30)


def get(url: str, context: ssl.SSLContext | None = None) -> tuple[int, str]:
    for _ in range(50):
        try:
            with urllib.request.urlopen(url, timeout=10, context=context) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.1)
    raise AssertionError("no answer")


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sorted(int(child) for child in found)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
def test_one_command_serves_pages_streams_and_the_clock_and_ends_cleanly(home: Path) -> None:
    with serving(home, "--workers", "2") as (process, url):
        assert get(url + "healthz")[0] == 200
        with urllib.request.urlopen(url + "live/YXY", timeout=10) as stream:
            assert stream.headers["Content-Type"].startswith("text/event-stream")
            assert stream.readline() == b"retry: 3000\n"
            assert get(url + "live/NONE")[0] == 404
            assert len(children(process.pid)) == 3
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
            assert time.monotonic() - began < 8
        assert (home / "var" / "clock.alive").exists()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
def test_a_worker_that_dies_is_started_again(home: Path) -> None:
    with serving(home, "--workers", "1", "--only", "web") as (process, url):
        (worker,) = children(process.pid)
        os.kill(worker, signal.SIGKILL)
        for _ in range(100):
            now = children(process.pid)
            if now and now != [worker]:
                break
            time.sleep(0.1)
        assert now != [worker]
        assert get(url + "healthz")[0] == 200


def test_https_is_served_from_a_certificate_alone(home: Path, tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    with serving(home, "--workers", "1", "--tls-cert", str(cert), "--tls-key", str(key)) as (_process, url):
        assert url.startswith("https://")
        context = ssl.create_default_context(cafile=str(cert))
        with urllib.request.urlopen(url + "healthz", timeout=10, context=context) as answer:
            assert answer.status == 200
            assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_port_that_is_taken_is_said_so(home: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "zhouzhouhui.cli", "serve", "--port", port], env=environment(home), cwd=ROOT,
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ServeOptions(tls_cert="cert.pem"),
        ServeOptions(tls_cert="/no/cert.pem", tls_key="/no/key.pem"),
        ServeOptions(port=0),
        ServeOptions(port=70000),
        ServeOptions(workers=65),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_starts(options: ServeOptions) -> None:
    with pytest.raises(ServeRefused):
        check_options(options)
