"""How the written values of options are read; each reader raises ValueError with what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

YES = {"yes", "true", "on", "1"}
NO = {"no", "false", "off", "0"}


def folder(written: str) -> Path:
    """An existing folder, absolute afterwards."""
    path = Path(written).expanduser().resolve()
    if not path.is_dir():
        raise ValueError("这个目录不存在，请先建好或改写路径 (no such folder: make it, or write another path)")
    return path


def database(written: str) -> str:
    """A sqlite:// or postgres:// address, or nothing."""
    if written and not written.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ValueError(
            "只支持 sqlite:///文件 或 postgresql://用户@主机/库名 (write sqlite:///file or postgresql://user@host/name)"
        )
    return written


def secret(written: str) -> str:
    """A signing key of at least 32 characters, or nothing."""
    if written and len(written) < 32:
        raise ValueError("签名密钥至少 32 个字符 (a signing key has at least 32 characters)")
    return written


def yes_or_no(written: str) -> bool:
    """yes or no."""
    if written.lower() in YES:
        return True
    if written.lower() in NO:
        return False
    raise ValueError("请写 yes 或 no (write yes or no)")


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(written: str) -> int:
        if not written.isascii() or not written.isdigit() or not least <= int(written) <= most:
            raise ValueError(f"请写 {least} 到 {most} 之间的整数 (write a whole number from {least} to {most})")
        return int(written)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """A reader that knows exactly these words."""

    def read(written: str) -> str:
        if written.lower() not in words:
            raise ValueError(f"请写其中之一：{'、'.join(words)} (write one of these)")
        return written.lower()

    return read
