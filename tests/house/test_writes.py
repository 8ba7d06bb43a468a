"""Only actions/ writes, only the edges know the hour, and migrations import no living code."""

import ast

import pytest

from tests.house.tree import files, name_of, room_of, syntax

ALWAYS = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "aupdate",
    "asave",
}
# Images, documents and caches have methods of these names too; theirs take something, a row's do not.
WITHOUT_POSITION = {"save", "delete", "update", "adelete"}
SQL = ("INSERT ", "UPDATE ", "DELETE ", "TRUNCATE ", "MERGE ", "REPLACE ")
WRITERS = {"actions", "migrations"}

# Everything above them is an edge: a request, a command or the clock itself, which hands the moment on as `at`.
KNOW_NO_HOUR = {"outside", "rules", "text", "models", "queries", "wording", "actions", "papers"}
CLOCKS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
CLOCKS_WITHOUT_ARGUMENT = {("timezone", "localdate"), ("timezone", "localtime")}


def _writes(tree: ast.Module) -> list[str]:
    """The places of a module that write to the database, as ``line: call``."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lstrip().startswith(SQL):
            found.append(f"{node.lineno}: {node.value.strip()[:30]!r}")
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        if name in ALWAYS or (name in WITHOUT_POSITION and not node.args and (name != "update" or node.keywords)):
            found.append(f"{node.lineno}: .{name}(")
    return found


def _clocks(tree: ast.Module) -> list[str]:
    """The places of a module that ask what time it is; a default that a model would call counts."""
    found = []
    called_with = {id(n.func): bool(n.args or n.keywords) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
        asks = (owner, node.attr) in CLOCKS or (
            (owner, node.attr) in CLOCKS_WITHOUT_ARGUMENT and not called_with.get(id(node), False)
        )
        if asks:
            found.append(f"{node.lineno}: {owner}.{node.attr}")
    return found


def test_only_actions_write() -> None:
    others = [path for path in files(".py", "zhouzhouhui") if room_of(path) not in WRITERS]
    assert [f"{name_of(path)}:{place}" for path in others for place in _writes(syntax(path))] == []


def test_only_the_edges_ask_for_the_time() -> None:
    inner = [path for path in files(".py", "zhouzhouhui") if room_of(path) in KNOW_NO_HOUR]
    assert [f"{name_of(path)}:{place}" for path in inner for place in _clocks(syntax(path))] == []


@pytest.mark.parametrize("source", [
    "Matter.objects.create(x=1)", "matter.save()", "matter.save(update_fields=['state'])", "rows.delete()",
    "Matter.objects.filter(x=1).update(state='closed')", "form.instance.save()", "cursor.execute('UPDATE x SET y = 1')",
])  # fmt: skip
def test_the_eye_for_writes_sees_one(source: str) -> None:
    assert _writes(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["digest.update(b'')", "image.save(target)", "cache.delete('x')", "facts.update(other)"]
)
def test_the_eye_for_writes_is_not_fooled(source: str) -> None:
    assert _writes(ast.parse(source)) == []


@pytest.mark.parametrize(
    "source",
    ["timezone.now()", "models.DateTimeField(default=timezone.now)", "date.today()", "timezone.localdate()"],
)
def test_the_eye_for_clocks_sees_one(source: str) -> None:
    assert _clocks(ast.parse(source))


def test_the_eye_for_clocks_is_not_fooled() -> None:
    assert _clocks(ast.parse("timezone.localtime(at); timezone.localdate(at); time.monotonic()")) == []


def test_migrations_import_no_living_code() -> None:
    living = []
    for path in files(".py", "zhouzhouhui/migrations"):
        for node in ast.walk(syntax(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = ["." * node.level + (node.module or "")]
            living += [f"{name_of(path)}: {name}" for name in names if name.startswith((".", "zhouzhouhui"))]
    assert living == []


def test_no_signals_and_no_verbs_on_models() -> None:
    found = []
    for path in files(".py", "zhouzhouhui"):
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.ImportFrom) and "signals" in (node.module or "").split("."):
                found.append(f"{name_of(path)}: signals")
            if room_of(path) == "models" and isinstance(node, ast.FunctionDef) and node.name in ("save", "delete"):
                found.append(f"{name_of(path)}: def {node.name}")
    assert found == []
