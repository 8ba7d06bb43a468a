"""The settings of the suite: the program's own, in a home that is thrown away, without waiting for the disk."""

import atexit
import os
import shutil
import tempfile

# Every test process has an installation of its own: its keys, photos and records never touch the developer's var/.
_HOME = tempfile.mkdtemp(prefix="zhouzhouhui-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.makedirs(f"{_HOME}/var/static")
os.environ["ZHOUZHOUHUI_HOME"] = _HOME

from zhouzhouhui.settings import *  # noqa: E402, F403  # the home must be named before the settings are read
from zhouzhouhui.settings import DATABASES  # noqa: E402

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, as in production: several connections, WAL. Only the wait for the disk is left out.
    DATABASES["default"]["TEST"] = {"NAME": f"{_HOME}/var/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 takes 0.16 s each

from zhouzhouhui.outside.keyring import init_keyring  # noqa: E402
from zhouzhouhui.settings import KEYRING_PATH  # noqa: E402

init_keyring(KEYRING_PATH)  # `zhouzhouhui init` makes it; nothing else ever does
