#!/usr/bin/env python3
"""The parts of docs/ that come from the code: the law's tables and diagrams, and the table of options.

    scripts/docs.py write    write them between their markers
    scripts/docs.py check    fail when a page says something else than the code

A part stands between ``<!-- from the code: NAME -->`` and ``<!-- end -->``; NAME is a key of PARTS.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from difflib import unified_diff
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "zhouzhouhui.settings"

import django

django.setup()

from django.utils.translation import override

from zhouzhouhui.options import operate_table
from zhouzhouhui.rules import matter_flow, meeting_flow
from zhouzhouhui.wording import states
from zhouzhouhui.wording.acts import ROLES, THINGS

DOCS = Path(__file__).resolve().parent.parent / "docs"
MARKED = re.compile(r"(<!-- from the code: (\w+) -->\n).*?(<!-- end -->)", re.S)

NOTE = {"also": "", "never": "限阅事项不适用", "only": "只用于限阅事项"}

Steps = Mapping[str, "matter_flow.Step | meeting_flow.MeetingStep"]


def words(names: Iterable[str], table: Mapping[str, object]) -> str:
    """Names as the page says them, in the table's order."""
    wanted = set(names)
    unknown = wanted - set(table)
    if unknown:
        raise SystemExit(f"wording/ has no word for {sorted(unknown)}")
    return "、".join(str(word) for name, word in table.items() if name in wanted)


def moves(step: matter_flow.Step | meeting_flow.MeetingStep, named: Mapping[str, object]) -> str:
    """From which states to which; a row that changes nothing says so."""
    before = {state for state in step.moves if state is not None}
    ends = {target for targets in step.moves.values() for target in targets}
    origins = "–" if None in step.moves else words(before, named)
    others = set(named) - before
    if len(others) < len(before) // 2:
        origins = f"除{words(others, named)}外" if others else "任何状态"
    stays = None not in step.moves and all(targets == {state} for state, targets in step.moves.items())
    targets = "不变" if stays else "原来的状态" if step.verb == "void_entry" else words(ends, named)
    return f"{origins} | {targets}"


def table(page: str, steps: Steps, named: Mapping[str, object]) -> str:
    """One row a verb, called and linked as its heading on the page."""
    titles = {verb: title for title, verb in re.findall(r"^#+ (.+) `(\w+)`$", page, re.M)}
    rows = ["| 动作 | 从 | 到 | 谁可以 | 必须带上 | |", "| --- | --- | --- | --- | --- | --- |"]
    for verb, step in steps.items():
        note = NOTE[getattr(step, "restricted", "also")]
        brought = words(step.bring, THINGS) or "–"
        title = titles.get(verb, verb)
        link = f"[{title}](#{title.replace(' ', '-')}-{verb}) `{verb}`"
        rows.append(f"| {link} | {moves(step, named)} | {words(step.who, ROLES)} | {brought} | {note} |")
    return "\n".join(rows) + "\n"


def diagram(steps: Steps, named: Mapping[str, object]) -> str:
    """A Mermaid state diagram: one arrow for each pair of states, with the verbs that go that way."""
    ways: dict[tuple[str, str], list[str]] = {}
    for verb, step in steps.items():
        if verb == "void_entry":  # goes back wherever it came from: an arrow everywhere says nothing
            continue
        for before, targets in step.moves.items():
            for after in sorted(targets):
                if before != after:
                    ways.setdefault((before or "[*]", after), []).append(verb)
    lines = ["```mermaid", "stateDiagram-v2", "    direction LR"]
    met = {state for way in ways for state in way}
    lines += [f"    {state}: {word} {state}" for state, word in named.items() if state in met]
    lines += [f"    {before} --> {after}: {', '.join(verbs)}" for (before, after), verbs in ways.items()]
    return "\n".join([*lines, "```"]) + "\n"


PARTS: Mapping[str, Callable[[str], str]] = {
    "matter_table": lambda page: table(page, matter_flow.STEPS, states.MATTER_STATES),
    "matter_diagram": lambda page: diagram(matter_flow.STEPS, states.MATTER_STATES),
    "meeting_table": lambda page: table(page, meeting_flow.STEPS, states.MEETING_STATES),
    "meeting_diagram": lambda page: diagram(meeting_flow.STEPS, states.MEETING_STATES),
    "options_zh": lambda page: operate_table("zh"),
    "options_en": lambda page: operate_table("en"),
}


def regenerated(page: str) -> str:
    """The page with every marked part made anew."""
    return MARKED.sub(lambda part: part[1] + "\n" + PARTS[part[2]](page) + "\n" + part[3], page)


def main() -> int:
    """Write or check; 1 when a page differs from the code."""
    if len(sys.argv) != 2 or sys.argv[1] not in ("write", "check"):
        print(__doc__, file=sys.stderr)
        return 2
    differs = 0
    for path in sorted(DOCS.rglob("*.md")):
        before = path.read_text("utf-8")
        with override("zh-hans"):
            after = regenerated(before)
        if before == after:
            continue
        differs = 1
        if sys.argv[1] == "write":
            path.write_text(after, "utf-8")
            print(f"wrote {path.name}")
        else:
            lines = before.splitlines(), after.splitlines()
            print(*unified_diff(*lines, path.name, "from the code", lineterm="", n=0), sep="\n")
    return differs if sys.argv[1] == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
