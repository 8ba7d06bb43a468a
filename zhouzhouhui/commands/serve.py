"""zhouzhouhui serve."""

from __future__ import annotations

import argparse

from zhouzhouhui import serve
from zhouzhouhui.commands.refusal import CommandRefused

NAME = "serve"
HELP = "启动网站、现场直播和时钟：一个端口，不需要反向代理 (web, live streams and clock on one port)"
NEEDS_DJANGO = False  # some options must be set before the settings are read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of serve."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址；给局域网用写 0.0.0.0 (address to listen on)")
    parser.add_argument("--port", type=int, default=8000, help="端口 (port)")
    parser.add_argument("--workers", type=int, default=0, help="工作进程数，默认按处理器核数 (worker processes)")
    parser.add_argument("--tls-cert", help="HTTPS 证书文件 (certificate file, PEM)")
    parser.add_argument("--tls-key", help="HTTPS 私钥文件 (private key file, PEM)")
    parser.add_argument("--only", choices=serve.ONLY, help="只启动其中一样 (only one of the three)")


def run(asked: argparse.Namespace) -> int:
    """Serve until told to stop."""
    options = serve.ServeOptions(
        host=asked.host,
        port=asked.port,
        workers=asked.workers,
        tls_cert=asked.tls_cert,
        tls_key=asked.tls_key,
        only=asked.only,
    )
    return start(options)


def start(options: serve.ServeOptions, *, ready_line: str = "") -> int:
    """Check, load, serve."""
    from zhouzhouhui.cli import set_up_django

    try:
        serve.check_options(options)
        serve.prepare_environment(options)
        set_up_django()
        return serve.run(options, ready_line=ready_line)
    except serve.ServeRefused as refused:
        raise CommandRefused(str(refused)) from None
