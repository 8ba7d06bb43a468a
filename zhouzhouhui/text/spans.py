"""A stretch of text that tells who somebody is, and how several finders' stretches are put together."""

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("email", "wechat", "id_number", "bank_card", "phone", "landline", "plate", "room", "name")


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the text, and what they are: one of ``KINDS``."""

    start: int
    end: int
    kind: str


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order of place; where two overlap the kind named earlier in ``KINDS`` wins.

    What the losing span covers beyond the winner stays covered: the winner grows over it.
    """
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and span.start < kept[-1].end:
            last = kept.pop()
            kind = min(last.kind, span.kind, key=KINDS.index)
            kept.append(Span(last.start, max(last.end, span.end), kind))
        else:
            kept.append(span)
    return kept
