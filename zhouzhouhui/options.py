"""Everything an installation may set, in one table: settings read it, docs/operate.md prints it.

An option comes from the environment. A value that cannot be meant stops the start with a sentence
that says what to write instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhouzhouhui import options_read as read


class OptionRefused(SystemExit):
    """A value that cannot be meant; ends the program with its sentence and exit code 2."""

    def __init__(self, sentence: str) -> None:
        super().__init__(2)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Option:
    """One row: the variable's name, its value when unset, how it is read, what it does."""

    name: str
    default: str
    reads: Callable[[str], Any]
    zh: str
    en: str


HOME = "ZHOUZHOUHUI_HOME"

OPTIONS: tuple[Option, ...] = (
    Option(
        HOME,
        ".",
        read.folder,
        "安装目录；数据、密钥、照片都放在它的 var/ 里",
        "installation directory; records, keys and photographs live in its var/",
    ),
    Option(
        "DATABASE_URL",
        "",
        read.database,
        "数据库地址；不写就用安装目录下 var/ 里的一个 SQLite 文件",
        "database address; unset means one SQLite file in var/ of the installation directory",
    ),
    Option(
        "ZHOUZHOUHUI_SECRET_KEY",
        "",
        read.secret,
        "签名密钥；不写就读 var/keys/secret_key（init 时生成）",
        "signing key; unset means the file var/keys/secret_key that init makes",
    ),
    Option(
        "ZHOUZHOUHUI_HTTPS",
        "no",
        read.yes_or_no,
        "浏览器是否经 HTTPS 访问（serve 带证书启动时自动为 yes）",
        "whether browsers arrive over HTTPS (serve sets it to yes when given a certificate)",
    ),
    Option(
        "ZHOUZHOUHUI_BEHIND_PROXY",
        "no",
        read.yes_or_no,
        "前面是否有反向代理，由它写 X-Forwarded-Proto 和 X-Forwarded-For",
        "whether a reverse proxy stands in front and writes X-Forwarded-Proto and X-Forwarded-For",
    ),
    Option(
        "ZHOUZHOUHUI_SESSION_HOURS",
        "8",
        read.whole(1, 72),
        "工作人员登录后多少小时必须重新登录",
        "hours after which staff must sign in again",
    ),
    Option(
        "ZHOUZHOUHUI_LOCKOUT_TRIES",
        "5",
        read.whole(3, 20),
        "连续输错几次密码后锁住",
        "wrong passwords in a row before the account is locked",
    ),
    Option(
        "ZHOUZHOUHUI_LOCKOUT_MINUTES",
        "15",
        read.whole(1, 1440),
        "锁住多少分钟",
        "minutes the account stays locked",
    ),
    Option(
        "ZHOUZHOUHUI_UPLOAD_MIB",
        "12",
        read.whole(1, 100),
        "一张照片或一个表格最大多少 MiB",
        "largest photograph or spreadsheet, in MiB",
    ),
    Option(
        "ZHOUZHOUHUI_WORKER_THREADS",
        "4",
        read.whole(1, 64),
        "每个工作进程同时处理几个请求",
        "requests handled at once by each worker process",
    ),
    Option(
        "ZHOUZHOUHUI_LIVE_STREAMS",
        "2000",
        read.whole(10, 50_000),
        "每个工作进程最多保持多少条现场直播连接",
        "most live streams held open by each worker process",
    ),
    Option(
        "ZHOUZHOUHUI_LIVE_TICK_MS",
        "250",
        read.whole(50, 5_000),
        "现场直播多少毫秒查一次新记录",
        "milliseconds between looks for new lines of the ledger",
    ),
    Option(
        "ZHOUZHOUHUI_BACKUP_DAYS",
        "2",
        read.whole(1, 60),
        "备份超过几天没有做，checks 就提醒",
        "days without a backup after which checks warns",
    ),
    Option(
        "ZHOUZHOUHUI_LOG",
        "info",
        read.one_of("debug", "info", "warning", "error"),
        "日志写多细：debug、info、warning、error",
        "how much is logged: debug, info, warning, error",
    ),
)


class Options:
    """The values of this process, read once from the environment."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        source = os.environ if environ is None else environ
        self._values: dict[str, Any] = {}
        for option in OPTIONS:
            written = source.get(option.name, "").strip() or option.default
            try:
                self._values[option.name] = option.reads(written)
            except ValueError as wrong:
                raise OptionRefused(f"{option.name}={written}: {wrong}") from None

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    @property
    def var(self) -> Path:
        """The folder that holds everything an installation writes."""
        home: Path = self._values[HOME]
        return home / "var"


def operate_table(language: str) -> str:
    """The table of docs/operate.md as Markdown; `language` is "zh" or "en"."""
    head = {"zh": "| 变量 | 默认 | 作用 |", "en": "| variable | default | what it does |"}[language]
    rows = [f"| `{o.name}` | {'`' + o.default + '`' if o.default else '–'} | {getattr(o, language)} |" for o in OPTIONS]
    return "\n".join([head, "|---|---|---|", *rows]) + "\n"
