"""A refusal: what the institution does not allow, as a code and facts; the sentences live in wording/."""

import unicodedata
from typing import Any


class Refused(Exception):
    """An act the rules do not allow.

    ``code`` names the sentence in ``wording/``; ``facts`` are what the sentence and a program need
    (plain values only). ``status`` is the HTTP status both the pages and the API answer with.
    """

    STATUS = {
        "not_found": 404,
        "not_allowed": 403,
        "changed_meanwhile": 409,
        "wrong_state": 409,
        "unspoken_left": 409,
        "same_id_other_words": 409,
        "one_open_meeting": 409,
        "too_many_tries": 429,
        "raised_too_fast": 429,
        # what is wrong with the call itself, before any rule was asked
        "bad_json": 400,
        "wrong_encoding": 400,
        "token_needed": 401,
        "token_unknown": 401,
        "no_such_address": 404,
        "method_not_allowed": 405,
        "body_too_large": 413,
        "json_wanted": 415,
        "broken_inside": 500,
        "database_busy": 503,
    }

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    @property
    def status(self) -> int:
        return self.STATUS.get(self.code, 422)


def is_blank(text: str) -> bool:
    """Whether nothing can be read in the text: empty, or only spaces and signs that take no room (zero width)."""
    return all(sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf") for sign in text)
