"""What is committed names no registry and no folder of anybody's machine, and holds nothing that is fetched or made."""

import json
import re
import tomllib

import pytest

from tests.house.tree import ROOT, files, name_of

# Put together from pieces, so that this file does not name what it forbids.
REGISTRY = re.compile(
    "|".join([
        r"(?:index|find)-" + r"(?:url|links)[ =]",
        r'"resol' + r'ved": *"http',
        r"https?://[^ \"]*/(?:simple|packages|debian)/",
        r"(?:pypi|registry|files)\.(?:org|npm" + r"js|python" + r"hosted)\b",
    ])
)  # fmt: skip
MACHINE = re.compile(r"(?:^|[^A-Za-z0-9_./-])/(?:wo" + r"rk|fa" + r"rm|ro" + r"ot|opt/py" + r"pi|home/[a-z]+)/")
LARGEST = 600_000
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.M)


def _text(path):  # type: ignore[no-untyped-def]
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("forbidden", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_committed_file_names_it(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path in files()
        for number, line in enumerate(_text(path).splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


def test_no_committed_file_is_large() -> None:
    assert [name_of(path) for path in files() if path.stat().st_size > LARGEST] == []


def test_no_third_party_part_is_committed() -> None:
    assert files("", "zhouzhouhui/static/vendor") == files("", "zhouzhouhui/papers/fonts") == files("", "var") == ()


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_locked_package_has_a_hash(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    packages = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())
    assert len(packages) > 30
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_developers_run_what_a_town_runs() -> None:
    locks = [dict(LOCKED.findall((ROOT / "requirements" / f"{n}.txt").read_text("utf-8"))) for n in ("base", "dev")]
    assert locks[0].items() <= locks[1].items()


def test_every_dependency_is_locked_and_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    locked = {name.lower() for name in dict(LOCKED.findall((ROOT / "requirements/dev.txt").read_text("utf-8")))}
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = re.split(r"[\[<>=; ]", requirement)[0]
        assert name.lower() in locked, name
        assert re.search(rf'^    "{re.escape(requirement)}",\s+# \S+', text, re.M), f"{name}: why?"


def test_browser_parts_are_locked_by_hash_to_one_version_each() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} is not pinned"
        assert locked[f"node_modules/{name}"]["version"] == version
    assert [name for name, part in locked.items() if name and not part.get("integrity")] == []
