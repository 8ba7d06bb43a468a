"""zhouzhouhui init."""

from __future__ import annotations

import argparse
import getpass
import os
import secrets
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from zhouzhouhui.commands.refusal import CommandRefused

NAME = "init"
HELP = "建一个空的、可以开始用的安装：镇、域名、管理员、密钥 (make an empty, ready installation)"
NEEDS_DJANGO = False  # the signing key must be there before the settings are read

QUESTIONS = (
    ("code", "镇（街道）的区划代码，9 位或 12 位 (division code of the town)"),
    ("name", "镇（街道）的名称 (name of the town)"),
    ("host", "居民用的网址域名，没有就直接回车 (host name for the public, or nothing)"),
    ("admin_login", "管理员的登录名 (sign-in name of the administrator)"),
    ("admin_name", "管理员的姓名 (name of the administrator)"),
)
NEEDED = ("code", "name", "admin_login", "admin_name")


@dataclass(frozen=True, slots=True)
class TownFacts:
    """What init needs to know."""

    code: str
    name: str
    hosts: tuple[str, ...]
    admin_login: str
    admin_name: str
    admin_password: str
    district: str = ""
    phone: str = ""
    name_en: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Each fact may be given; what is not given is asked for."""
    for name, question in QUESTIONS:
        many = {"action": "append"} if name == "host" else {}
        parser.add_argument(f"--{name.replace('_', '-')}", help=question, **many)  # type: ignore[arg-type]
    parser.add_argument("--name-en", default="", help="英文名称 (name in English)")
    parser.add_argument("--district", default="", help="所属区县 (district)")
    parser.add_argument("--phone", default="", help="印在回执上的电话 (telephone printed on slips)")
    parser.add_argument(
        "--password-stdin", action="store_true", help="从标准输入读管理员密码 (read the password from standard input)"
    )
    parser.add_argument("--yes", action="store_true", help="不提问；没给密码就随机生成 (ask nothing)")


def run(asked: argparse.Namespace) -> int:
    """Make the installation, or add another town to it."""
    from zhouzhouhui.cli import set_up_django

    facts, made_up = gather(asked)
    make_secret_key()
    set_up_django()
    founded = found(facts, at=datetime.now(UTC))
    say = sys.stdout.write
    say(f"{founded}已建好，还没有村居。(ready, with no communities yet)\n")
    if made_up:
        say(f"管理员 {facts.admin_login} 的密码：{facts.admin_password}\n请马上登录并修改。(sign in and change it)\n")
    say(
        "接下来 (next):\n"
        "  1. zhouzhouhui serve\n"
        "  2. 用管理员登录 /setup/，添加村居、部门、人员，或用 Excel 导入 (add communities, departments, people)\n"
        "  3. zhouzhouhui checks 看还缺什么 (shows what is missing)\n"
    )
    return 0


def gather(asked: argparse.Namespace) -> tuple[TownFacts, bool]:
    """The facts from the command line and from questions; whether the password was made up here."""
    given = {name: getattr(asked, name) for name, _ in QUESTIONS}
    if not asked.yes and sys.stdin.isatty():
        for name, question in QUESTIONS:
            if not given[name]:
                answer = input(f"{question}: ").strip()
                given[name] = [answer] if name == "host" and answer else answer
    missing = [f"--{name.replace('_', '-')}" for name in NEEDED if not given[name]]
    if missing:
        raise CommandRefused(f"还缺：{' '.join(missing)} (missing)", code=2)
    password, made_up = _password(asked)
    return TownFacts(
        code=given["code"].strip(),
        name=given["name"].strip(),
        hosts=tuple(given["host"] or ()),
        admin_login=given["admin_login"].strip(),
        admin_name=given["admin_name"].strip(),
        admin_password=password,
        district=asked.district,
        phone=asked.phone,
        name_en=asked.name_en,
    ), made_up


def _password(asked: argparse.Namespace) -> tuple[str, bool]:
    if asked.password_stdin:
        return sys.stdin.readline().rstrip("\r\n"), False
    if asked.yes or not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    password = getpass.getpass("管理员密码，至少 10 个字符 (password, at least 10 characters): ")
    if password != getpass.getpass("再输一遍 (again): "):
        raise CommandRefused("两次输入的密码不一样，请再运行一次 init。 (the passwords differ: run init again)")
    return password, False


def make_secret_key() -> None:
    """The signing key and the folders of an installation; what is there stays."""
    from zhouzhouhui.options import OptionRefused, Options

    try:
        options = Options()
    except OptionRefused as wrong:
        raise CommandRefused(str(wrong), code=2) from None
    keys = options.var / "keys"
    for folder in (options.var, keys, options.var / "files", options.var / "backups", options.var / "erasures"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not options["ZHOUZHOUHUI_SECRET_KEY"]:
        _write_once(keys / "secret_key", secrets.token_urlsafe(48))


def _write_once(path: Path, text: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")


def prepare_installation() -> None:
    """Tables and the keyring; what is there stays."""
    from django.conf import settings
    from django.core.management import call_command

    from zhouzhouhui.outside import keyring

    call_command("migrate", interactive=False, verbosity=0)
    if not Path(settings.KEYRING_PATH).is_file():
        keyring.init_keyring()


def found(facts: TownFacts, *, at: datetime) -> str:
    """The town with its categories and its first administrator, or a refusal; the town's name."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from zhouzhouhui.actions.add_person import add_person
    from zhouzhouhui.actions.adopt_categories import adopt_categories
    from zhouzhouhui.actions.found_town import found_town
    from zhouzhouhui.actions.grant_mandate import grant_mandate
    from zhouzhouhui.rules.powers import CLOCK, Mandated
    from zhouzhouhui.rules.refusals import Refused
    from zhouzhouhui.wording.refusals import sentence

    try:
        validate_password(facts.admin_password)
    except ValidationError as weak:
        raise CommandRefused(" ".join(weak.messages)) from None
    prepare_installation()
    try:
        with transaction.atomic():
            town = found_town(
                code=facts.code, name=facts.name, hosts=facts.hosts, at=at, name_en=facts.name_en,
                district=facts.district, phone=facts.phone,
            )  # fmt: skip
            adopt_categories(town=town, by=CLOCK, at=at)
            person = add_person(
                town=town, by=CLOCK, at=at, login=facts.admin_login, name=facts.admin_name,
                password=facts.admin_password,
            )  # fmt: skip
            grant_mandate(
                town=town, by=CLOCK, at=at, person=person, role=Mandated.ADMINISTRATOR.value, starts_on=at.date()
            )
    except Refused as refused:
        raise CommandRefused(sentence(refused)) from None
    return town.name
