"""Files and functions stay small, and their names say what they are about."""

import ast
import re

from tests.house.tree import PACKAGE, files, functions, name_of, room_of, syntax

LINES, LINES_OF_TESTS, STATEMENTS = 300, 400, 40
SAYS_NOTHING = {
    "util", "utils", "helper", "helpers", "common", "misc", "base", "core", "manager", "managers", "service",
    "services",
}  # fmt: skip
NAMES_NOTHING = {"data", "info", "obj"}


def test_no_python_file_is_longer_than_can_be_read_at_once() -> None:
    long = {}
    for path in files(".py"):
        bound = LINES_OF_TESTS if name_of(path).startswith("tests/") else LINES
        count = path.read_text("utf-8").count("\n")
        if count > bound and "migrations" not in path.parts:
            long[name_of(path)] = count
    assert long == {}


def test_no_function_has_more_than_forty_statements() -> None:
    long = {}
    for path in files(".py", "zhouzhouhui"):
        for function in functions(path):
            count = sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1
            if count > STATEMENTS:
                long[f"{name_of(path)}:{function.name}"] = count
    assert long == {}


def test_no_file_is_named_after_nothing_in_particular() -> None:
    assert [name_of(path) for path in files(".py") if path.stem.lstrip("_") in SAYS_NOTHING] == []


def test_no_variable_is_named_after_nothing_in_particular() -> None:
    found = []
    for path in files(".py", "zhouzhouhui"):
        if room_of(path) in ("admin", "migrations"):  # Django's own signatures
            continue
        for node in ast.walk(syntax(path)):
            stored = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id
            taken = isinstance(node, ast.arg) and node.arg
            if (stored or taken) in NAMES_NOTHING:
                found.append(f"{name_of(path)}:{getattr(node, 'lineno', 0)}: {stored or taken}")
    assert found == []


def test_every_file_of_the_package_says_in_its_first_line_what_it_is() -> None:
    mute = [
        name_of(path)
        for path in files(".py", "zhouzhouhui")
        if "migrations" not in path.parts and path.read_text("utf-8").strip() and not ast.get_docstring(syntax(path))
    ]
    assert mute == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise NotImplemented" + r"Error")
    left = [name_of(path) for path in files(".py") if later.search(path.read_text("utf-8"))]
    assert left == []


def test_the_package_is_found() -> None:
    assert len(files(".py", "zhouzhouhui")) > 20
    assert PACKAGE / "__init__.py" in files(".py", "zhouzhouhui")
