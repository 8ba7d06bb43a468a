#!/usr/bin/env python3
"""Copy the third-party parts that npm fetched to where pages and papers find them.

Nothing is built and nothing of it is committed: ``package-lock.json`` pins each part by its hash. Plain
Python without dependencies, so that it runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules"
PARTS = ROOT / "zhouzhouhui" / "static" / "vendor"
# Not under static/: a resident's phone never loads them, only the typesetter does.
FONTS = ROOT / "zhouzhouhui" / "papers" / "fonts"

NOTO = "@expo-google-fonts/noto"
FILES = {
    PARTS / "htmx.min.js": "htmx.org/dist/htmx.min.js",
    PARTS / "htmx-ext-sse.js": "htmx-ext-sse/sse.js",
    PARTS / "idb.js": "idb/build/umd.js",
    PARTS / "LICENSE.htmx": "htmx.org/LICENSE",
    PARTS / "LICENSE.htmx-ext-sse": "htmx-ext-sse/LICENSE",
    PARTS / "LICENSE.idb": "idb/LICENSE",
    FONTS / "NotoSerifSC-Regular.ttf": "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    FONTS / "NotoSerifSC-Bold.ttf": f"{NOTO}-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
    FONTS / "NotoSansSC-Regular.ttf": f"{NOTO}-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    FONTS / "NotoSansSC-Bold.ttf": f"{NOTO}-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
}


def place(source: Path, target: Path) -> None:
    """Put ``source`` at ``target``: a second name where the disk allows it, a copy otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def main() -> None:
    """Place every part, or name the one that npm has not fetched."""
    for target, name in FILES.items():
        source = SOURCE / name
        if not source.is_file():
            raise SystemExit(f"{name} is missing from node_modules: run `npm ci`")
        place(source, target)


if __name__ == "__main__":
    main()
