"""What a check found: named findings and a report of them, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST_FINDINGS = 1000
"""More than that are only counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: in which chain, at which line (to ``last``), on which matter or meeting.

    ``what`` is a code (rules.chain.What, rules.recount.Wrong, or one of queries/verify.py's); the sentence is in
    wording/. ``facts`` never hold anybody's words.
    """

    what: str
    chain: str
    seq: int | None = None
    last: int | None = None
    about: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values, without what is empty."""
        whole = {name: getattr(self, name) for name in ("what", "chain", "seq", "last", "about", "facts")}
        return {name: value for name, value in whole.items() if value not in (None, "", {})}


@dataclass(slots=True)
class Report:
    """What verify looked at and what it found. ``heads`` are to be printed: ``chain:seq:hash``."""

    chains: int = 0
    lines: int = 0
    matters: int = 0
    kept: int = 0
    """Sealed words whose commitment was checked."""
    erased: int = 0
    found: int = 0
    findings: list[Finding] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.found

    def add(self, finding: Finding) -> None:
        """Note a finding; beyond :data:`MOST_FINDINGS` it is only counted."""
        self.found += 1
        if self.found <= MOST_FINDINGS:
            self.findings.append(finding)

    def as_json(self) -> dict[str, Any]:
        """For ``verify --json``."""
        counted = {name: getattr(self, name) for name in ("chains", "lines", "matters", "kept", "erased", "found")}
        findings = [finding.as_json() for finding in self.findings]
        return {"ok": self.ok, **counted, "heads": self.heads, "findings": findings}
