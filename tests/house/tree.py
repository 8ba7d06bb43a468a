"""The tree as the house tests see it: the files that are, or would be, committed, and their syntax."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "zhouzhouhui"


@cache
def files(suffix: str = "", under: str = "") -> tuple[Path, ...]:
    """Committed files and new ones that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", under or "."],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    found = (ROOT / name for name in sorted(set(listed.split("\0"))) if name.endswith(suffix))
    return tuple(path for path in found if path.is_file() and not path.is_symlink())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=name_of(path))


def room_of(path: Path) -> str:
    """The first part of a path under the package: ``rules`` of rules/chain.py, ``cli`` of cli.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
