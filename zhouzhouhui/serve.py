"""`zhouzhouhui serve`: web, live streams and the clock on one port, or each as a process of its own."""

from __future__ import annotations

import gc
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from zhouzhouhui.serve_master import Child, Master

ONLY = ("web", "live", "clock")
MOST_WORKERS_BY_DEFAULT = 4
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - compared with, not bound to


class ServeRefused(Exception):
    """Why serving cannot begin, with what to do."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the command line says."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 0
    tls_cert: str | None = None
    tls_key: str | None = None
    only: str | None = None


def say(line: str) -> None:
    """A line on the terminal, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def check_options(options: ServeOptions) -> None:
    """Refuse what cannot be meant, before anything is started."""
    if bool(options.tls_cert) != bool(options.tls_key):
        raise ServeRefused("--tls-cert 和 --tls-key 要一起给 (give both --tls-cert and --tls-key)")
    for path in (options.tls_cert, options.tls_key):
        if path and not Path(path).is_file():
            raise ServeRefused(f"找不到文件 {path} (no such file)")
    if not 0 < options.port < 65536:
        raise ServeRefused("端口要在 1 到 65535 之间 (a port is from 1 to 65535)")
    if not 0 <= options.workers <= 64:
        raise ServeRefused("工作进程要在 1 到 64 个之间 (1 to 64 workers)")


def prepare_environment(options: ServeOptions) -> None:
    """What the settings must know before they are read."""
    os.environ["ZHOUZHOUHUI_SERVING"] = "yes"
    if options.tls_cert:
        os.environ["ZHOUZHOUHUI_HTTPS"] = "yes"


def run(options: ServeOptions, *, ready_line: str = "") -> int:
    """Serve until told to stop; Django must be set up. Returns the exit code."""
    from django.conf import settings
    from django.db import connections

    from zhouzhouhui.serve_lock import hold_while_serving

    if settings.SECRET_KEY_IS_THROWAWAY:
        raise ServeRefused(
            "这里还没有建好的安装：没有签名密钥。请先运行 zhouzhouhui init。"
            " (no signing key here: run `zhouzhouhui init` first)"
        )
    held = hold_while_serving()
    children: list[Child] = []
    if options.only != "clock":
        gather_static_files()
        load_pages()
        children = _door_children(options, ready_line)
    if options.only in (None, "clock"):
        children.append(Child("clock", _clock_body))
    connections.close_all()  # a connection must not be shared across a fork
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not walk it, and its memory stays shared
    gc.set_threshold(20_000, 20, 20)
    if options.only == "clock":
        say("clock 已启动 / clock runs")
    try:
        return Master(children, say=say).run()
    finally:
        held.close()


def _door_children(options: ServeOptions, ready_line: str) -> list[Child]:
    """The workers around one listening socket; the first says when it takes connections."""
    from zhouzhouhui.serve_worker import Listening, run_worker

    web, live = options.only in (None, "web"), options.only in (None, "live")
    bound = bind(options.host, options.port)
    listening = Listening(bound, options.tls_cert, options.tls_key)
    shown = "127.0.0.1" if options.host in EVERYWHERE else options.host
    url = f"{'https' if options.tls_cert else 'http'}://{f'[{shown}]' if ':' in shown else shown}:{options.port}/"
    line = ready_line or f"ready {url}"
    workers = options.workers or (1 if options.only == "live" else min(os.cpu_count() or 1, MOST_WORKERS_BY_DEFAULT))

    def body(first: bool) -> None:
        def say_ready() -> None:
            if first:
                say(line)

        run_worker(listening, web=web, live=live, on_ready=say_ready)

    return [Child(f"worker {n + 1}", lambda n=n: body(n == 0)) for n in range(workers)]  # type: ignore[misc]


def bind(host: str, port: int) -> socket.socket:
    """The listening socket that all workers share."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as fault:
        bound.close()
        raise ServeRefused(
            f"{host}:{port} 用不了（{fault.strerror}）。换一个 --port，或停掉占用它的程序。"
            " (cannot listen there: choose another --port, or stop what holds it)"
        ) from fault
    bound.listen(2048)
    bound.setblocking(False)
    bound.set_inheritable(True)
    return bound


def gather_static_files() -> None:
    """Collect stylesheets and scripts under names that hold their digest, compressed."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def load_pages() -> None:
    """Load every page's code before the workers are made: they share its memory, and a fault shows at once."""
    from django.urls import get_resolver

    _ = get_resolver().url_patterns


def _clock_body() -> None:
    from zhouzhouhui.jobs.clock_loop import run_clock_forever

    run_clock_forever()
