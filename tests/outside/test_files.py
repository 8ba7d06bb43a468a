"""Files lie under random names of our own, and no name leads out of their folder."""

from pathlib import Path

import pytest

from zhouzhouhui.outside import files


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: object) -> Path:
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def test_what_is_stored_comes_back_under_a_random_name(root: Path) -> None:
    first, second = (files.store(b"photo", town="310112006", suffix=".JPG") for _ in range(2))
    assert first != second
    assert first.startswith("310112006/")
    assert first.endswith(".jpg")
    assert files.read(first) == b"photo"
    assert files.path_of(first).is_relative_to(root)


def test_a_removed_file_is_gone_and_removing_again_says_so() -> None:
    name = files.store(b"x", town="a", suffix="pdf")
    assert files.remove(name) is True
    assert files.remove(name) is False
    with pytest.raises(files.NoSuchFile):
        files.read(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../secret",
        "a/../../etc/passwd",
        "/etc/passwd",
        "a/bb/../x.jpg",
        "a/bb/" + "c" * 32,
        "a/bb/" + "C" * 32 + ".jpg\n",
    ],
)
def test_a_name_that_store_never_gives_is_refused(name: str) -> None:
    with pytest.raises(files.NoSuchFile):
        files.read(name)


@pytest.mark.parametrize(
    ("town", "suffix"), [("..", "jpg"), ("a/b", "jpg"), ("", "jpg"), ("a", "j/pg"), ("a", ""), ("A", "jpg")]
)
def test_a_town_or_suffix_that_leads_elsewhere_is_refused(town: str, suffix: str, root: Path) -> None:
    with pytest.raises(ValueError):
        files.store(b"x", town=town, suffix=suffix)
    assert list(root.iterdir()) == []


def test_nothing_half_written_is_left_when_the_disk_refuses(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        files.store(b"x", town="a", suffix="jpg")
    assert [path for path in root.rglob("*") if path.is_file()] == []
