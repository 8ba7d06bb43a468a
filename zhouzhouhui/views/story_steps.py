"""A matter's story as one line of time: each ledger line said in plain words, nothing left out but notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhouzhouhui.models import Photo
from zhouzhouhui.queries.story import Step, Story
from zhouzhouhui.wording.states import (
    CHANNELS,
    CONTENT,
    LEVELS,
    SOLVED,
    outcome_word,
    route_word,
    word_of,
)
from zhouzhouhui.wording.steps import CONTACTS, INTERNAL, STEPS

from .spoken import say_clock, say_day, say_name, say_nth

COLLAPSED = frozenset({"second_matter", "urge"})
SMALL = COLLAPSED | {
    "assign_matter", "take_assignment", "record_contact", "give_opinion", "draft_answer", "sign_answer",
    "send_back_answer", "request_return", "rule_on_return", "link_matters", "add_photo", "mask_words",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One step on the line of time. `dot` and `line` are the looks of its point and of the line after it."""

    step: Step
    title: str
    said: Sequence[str] = ()  # what was said or decided, in the interface's own type
    quote: str = ""  # a resident's own words
    owed: str = ""  # the promise, in vermilion
    state: str = ""
    bits: Sequence[str] = ()
    dot: str = "small"
    line: str = ""
    photos: Sequence[Photo] = ()
    count: int = 1

    @property
    def day(self) -> str:
        """8 月 4 日, with its year when that is not this one's."""
        return say_day(self.step.happened_at)

    @property
    def beside(self) -> str:
        """06:52　第 20 次会."""
        clock = say_clock(self.step.happened_at)
        meeting = self.step.meeting
        if meeting is None or meeting.number is None:
            return clock
        return _("%(clock)s　%(nth)s会") % {"clock": clock, "nth": say_nth(meeting.number)}


Tell = Callable[["Step", "Story"], dict[str, Any]]


def shown_steps(story: Story) -> list[Shown]:
    """The steps to show, oldest first; voices and reminders in a row are told as one."""
    shown: list[Shown] = []
    for step in story.steps:
        if step.verb in INTERNAL:
            continue
        last = shown[-1] if shown else None
        if last is not None and step.verb in COLLAPSED and last.step.verb == step.verb:
            count = last.count + 1
            shown[-1] = replace(last, step=step, count=count, title=_collapsed(step.verb, count))
            continue
        shown.extend(_tell(step, story))
    return _with_photos(shown, story.photos)


def _tell(step: Step, story: Story) -> Iterator[Shown]:
    facts: dict[str, Any] = {"title": word_of(STEPS, step.verb)}
    tell = TELL.get(step.verb)
    if tell is not None:
        facts |= tell(step, story)
    facts.setdefault("dot", "small" if step.verb in SMALL else "")
    promise = facts.pop("promise", None)
    if step.erased:
        facts["said"] = (*facts.get("said", ()), _("这一步的原话已按要求删去，公开链上留着它的指纹。"))
    yield Shown(step=step, **facts)
    if promise is not None:
        yield _promised(step, promise)


def _promised(step: Step, promise_on: date) -> Shown:
    return Shown(
        step=step,
        title=_("承诺："),
        owed=_("%(day)s前办好") % {"day": say_day(promise_on)},
        said=(_("答复了还不算完。到日子它会自己回到会上，没办好也要当众说。"),),
        state="promised",
        dot="promise",
        line="wait",
    )


def _collapsed(verb: str, count: int) -> str:
    if verb == "urge":
        return ngettext("有人催办 %(n)s 次", "有人催办 %(n)s 次", count) % {"n": count}
    return ngettext("又有 %(n)s 人附议", "又有 %(n)s 人附议", count) % {"n": count}


def _raised(step: Step, story: Story) -> dict[str, Any]:
    matter = story.matter
    bits = []
    due = _due(step, story)
    if due is not None:
        bits.append(_("应在 %(day)s的会上答复") % {"day": say_day(due.scheduled_at)})
    title = _("在会上提出") if not matter.is_between else word_of(CHANNELS, matter.channel)
    said = [_("原话如上，一字未改。")] if matter.public_words else []
    return {"title": title, "said": said, "bits": bits, "dot": "ring"}


def _due(step: Step, story: Story) -> Any:
    wanted = step.facts.get("due")
    return next((m for m in story.meetings if str(m.id) == wanted), None) if wanted else None


def _name_of_lead(code: str, story: Story) -> str:
    if code == "community":
        return say_name(story.community)
    department = story.departments.get(code)
    return say_name(department) if department else code


def _assigned(step: Step, story: Story) -> dict[str, Any]:
    lead = _name_of_lead(step.facts.get("lead", ""), story)
    said = [_("主办：%(lead)s。") % {"lead": lead}]
    others = [_name_of_lead(code, story) for code in step.facts.get("assisting") or ()]
    if others:
        said.append(_("会办：%(names)s。") % {"names": _("、").join(others)})
    route = route_word(step.facts.get("route", ""))
    if route:
        said.append(_("处理路径：%(route)s。") % {"route": route})
    reason = step.texts.get("reason")
    return {
        "title": _("交办给%(lead)s") % {"lead": lead},
        "said": ["".join(said), *([reason] if reason else [])],
    }


def _contacted(step: Step, story: Story) -> dict[str, Any]:
    manner = word_of(CONTACTS, step.facts.get("manner_of_contact", ""))
    return {"said": [_("和提出人%(manner)s。") % {"manner": manner}] if manner else []}


def _answered(step: Step, story: Story) -> dict[str, Any]:
    outcome, promise_on = step.facts.get("outcome", ""), step.facts.get("promise_on")
    said = [t for t in (step.texts.get("words"),) if t]
    if step.texts.get("basis"):
        said.append(_("依据：%(basis)s") % {"basis": step.texts["basis"]})
    bits = [_("结果：%(outcome)s") % {"outcome": outcome_word(outcome)}] if outcome else []
    if step.facts.get("group"):
        bits.append(_("和同类的几件一起答的"))
    is_promise = step.facts.get("to") == "promised" and bool(promise_on)
    facts: dict[str, Any] = {
        "said": said,
        "bits": bits,
        "state": "answered",
        "dot": "kept" if outcome == "A1" else "",
    }
    if is_promise:
        facts["promise"] = date.fromisoformat(str(promise_on))
    return facts


def _carried(step: Step, story: Story) -> dict[str, Any]:
    said = [t for t in (step.texts.get("words"),) if t]
    for name, label in (("reason", _("原因：%(text)s")), ("new_step", _("下一步：%(text)s"))):
        if step.texts.get(name):
            said.append(label % {"text": step.texts[name]})
    if step.texts.get("leader"):
        said.append(_("负责的领导：%(text)s") % {"text": step.texts["leader"]})
    due = _due(step, story)
    bits = [_("改在 %(day)s的会上答复") % {"day": say_day(due.scheduled_at)}] if due else []
    return {"said": said, "bits": bits, "state": "overdue", "dot": "due"}


def _kept(step: Step, story: Story) -> dict[str, Any]:
    done_on = step.facts.get("done_on")
    title = _("承诺办到")
    if done_on:
        title = _("承诺办到：%(day)s") % {"day": say_day(date.fromisoformat(done_on))}
    evidence = step.texts.get("evidence")
    return {"title": title, "said": [evidence] if evidence else [], "state": "kept", "dot": "kept"}


def _accepted(step: Step, story: Story) -> dict[str, Any]:
    facts = step.facts
    said = [_("问题：%(word)s。") % {"word": word_of(SOLVED, facts.get("solved", ""))}]
    if facts.get("result"):
        said.append(_("办理结果：%(word)s。") % {"word": word_of(CONTENT, facts["result"])})
    if facts.get("manner"):
        said.append(_("办事态度：%(word)s。") % {"word": word_of(CONTENT, facts["manner"])})
    bits = [_("工作人员代记，提出人 14 天内可以收回")] if facts.get("word_from") == "staff" else []
    return {"said": ["".join(said)], "bits": bits, "state": "closed", "dot": "kept"}


def _disputed(step: Step, story: Story) -> dict[str, Any]:
    due = _due(step, story)
    bits = [_("回到 %(day)s的会上再答") % {"day": say_day(due.scheduled_at)}] if due else []
    if step.facts.get("session_offered"):
        bits.append(_("第二次有异议，要提议开专题会"))
    return {"quote": step.texts.get("reason", ""), "bits": bits, "state": "disputed", "dot": "ring"}


def _decided(step: Step, story: Story) -> dict[str, Any]:
    labels = (
        ("path", _("去处：%(text)s")),
        ("reason", _("理由：%(text)s")),
        ("instead", _("可以去：%(text)s")),
    )
    said = [label % {"text": step.texts[name]} for name, label in labels if step.texts.get(name)]
    bits = []
    if step.facts.get("level"):
        bits.append(word_of(LEVELS, step.facts["level"]))
    if step.facts.get("review_on"):
        bits.append(_("%(day)s复核") % {"day": say_day(date.fromisoformat(step.facts["review_on"]))})
    if step.verb == "merge_matter" and story.merged_into is not None:
        said.append(_("并到 %(number)s 一起答；每个提出人仍可各自评价。") % {"number": story.merged_into.number})
    bits.append(_("这个决定也要在会上念"))
    return {"said": said, "bits": bits, "state": step.facts.get("to", "")}


def _reasoned(step: Step, story: Story) -> dict[str, Any]:
    texts = [step.texts[name] for name in ("words", "reason") if step.texts.get(name)]
    return {"said": texts}


def _raisers_reason(step: Step, story: Story) -> dict[str, Any]:
    facts: dict[str, Any] = {"quote": step.texts.get("reason") or step.texts.get("new_facts", "")}
    if step.facts.get("voice_only"):
        facts["title"] = _("一位提出人退出，事项还在")
    return facts


def _lapsed(step: Step, story: Story) -> dict[str, Any]:
    return {"said": [_("连着两次会没有回话。记作未评价，不算满意。")], "state": "closed"}


def _ruled(step: Step, story: Story) -> dict[str, Any]:
    title = _("准予退回，重新交办") if step.facts.get("granted") else _("不准退回，继续办")
    return {"title": title, **_reasoned(step, story)}


TELL: dict[str, Tell] = {
    "raise_matter": _raised,
    "assign_matter": _assigned,
    "record_contact": _contacted,
    "request_return": _reasoned,
    "rule_on_return": _ruled,
    "give_opinion": _reasoned,
    "give_answer": _answered,
    "keep_promise": _kept,
    "carry_over": _carried,
    "accept_answer": _accepted,
    "dispute_answer": _disputed,
    "lapse_answer": _lapsed,
    "shelve_matter": _decided,
    "review_shelved": _reasoned,
    "refer_matter": _decided,
    "decline_matter": _decided,
    "merge_matter": _decided,
    "unmerge_matter": _reasoned,
    "withdraw_matter": _raisers_reason,
    "reopen_matter": _raisers_reason,
}


def _with_photos(shown: list[Shown], photos: Sequence[Photo]) -> list[Shown]:
    """Photos from before stand at the beginning, those from after where the promise was kept, or at the end."""
    before = [p for p in photos if p.purpose != "after"]
    after = [p for p in photos if p.purpose == "after"]
    if before and shown:
        shown[0] = replace(shown[0], photos=before)
    if after and shown:
        kept = [n for n, s in enumerate(shown) if s.step.verb == "keep_promise"]
        place = kept[-1] if kept else len(shown) - 1
        shown[place] = replace(shown[place], photos=(*shown[place].photos, *after))
    return shown
