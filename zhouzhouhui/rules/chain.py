"""The hash chain under the ledger (design §4.3): canonical bytes, line hashes, commitments, checking.

A line's *body* is a JSON object of strings, whole numbers, booleans, nulls, lists and objects, and holds
``chain``, ``seq`` (1, 2, 3 … in its chain) and ``prev`` (hash of the line before, :data:`GENESIS` for the
first). Its hash is taken over the body's RFC 8785 form. A body hashed otherwise than by SHA-256 says so
itself: ``"alg": "sm3"``, so a chain survives a change of the setting.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol, cast

from cryptography.hazmat.primitives import hashes

Algorithm = Literal["sha256", "sm3"]
Body = Mapping[str, Any]

GENESIS = "0" * 64
SALT_BYTES = 16
MIN_HEAD_DIGITS = 12
"""A head typed from paper may be shortened, but not below 48 bits."""

_SAFE_INTEGER = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class NotCanonical(ValueError):
    """The body holds something that a ledger line may not: a fraction, a huge number, an odd key."""


class StoredLine(Protocol):
    """What :func:`check_chain` reads of a line; the model's row and an exported line both fit."""

    @property
    def chain(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def body(self) -> Body: ...
    @property
    def hash(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Line:
    """A plain :class:`StoredLine`, for exports and feeds."""

    chain: str
    seq: int
    body: Body
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a chain as it was printed: its number and the (perhaps shortened) hash."""

    chain: str
    seq: int
    hash: str


class What(StrEnum):
    """What is wrong with a line."""

    ALTERED = "altered"
    """Its body does not give its hash."""
    REPLACED = "replaced"
    """Body and hash agree, but the line after it was chained to another one."""
    MISSING = "missing"
    REORDERED = "reordered"
    """It stands in a place that is not its own."""
    DUPLICATE = "duplicate"
    FOREIGN = "foreign"
    """It belongs to another chain."""
    CUT_OFF = "cut_off"
    """A printed head names a later line than the last one here."""
    OTHER_HEAD = "other_head"
    """A printed head names this line with another hash: the chain was written anew."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding: which chain, which line (or ``seq`` to ``last``), what. Facts, no sentence."""

    chain: str
    seq: int
    what: What
    last: int | None = None


def canonical(body: Body) -> bytes:
    """The RFC 8785 bytes of ``body``; :class:`NotCanonical` for what a line may not hold.

    For these types, and keys in ASCII, the standard library's encoder gives exactly the RFC's form (the
    tests hold it against the ``rfc8785`` package) at a fifth of the time.
    """
    _admit(dict(body))
    try:
        return _ENCODER.encode(dict(body)).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("text that is not Unicode") from error


def line_hash(body: Body, algorithm: Algorithm = "sha256") -> str:
    """The hash of a line, 64 hexadecimal digits. ``body`` includes ``prev``."""
    return _digest(canonical(body), algorithm)


def algorithm_of(body: Body) -> Algorithm:
    """The algorithm a body says it was hashed with; SHA-256 when it says nothing."""
    return "sm3" if body.get("alg") == "sm3" else "sha256"


def raw_fits(raw: str, body: Body, stored: str) -> bool:
    """Whether ``raw``, the canonical text of ``body`` as it is kept, gives the hash that is kept beside it."""
    try:
        return _digest(raw.encode("utf-8"), algorithm_of(body)) == stored
    except UnicodeEncodeError:
        return False


def printed_head(text: str) -> Head:
    """A head as it is printed and typed, ``chain:seq:hash``; ``ValueError`` when it is not one."""
    chain, seq, digits = text.strip().split(":")
    if len(digits) < MIN_HEAD_DIGITS or set(digits.lower()) - set("0123456789abcdef"):
        raise ValueError(f"a head needs at least {MIN_HEAD_DIGITS} hexadecimal digits")
    return Head(chain, int(seq), digits.lower())


def commitment(value: str, salt: bytes, algorithm: Algorithm = "sha256") -> str:
    """A commitment to ``value`` that tells nothing about it once the 16 random bytes of ``salt`` are gone."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"the salt has {SALT_BYTES} bytes")
    return _digest(salt + value.encode("utf-8"), algorithm)


def check_chain(lines: Iterable[StoredLine], heads: Iterable[Head] = ()) -> Iterator[Fault]:
    """Every fault in ``lines``, one chain after another or interleaved; memory grows with faults only.

    Lines come in the order of their number. Each is named for what happened to it: altered, replaced,
    missing, reordered, duplicate, foreign. ``heads`` are printed heads to hold the chains against: they
    alone show a tail cut off or a chain written anew. A head shorter than 12 digits: ``ValueError``.
    """
    printed: dict[str, dict[int, list[str]]] = {}
    for head in heads:
        if len(head.hash) < MIN_HEAD_DIGITS:
            raise ValueError(f"a head needs at least {MIN_HEAD_DIGITS} digits")
        printed.setdefault(head.chain, {}).setdefault(head.seq, []).append(head.hash.lower())
    states = {chain: Walk(chain, wanted) for chain, wanted in printed.items()}
    for line in lines:
        walk = states.get(line.chain)
        if walk is None:
            walk = states[line.chain] = Walk(line.chain, {})
        yield from walk.step(line)
    for walk in states.values():
        yield from walk.finish()


@dataclass(slots=True)
class Walk:
    """One chain on its way: :meth:`step` for every line in order, :meth:`finish` at its end."""

    chain: str
    heads: dict[int, list[str]]
    """Printed heads: number -> hashes, in lower case, at least :data:`MIN_HEAD_DIGITS` long."""
    last: int = 0
    hash_of_last: str | None = GENESIS
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """First and last number of every stretch not seen yet; a wild number costs no memory."""
    misplaced: dict[int, int] = field(default_factory=dict)
    """Where an intact line stands -> the number it bears."""

    def step(self, line: StoredLine, *, intact: bool | None = None) -> Iterator[Fault]:
        """Check one line; ``intact`` says whether its body gives its hash, if the caller knows already."""
        seq, body = line.seq, line.body
        yield from self._check_head(line)
        intact, at_home = (
            _hash_fits(body, line.hash) if intact is None else intact,
            body.get("chain") == self.chain,
        )
        if not intact:
            yield Fault(self.chain, seq, What.ALTERED)
        if intact and not at_home:
            yield Fault(self.chain, seq, What.FOREIGN)
        elif intact and body.get("seq") != seq:
            own = body.get("seq")
            self.misplaced[seq] = own if isinstance(own, int) else 0
        elif self._fill_gap(seq):
            yield Fault(self.chain, seq, What.REORDERED)
        elif seq <= self.last:
            yield Fault(self.chain, seq, What.DUPLICATE)
        elif seq == self.last + 1 and intact and self.hash_of_last not in (None, body.get("prev")):
            yield Fault(self.chain, self.last, What.REPLACED)
        if seq > self.last:
            if seq > self.last + 1:
                self.gaps.append((self.last + 1, seq - 1))
            self.last = seq
            # After a bad line the next one's prev proves nothing new.
            sound = intact and at_home and seq not in self.misplaced
            self.hash_of_last = line.hash if sound else None

    def finish(self) -> Iterator[Fault]:
        """What is missing, out of place or cut off, known only at the end."""
        for seq, own in self.misplaced.items():
            # A line that bears a number of the gaps left a hole behind: reordered, and not missing.
            moved = self._fill_gap(own) or not 0 < own <= self.last or own in self.misplaced
            yield Fault(self.chain, seq, What.REORDERED if moved else What.DUPLICATE)
        for first, last in self.gaps:
            yield Fault(self.chain, first, What.MISSING, last=last)
        for seq in sorted(self.heads):
            if seq > self.last:
                yield Fault(self.chain, self.last + 1, What.CUT_OFF, last=seq)

    def _fill_gap(self, seq: int) -> bool:
        for place, (first, last) in enumerate(self.gaps):
            if first <= seq <= last:
                left = [(first, seq - 1)] if first < seq else []
                right = [(seq + 1, last)] if seq < last else []
                self.gaps[place : place + 1] = left + right
                return True
        return False

    def _check_head(self, line: StoredLine) -> Iterator[Fault]:
        for printed in self.heads.get(line.seq, ()):
            if not line.hash.startswith(printed):
                yield Fault(self.chain, line.seq, What.OTHER_HEAD)


def _hash_fits(body: Body, stored: str) -> bool:
    try:
        return line_hash(body, algorithm_of(body)) == stored
    except NotCanonical:
        return False


def _digest(content: bytes, algorithm: Algorithm) -> str:
    if algorithm == "sha256":
        return hashlib.sha256(content).hexdigest()
    if algorithm == "sm3":
        digest = hashes.Hash(hashes.SM3())
        digest.update(content)
        return digest.finalize().hex()
    raise ValueError(f"unknown algorithm {algorithm}")


def _admit(value: object) -> None:
    kind = type(value)
    if kind is dict:
        for key, inner in cast(dict[object, object], value).items():
            if type(key) is not str or not key.isascii():
                raise NotCanonical(f"key {key!r}")
            if type(inner) is not str:
                _admit(inner)
    elif kind is int:
        if not -_SAFE_INTEGER <= cast(int, value) <= _SAFE_INTEGER:
            raise NotCanonical(f"number {value}")
    elif kind is list or kind is tuple:
        for inner in cast(Iterable[object], value):
            _admit(inner)
    elif value is not None and kind is not bool and not isinstance(value, str):
        raise NotCanonical(f"{kind.__name__} in a ledger line")
