"""zhouzhouhui rotate-keys."""

from __future__ import annotations

import argparse
import sys

NAME = "rotate-keys"
HELP = "换一把加密钥匙，并把电话、姓名、住址用新钥匙重新加密 (a new key for contact data)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to begin with a new key or to finish an interrupted change."""
    parser.add_argument(
        "--finish", action="store_true", help="不换新钥匙，只把没做完的做完 (only finish an interrupted change)"
    )


def run(asked: argparse.Namespace) -> int:
    """Rotate and encrypt again."""
    from django.conf import settings

    from zhouzhouhui.actions.renew_encryption import renew_encryption
    from zhouzhouhui.outside import keyring

    key_id = keyring.active_key_id() if asked.finish else keyring.rotate()
    done = renew_encryption()
    sys.stdout.write(
        f"钥匙 {key_id} 生效，重新加密 {done} 人。请另存一份 {settings.KEYRING_PATH}；旧备份仍要旧钥匙，先别删。\n"
        f"(key {key_id} in force, {done} rows encrypted again; keep a copy of the keyring apart)\n"
    )
    return 0
