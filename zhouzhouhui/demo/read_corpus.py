"""Reading the demo's own sentences and places (corpus/*.toml). Everything in them is invented."""

import tomllib
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Sentence:
    """What somebody says in the hall, and what they are told: one way a matter can go."""

    kind: str
    category: str
    scope: str  # village, neighbourhood, any
    words: str
    outcome: str = ""
    answer: str = ""
    people: int | None = None
    legacy_years: int | None = None
    private: bool = False
    restricted: bool = False
    contact: str = ""
    carry: str = ""
    carry_reason: str = ""
    basis: str = ""  # D2
    weeks: int = 0  # B and C: how long the promise runs
    kept: str = ""  # B and C: what was done
    dispute: str = ""
    after_dispute: str = ""
    reason: str = ""  # why it was shelved, declined or referred
    level: str = ""  # at which it is stuck, when shelved
    instead: str = ""  # where to go, when declined
    path: str = ""  # the legal path, when referred

    def fits(self, kind: str) -> bool:
        """Whether somebody of a village or a neighbourhood would say it."""
        return self.scope in ("any", kind)


@dataclass(frozen=True)
class CommunityPlan:
    """One invented community; ``held`` is how many meetings it has held on the build day."""

    name: str
    name_en: str
    kind: str
    code: str
    short_code: str
    weekday: int
    meets_at: time
    place: str
    held: int
    roads: tuple[str, ...]
    rivers: tuple[str, ...]
    spots: tuple[str, ...]
    fates: dict[int, str] = field(default_factory=dict)  # slot of the rhythm: cancelled, not_held, moved, broken_off
    pilot: bool = False
    former_villages: tuple[str, ...] = ()


@dataclass(frozen=True)
class DepartmentPlan:
    code: str
    name: str
    name_en: str
    level: str = "town"


@dataclass(frozen=True)
class CategoryPlan:
    """A category of either level; ``owner`` is a department's code or ``community``; groups own nothing themselves."""

    code: str
    name: str
    name_en: str
    parent: str = ""
    owner: str = ""
    restricted: bool = False


@dataclass(frozen=True)
class NameParts:
    """What names are put together from, by chance."""

    surnames: str
    second: str
    third: str
    workplaces: tuple[str, ...]
    kinds: dict[str, int] = field(default_factory=dict)


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence, in the order of the files."""
    return tuple(
        Sentence(**row) for path in sorted(CORPUS.glob("matters_*.toml")) for row in _read(path.name)["matter"]
    )


@cache
def decisions(way: str) -> tuple[Sentence, ...]:
    """Matters that no answer ends: ``shelved``, ``declined`` or ``referred``, each with its reason."""
    return tuple(Sentence(**row) for row in _read("decisions.toml")[way])


@cache
def me_too() -> tuple[str, ...]:
    """What is said by somebody who means the same thing as the speaker before."""
    return tuple(_read("decisions.toml")["me_too"])


@cache
def communities() -> tuple[CommunityPlan, ...]:
    """The seventeen communities, neighbourhoods first, the oldest at the head."""
    return tuple(_community(row) for row in _read("communities.toml")["community"])


@cache
def departments() -> tuple[DepartmentPlan, ...]:
    """The departments of the town, then those of the district."""
    return tuple(DepartmentPlan(**row) for row in _read("departments.toml")["department"])


@cache
def categories() -> tuple[CategoryPlan, ...]:
    """Both levels, each group before its members."""
    found = []
    for group in _read("categories.toml")["group"]:
        found.append(CategoryPlan(group["code"], group["name"], group["name_en"], owner=group.get("owner", "")))
        found += [CategoryPlan(parent=group["code"], **member) for member in group["members"]]
    return tuple(found)


@cache
def name_parts() -> NameParts:
    """The parts of invented names and the kinds of delegates."""
    row = _read("names.toml")
    kinds = {kind["name"]: kind["share"] for kind in row["delegate_kind"]}
    return NameParts(row["surnames"], row["second"], row["third"], tuple(row["workplaces"]), kinds)


@cache
def phrases() -> dict[str, Any]:
    """What is said again and again: lists of sentences, or of small tables, by name."""
    return _read("phrases.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CORPUS / name).read_text(encoding="utf-8"))


def _community(row: dict[str, Any]) -> CommunityPlan:
    fates = {entry["slot"]: entry["fate"] for entry in row.pop("fates", ())}
    row["meets_at"] = time.fromisoformat(row["meets_at"])
    facts: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
    return CommunityPlan(fates=fates, **facts)
