"""Uploaded and made files: under ``settings.FILES_ROOT/<town>/<two signs>/<random name>``, never under a given name."""

import os
import re
import secrets
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_TOWN = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_SUFFIX = re.compile(r"[a-z0-9]{1,8}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}/[a-z0-9]{2}/[a-z0-9]{32}\.[a-z0-9]{1,8}")


class NoSuchFile(LookupError):
    """The name is not one of ours, or its file is gone."""


def store(raw: bytes, *, town: str, suffix: str) -> str:
    """Keep the bytes and return their name. Raises ValueError for a town or suffix that could leave the folder."""
    ending = suffix.lstrip(".").lower()
    if not _TOWN.fullmatch(town) or not _SUFFIX.fullmatch(ending):
        raise ValueError("a town and a suffix are small letters and digits")
    random = secrets.token_hex(16)
    name = f"{town}/{random[:2]}/{random}.{ending}"
    path = Path(settings.FILES_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return name


def path_of(name: str) -> Path:
    """Return where a stored file lies. Raises NoSuchFile for a name that ``store`` never gives."""
    if not _NAME.fullmatch(name):
        raise NoSuchFile(name[:80])
    return Path(settings.FILES_ROOT) / name


def open_file(name: str) -> BinaryIO:
    """Open a stored file for reading. Raises NoSuchFile."""
    try:
        return path_of(name).open("rb")
    except OSError as error:
        raise NoSuchFile(name) from error


def read(name: str) -> bytes:
    """Return a stored file's bytes. Raises NoSuchFile."""
    with open_file(name) as stored:
        return stored.read()


def remove(name: str) -> bool:
    """Delete a stored file; return whether it was there."""
    try:
        path_of(name).unlink()
    except FileNotFoundError:
        return False
    return True
