"""One cell becomes one value, or a code that says why not."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from zhouzhouhui.papers.sheet_columns import Column, Value

Raw = str | int | float | bool | date | datetime | time | timedelta | None

_ERROR_VALUES = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
_NOT_WORDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b\ufffe\uffff]|[\ud800-\udfff]")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})\s*[:点时]\s*(\d{1,2})?\s*分?(?::00)?")
_YES = frozenset(["是", "有", "对", "√", "✓", "✔", "Y", "YES", "TRUE", "1"])
_NO = frozenset(["否", "无", "不是", "没有", "×", "✗", "X", "N", "NO", "FALSE", "0", "-"])
_LIST = re.compile(r"[、，,;；\n]+")
_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 system, its missing leap day included


class BadCell(ValueError):
    """The cell cannot be taken; ``code`` and ``facts`` go into a Fault."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def as_text(raw: Raw) -> str:
    """Return a cell as somebody would type it. Raises BadCell where the program has already lost digits."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float | int):
        if abs(raw) >= 10**15:
            raise BadCell("number_too_long")
        return str(int(raw)) if raw == int(raw) else repr(raw)
    if isinstance(raw, datetime):
        return raw.strftime("%Y-%m-%d %H:%M") if raw.time() != time() else raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, time):
        return raw.strftime("%H:%M")
    if isinstance(raw, timedelta):
        minutes = int(raw.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    text = _NOT_WORDS.sub("", raw).strip(" \t\r\n\u3000\u00a0")
    if _ERROR_VALUES.fullmatch(text):
        raise BadCell("error_value", found=text)
    # the mark that keeps an exported cell from being run as a formula
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _integer(text: str) -> int:
    plain = _folded(text).replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,15}", plain):
        raise BadCell("not_integer", found=text[:40])
    return int(plain)


def _date(raw: Raw, text: str) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 18_000 <= raw < 80_000:
        return _EPOCH + timedelta(days=int(raw))
    folded = _folded(text)
    found = _DATE.fullmatch(folded) or _COMPACT_DATE.fullmatch(folded)
    if found is not None:
        with suppress(ValueError):
            return date(*map(int, found.groups()))
    raise BadCell("not_date", found=text[:40])


def _time(raw: Raw, text: str) -> time:
    if isinstance(raw, time):
        return raw.replace(second=0, microsecond=0)
    if isinstance(raw, datetime):
        return raw.time().replace(second=0, microsecond=0)
    if isinstance(raw, float | int) and not isinstance(raw, bool) and 0 <= raw < 1:
        minutes = round(raw * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    folded = _folded(text)
    later = 12 if folded.startswith(("下午", "晚上", "傍晚")) else 0
    found = _TIME.fullmatch(re.sub(r"^(?:上午|早上|中午|下午|晚上|傍晚)\s*", "", folded))
    if found is None:
        raise BadCell("not_time", found=text[:40])
    hour, minute = int(found[1]), int(found[2] or 0)
    hour += later if hour < 12 else 0
    if hour > 23 or minute > 59:
        raise BadCell("not_time", found=text[:40])
    return time(hour, minute)


def _yes_no(text: str) -> bool:
    word = _folded(text).upper()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell("not_yes_no", found=text[:40])


def _choice(column: Column, text: str) -> str:
    wanted = _folded(text).casefold()
    for label, value in column.choices.items():
        if wanted in (_folded(label).casefold(), value.casefold()):
            return value
    raise BadCell("not_choice", found=text[:40], allowed="、".join(column.choices))


def _checked_text(column: Column, text: str) -> str:
    if len(text) > column.max_length:
        raise BadCell("too_long", most=column.max_length, length=len(text))
    if column.pattern is not None:
        text = _folded(text)
        if not re.fullmatch(column.pattern, text):
            raise BadCell("bad_pattern", found=text[:40], note=column.note)
    return text


def read_cell(column: Column, raw: Raw) -> Value:
    """Return the value of a cell of this column. Raises BadCell."""
    text = as_text(raw)
    if not text:
        if column.required:
            raise BadCell("required")
        return {"text": "", "list": []}.get(column.kind)  # type: ignore[return-value]
    match column.kind:
        case "integer":
            number = _integer(text)
            if (column.least is not None and number < column.least) or (
                column.most is not None and number > column.most
            ):
                raise BadCell("out_of_range", found=number, least=column.least or 0, most=column.most or 0)
            return number
        case "date":
            return _date(raw, text)
        case "time":
            return _time(raw, text)
        case "yes_no":
            return _yes_no(text)
        case "choice":
            return _choice(column, text)
        case "list":
            return [_checked_text(column, part.strip()) for part in _LIST.split(text) if part.strip()]
        case _:
            return _checked_text(column, text)
