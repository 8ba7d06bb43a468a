"""How a matter came to stand where it stands, told to those who handle it: every line, with its full words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhouzhouhui.queries.desk_matter import Dossier, Line
from zhouzhouhui.wording.states import CONTENT, LEVELS, SOLVED, outcome_word, route_word, word_of
from zhouzhouhui.wording.steps import CONTACTS, STEPS

from .spoken import say_day, say_name

# What is sealed beside a line and shown with it, in this order; the names of files and keys of people are not.
SHOWN: dict[str, str | Promise] = {
    "words": "",
    "request": gettext_lazy("想要的结果"),
    "reason": gettext_lazy("理由"),
    "new_facts": gettext_lazy("新情况"),
    "basis": gettext_lazy("依据"),
    "path": gettext_lazy("去处"),
    "instead": gettext_lazy("可以去"),
    "evidence": gettext_lazy("凭据"),
    "new_step": gettext_lazy("下一步"),
    "leader": gettext_lazy("负责的领导"),
    "told": gettext_lazy("告诉了"),
    "public_words": gettext_lazy("公开的文字"),
    "place": gettext_lazy("地点"),
}
BY_THE_RAISER = frozenset({"raise_matter", "dispute_answer", "reopen_matter", "withdraw_matter"})


@dataclass(frozen=True)
class Told:
    """One line of the past."""

    at: datetime
    title: str
    by: str
    said: Sequence[tuple[str | Promise, str]]
    quote: str
    is_void: bool


def told(dossier: Dossier) -> list[Told]:
    """The lines of a matter, oldest first."""
    return [_told(line, dossier) for line in dossier.lines]


def _told(line: Line, dossier: Dossier) -> Told:
    texts = {name: line.texts[name] for name in SHOWN if line.texts.get(name)}
    quote = ""
    if line.verb in BY_THE_RAISER and line.verb != "raise_matter":
        quote = texts.pop("reason", "") or texts.pop("new_facts", "")
    if line.verb == "raise_matter":
        texts.pop("words", None)
    said: list[tuple[str | Promise, str]] = [("", bit) for bit in _facts(line, dossier)]
    said += [(SHOWN[name], text) for name, text in texts.items()]
    if line.erased:
        said.append(("", _("这一步的原话已按要求删去。")))
    title = _title(line, dossier)
    return Told(line.at, title, line.by, said, quote, str(line.id) in dossier.voided)


def _title(line: Line, dossier: Dossier) -> str:
    facts = line.facts
    if line.verb == "assign_matter":
        return _("交办给%(lead)s") % {"lead": _lead(facts.get("lead", ""), dossier)}
    if line.verb == "record_contact":
        return word_of(CONTACTS, facts.get("manner_of_contact", "")) or word_of(STEPS, line.verb)
    if line.verb == "rule_on_return":
        return _("准予退回，重新交办") if facts.get("granted") else _("不准退回，继续办")
    if line.verb == "add_note":
        return _("内部记一笔")
    if line.verb == "raise_matter" and dossier.matter.is_between:
        return _("会外登记")
    return word_of(STEPS, line.verb)


def _lead(code: str, dossier: Dossier) -> str:
    if code == "community":
        return say_name(dossier.matter.community)
    department = dossier.departments.get(code)
    return say_name(department) if department else code


def _facts(line: Line, dossier: Dossier) -> list[str]:
    facts, bits = line.facts, []
    if facts.get("route"):
        bits.append(route_word(facts["route"]))
    if facts.get("assisting"):
        names = "、".join(_lead(code, dossier) for code in facts["assisting"])
        bits.append(_("会办：%(names)s") % {"names": names})
    if line.verb in ("give_answer", "answer_restricted") and facts.get("outcome"):
        bits.append(f"{facts['outcome']} {outcome_word(facts['outcome'])}")
    if facts.get("promise_on"):
        bits.append(_("答应 %(day)s前办好") % {"day": _day(facts["promise_on"])})
    if facts.get("done_on"):
        bits.append(_("%(day)s办到") % {"day": _day(facts["done_on"])})
    if facts.get("review_on"):
        bits.append(_("%(day)s复核") % {"day": _day(facts["review_on"])})
    if facts.get("level"):
        bits.append(word_of(LEVELS, facts["level"]))
    if facts.get("solved"):
        bits.append(word_of(SOLVED, facts["solved"]))
    if facts.get("result"):
        bits.append(_("对结果：%(word)s") % {"word": word_of(CONTENT, facts["result"])})
    if line.verb == "accept_answer" and facts.get("word_from") == "staff":
        bits.append(_("工作人员代记"))
    return bits


def _day(iso: str) -> str:
    return say_day(date.fromisoformat(str(iso)))
