"""What people typed, before it is kept: nothing is shortened or cleaned, what cannot be kept is refused by name."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from ..outside import keyring
from ..rules.refusals import Refused
from ..text.masking import mask

# Control signs other than line breaks and tabs, and those that turn the direction of what follows.
UNREADABLE = frozenset(
    [*map(chr, range(0x20)), "\x7f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
) - frozenset("\t\n\r")
LIMITS = {"words": 5000, "reason": 2000, "basis": 2000, "place": 120, "request": 2000, "name": 60}


def checked(text: str, what: str, *, limit: int | None = None) -> str:
    """The text as given, or a refusal: longer than can be kept, or holding characters that cannot be stored."""
    bound = limit if limit is not None else LIMITS.get(what, 2000)
    if len(text) > bound:
        raise Refused("too_long", what=what, limit=bound, length=len(text))
    if any(sign in UNREADABLE or "\ud800" <= sign <= "\udfff" for sign in text):
        raise Refused("unreadable_characters", what=what)
    return text


def for_the_public(text: str, *, names: Iterable[str] = ()) -> str:
    """The text with personal data masked."""
    return mask(text, names=tuple(n for n in names if n))


def digest_of(brought: Mapping[str, object]) -> str:
    """A keyed digest of what was sent, to tell a thing sent again from another thing under the same key."""
    return keyring.index(json.dumps(brought, sort_keys=True, default=_plain, ensure_ascii=False), purpose="digest")


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(str(v) for v in value)
    return str(value)
