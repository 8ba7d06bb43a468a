"""zhouzhouhui manage: Django's own commands, for those who look after the machine."""

from __future__ import annotations

import argparse

NAME = "manage"
HELP = "运行 Django 自带的管理命令，例如 manage migrate (pass a command through to Django)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after `manage` goes to Django."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="Django 的命令和选项 (its command and options)")


def run(asked: argparse.Namespace) -> int:
    """Run the Django command."""
    from django.core.management import ManagementUtility

    ManagementUtility(["zhouzhouhui manage", *(asked.rest or ["help"])]).execute()
    return 0
