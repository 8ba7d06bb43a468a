"""What a public page must not say: names told by the recorder, phones, identity and plate numbers, doors.

``find_personal`` tells the writer what is hidden; ``mask`` gives the public text. Both are pure: the same
words give the same spans. Source of the rule: 个人信息保护法 art. 6 and 25 (no more than needed, nothing made
public without consent).
"""

import re
from collections.abc import Iterable, Sequence

from zhouzhouhui.text.folding import fold
from zhouzhouhui.text.personal_numbers import find_numbers
from zhouzhouhui.text.personal_places import find_rooms
from zhouzhouhui.text.spans import KINDS, Span, without_overlaps
from zhouzhouhui.text.told_names import find_names

_NUMERAL = re.compile(r"[0-9零〇○一二三四五六七八九十百]")

__all__ = ["KINDS", "Span", "find_personal", "mask"]


def find_personal(text: str, names: Iterable[str] = ()) -> list[Span]:
    """Return what would be hidden of ``text``, in order; ``names`` are those the recorder was told."""
    folded = fold(text)
    found = [*find_numbers(folded), *find_names(folded, names)]
    if _NUMERAL.search(folded):
        found += find_rooms(folded)
    return without_overlaps(found) if found else []


def _house_only(covered: str) -> bool:
    return (
        covered.endswith("号")
        and sum(sign.isdigit() or sign in "零〇一二三四五六七八九十百" for sign in covered) == len(covered) - 1
    )


def _shown_instead(span: Span, covered: str) -> str:
    """Return the words that stand for what is hidden: a reader still sees what kind of thing was said."""
    match span.kind:
        case "phone":
            return "1**********"
        case "landline" | "id_number" | "bank_card":
            return "******"
        case "plate":
            return covered[0] + "******" if covered[0] > "\u4dff" else "******"
        case "email":
            return "***@***"
        case "wechat":
            return "******"
        case "room":
            return "某号" if _house_only(covered) else "某号楼某室"
        case _:
            return "某" if len(covered) == 1 else "某某"


def mask(text: str, names: Iterable[str] = (), spans_released: Sequence[Span | tuple[int, int]] = ()) -> str:
    """Return ``text`` with everything personal hidden, except the spans that the writer chose to show.

    A span is released when one of ``spans_released`` (places in this same ``text``) covers it whole.
    """
    released = [(one.start, one.end) if isinstance(one, Span) else (one[0], one[1]) for one in spans_released]
    parts: list[str] = []
    at = 0
    for span in find_personal(text, names):
        if any(start <= span.start and span.end <= end for start, end in released):
            continue
        parts += (text[at : span.start], _shown_instead(span, text[span.start : span.end]))
        at = span.end
    return "".join((*parts, text[at:]))
