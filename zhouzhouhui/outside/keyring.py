"""Keys outside the database: contact data is encrypted, phones and slip codes are found by a keyed hash.

The key file (``settings.KEYRING_PATH``, or the path in ``ZHOUZHOUHUI_KEYRING``) is JSON, mode 0600:
``{"version": 1, "active": "k1", "keys": {"k1": base64}, "index": base64}``. Values are AES-256-GCM tokens
``k1.base64(nonce + ciphertext)``, so every value names its key; ``rotate`` adds a key and keeps the old ones
for reading. The index key is a different one and is never rotated: an index that changes finds nobody.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

ENVIRONMENT = "ZHOUZHOUHUI_KEYRING"
_NONCE_BYTES = 12
_KEY_BYTES = 32

# without 0 O 1 I L, which are read wrongly from paper
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


class KeyMissing(RuntimeError):
    """The key file is not there or cannot be read; nothing is guessed or made anew in its place."""


class CannotDecrypt(ValueError):
    """A value was altered, or was encrypted with a key this installation does not have."""


class NotAPhone(ValueError):
    """What was given cannot be dialled."""


class NotACode(ValueError):
    """What was given cannot be a slip code: a wrong length, or signs that no code holds."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one installation, read from its file."""

    active: str
    keys: Mapping[str, AESGCM]
    index_key: bytes

    def encrypt(self, plain: str) -> str:
        """Return a token of ``plain`` under the active key; the same words give another token each time."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self.keys[self.active].encrypt(nonce, plain.encode(), self.active.encode())
        return f"{self.active}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, token: str) -> str:
        """Return the words of a token. An empty token holds no words. Raises CannotDecrypt."""
        if not token:
            return ""
        key_id, _, encoded = token.partition(".")
        try:
            raw = base64.b64decode(encoded, altchars=b"-_", validate=True)
            return self.keys[key_id].decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], key_id.encode()).decode()
        except (KeyError, ValueError, InvalidTag) as error:
            raise CannotDecrypt(f"cannot read a value encrypted with key {key_id[:20]!r}") from error

    def index(self, normalised: str, *, purpose: str) -> str:
        """Return 64 hex digits that find an equal value again; another purpose gives another index."""
        # the length keeps ("a", "bc") and ("ab", "c") apart
        message = f"{len(purpose)}:{purpose}:{normalised}".encode()
        return hmac.new(self.index_key, message, hashlib.sha256).hexdigest()


def _path() -> Path:
    return Path(os.environ.get(ENVIRONMENT) or settings.KEYRING_PATH)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Keyring:
    try:
        stored = json.loads(path.read_text("ascii"))
        keys = {name: AESGCM(base64.b64decode(key)) for name, key in stored["keys"].items()}
        return Keyring(stored["active"], keys, base64.b64decode(stored["index"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyMissing(f"the key file {path.name} is damaged") from error


def _ring() -> Keyring:
    path = _path()
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise KeyMissing(f"there is no key file {path.name}; `zhouzhouhui init` makes one") from error
    return _read(path, changed)


def _fresh_key() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _write(path: Path, stored: dict[str, object]) -> None:
    """Write the file whole or not at all, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            json.dump(stored, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def init_keyring(path: Path | None = None) -> Path:
    """Make a new key file and return its path. Raises FileExistsError: keys are never overwritten."""
    target = path or _path()
    if target.exists():
        raise FileExistsError(f"{target.name} exists; its keys are kept")
    _write(target, {"version": 1, "active": "k1", "keys": {"k1": _fresh_key()}, "index": _fresh_key()})
    return target


def rotate() -> str:
    """Add a new key, make it the active one, and return its id. Old keys stay for reading what they sealed."""
    path = _path()
    _ring()
    stored = json.loads(path.read_text("ascii"))
    key_id = f"k{1 + max(int(name[1:]) for name in stored['keys'])}"
    stored["keys"][key_id] = _fresh_key()
    stored["active"] = key_id
    _write(path, stored)
    return key_id


def forget_key(key_id: str) -> None:
    """Remove an old key once nothing is sealed with it any more. Raises ValueError for the active or an unknown key."""
    path = _path()
    if key_id == _ring().active or key_id not in _ring().keys:
        raise ValueError(f"{key_id} is in use or unknown")
    stored = json.loads(path.read_text("ascii"))
    del stored["keys"][key_id]
    _write(path, stored)


def active_key_id() -> str:
    """Return the id of the key that new values are sealed with."""
    return _ring().active


def encrypt(plain: str) -> str:
    """Return an encrypted token of ``plain``."""
    return _ring().encrypt(plain)


def decrypt(token: str) -> str:
    """Return the words of a token; '' for ''. Raises CannotDecrypt."""
    return _ring().decrypt(token)


def key_id_of(token: str) -> str:
    """Return the id of the key a token was sealed with; '' for an empty token."""
    return token.partition(".")[0] if token else ""


def reencrypt(token: str) -> str:
    """Return the token sealed with the active key; unchanged when it already is, or is empty."""
    ring = _ring()
    return token if not token or key_id_of(token) == ring.active else ring.encrypt(ring.decrypt(token))


def index(normalised: str, *, purpose: str) -> str:
    """Return the keyed hash (64 hex digits) that finds an equal value again."""
    return _ring().index(normalised, purpose=purpose)


_SPOKEN_DIGITS = str.maketrans("零〇○一幺二三四五六七八九", "0001123456789")


def normalise_phone(raw: str) -> str:
    """Return a phone as digits only, without blanks, dashes, full-width or spoken digits and without +86.

    Mobiles 11 digits, landlines with or without area code, public short numbers are not taken; a number of
    another country keeps its ``+``. Raises NotAPhone.
    """
    folded = unicodedata.normalize("NFKC", raw).translate(_SPOKEN_DIGITS).strip()
    plus = folded.startswith(("+", "00"))
    kept = "".join(sign for sign in folded if sign.isascii() and sign.isdigit())
    foreign_signs = [sign for sign in folded if not (sign.isdigit() or sign in " -–—().+\u200b\u200e\u202d\u202c")]
    if foreign_signs:
        raise NotAPhone("only digits, blanks and dashes make a phone number")
    if folded.startswith("00"):
        kept = kept[2:]
    if plus and not kept.startswith("86"):
        if not 8 <= len(kept) <= 15:
            raise NotAPhone("wrong length")
        return f"+{kept}"
    if plus or (len(kept) == 13 and kept.startswith("861")):
        kept = kept[2:]
        kept = kept if kept.startswith(("1", "0")) else f"0{kept}"
    if len(kept) == 11 and kept[0] == "1" and kept[1] in "3456789":
        return kept
    if kept.startswith("0") and 10 <= len(kept) <= 12 and kept[1] != "0":
        return kept
    if 7 <= len(kept) <= 8 and kept[0] in "23456789":
        return kept
    raise NotAPhone("wrong length")


def phone_index(raw: str) -> str:
    """Return the index of a phone as it was typed. Raises NotAPhone."""
    return index(normalise_phone(raw), purpose="phone")


def new_code() -> str:
    """Return a fresh slip code as it is printed: ``XXXX-XXXX-XXXX``, 59 bits that nobody can guess."""
    signs = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def normalise_code(raw: str) -> str:
    """Return the 12 signs of a code typed in any way: small, full-width, with blanks or dashes. Raises NotACode."""
    folded = unicodedata.normalize("NFKC", raw[:200]).upper()
    signs = "".join(sign for sign in folded if sign.isalnum())
    if len(signs) != CODE_LENGTH:
        raise NotACode("length")
    if not set(signs) <= set(CODE_ALPHABET):
        raise NotACode("signs")
    return signs


def code_lookup(raw: str) -> str:
    """Return the keyed hash under which a slip's code is stored. Raises NotACode."""
    return index(normalise_code(raw), purpose="slip")
