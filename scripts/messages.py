#!/usr/bin/env python3
"""Interface messages without GNU gettext: compile them, and find what is missing.

The interface is written in Chinese (zh-Hans); the Chinese sentence is the msgid. The other languages lie
in ``zhouzhouhui/locale/<language>/parts/<area>.po``, one file per area of the screens, and are compiled
together into ``LC_MESSAGES/django.mo``, which is not committed.

    scripts/messages.py compile    write the .mo files
    scripts/messages.py check      fail when a msgid in code or templates has no translation, when two parts
                                   disagree, when placeholders differ, when an entry is used nowhere, or when
                                   a template holds Chinese outside a translation tag
    scripts/messages.py missing    print a .po skeleton of what has no translation yet
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "zhouzhouhui"
LOCALE = PACKAGE / "locale"
Key = tuple[str | None, str]  # context, msgid

# name of the call -> (position of the context or None, position of the msgid, position of the plural or None)
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    **{name + lazy: (None, 0, None) for name in ("gettext", "gettext_noop") for lazy in ("", "_lazy")},
    **{"ngettext" + lazy: (None, 0, 1) for lazy in ("", "_lazy")},
    **{"pgettext" + lazy: (0, 1, None) for lazy in ("", "_lazy")},
    **{"npgettext" + lazy: (0, 1, 2) for lazy in ("", "_lazy")},
}
LITERAL = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*((?:{LITERAL}\s*,?\s*)+)", re.S)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
CHINESE = re.compile(r"[\u3400-\u9fff]")
TRANSLATED = re.compile(
    r"\{%-?\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}"
    r"|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{#.*?#\}|\{%\s*trans(?:late)?\b.*?%\}"
    rf"|\b_\(\s*{LITERAL}\s*\)"
    # The name of a language is written in that language, whatever the page speaks.
    r"|<(\w+)\b[^>]*\blang=\"zh-Hans\"[^>]*>[^<]*</\1>",
    re.S,
)


def main() -> int:
    """Run the command named on the line; 0 when all is well."""
    commands = {"compile": compile_all, "check": check, "missing": missing}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    if not settings.configured:
        settings.configure(USE_I18N=True)
    return commands[sys.argv[1]]()


def languages() -> list[Path]:
    """The folders of the languages that are translated into; English always is."""
    return sorted({LOCALE / "en", *(parts.parent for parts in LOCALE.glob("*/parts"))})


def compile_all() -> int:
    """Write LC_MESSAGES/django.mo of every language from its parts."""
    for folder in languages():
        whole = polib.POFile()
        whole.metadata = {
            "Language": folder.name,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        whole.extend(parts_of(folder)[0].values())
        target = folder / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        whole.save_as_mofile(str(target))
        print(f"{folder.name}: {len(whole)} messages")
    return 0


def parts_of(folder: Path) -> tuple[dict[Key, polib.POEntry], list[str]]:
    """All entries of a language and what its parts contradict each other about."""
    entries: dict[Key, polib.POEntry] = {}
    faults = []
    for part in sorted((folder / "parts").glob("*.po")):
        for entry in polib.pofile(str(part)):
            if entry.obsolete:
                continue
            key = (entry.msgctxt, entry.msgid)
            before = entries.get(key)
            if before and (before.msgstr, before.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                faults.append(f"{part.name}: two translations of {entry.msgid!r}: {before.msgstr!r}, {entry.msgstr!r}")
            entries.setdefault(key, entry)
    return entries, faults


def used() -> dict[Key, str]:
    """Every msgid in the code and the templates, with the first place that uses it."""
    found: dict[Key, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            for key, line in in_python(path.read_text("utf-8")):
                found.setdefault(key, f"{path.relative_to(PACKAGE)}:{line}")
    for path in sorted((PACKAGE / "templates").rglob("*.*")):
        for key in in_template(path.read_text("utf-8")):
            found.setdefault(key, str(path.relative_to(PACKAGE)))
    return found


def in_python(source: str) -> Iterator[tuple[Key, int]]:
    """The msgids of gettext calls with literal arguments, whatever the module calls the functions."""
    tree = ast.parse(source)
    called = dict(CALLS)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            called |= {alias.asname: CALLS[alias.name] for alias in node.names if alias.asname and alias.name in CALLS}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in called:
            continue
        words = [getattr(argument, "value", None) for argument in node.args]
        context, msgid, _plural = called[name]
        if len(words) > msgid and isinstance(words[msgid], str):
            yield (None if context is None else words[context], words[msgid]), node.lineno


def in_template(source: str) -> Iterator[Key]:
    """The msgids of translation tags, found the way Django's own makemessages does."""
    for call in IN_TEMPLATE.finditer(templatize(source)):
        words = [ast.literal_eval(word.removeprefix("u")) for word in re.findall(LITERAL, call[2], re.S)]
        context, msgid, _plural = CALLS[call[1]]
        yield None if context is None else words[context], words[msgid]


def faults_of(folder: Path, wanted: dict[Key, str]) -> Iterator[str]:
    """What is wrong with one language."""
    entries, faults = parts_of(folder)
    yield from faults
    for key, place in wanted.items():
        entry = entries.get(key)
        if entry is None or not (entry.msgstr or entry.msgstr_plural):
            yield f"no {folder.name} for {key[1]!r} ({place})"
    for key, entry in entries.items():
        if key not in wanted:
            yield f"used nowhere: {key[1]!r}"
        for translation in [entry.msgstr, *entry.msgstr_plural.values()]:
            if translation and not set(PLACEHOLDER.findall(translation)) <= set(PLACEHOLDER.findall(entry.msgid)):
                yield f"placeholders differ: {key[1]!r} -> {translation!r}"
            if entry.msgstr and set(PLACEHOLDER.findall(entry.msgid)) - set(PLACEHOLDER.findall(translation)):
                yield f"a placeholder is lost: {key[1]!r} -> {translation!r}"


def untagged() -> Iterator[str]:
    """Chinese in templates that no translation tag surrounds."""
    for path in sorted((PACKAGE / "templates").rglob("*.html")):
        source = TRANSLATED.sub(lambda part: "\n" * part[0].count("\n"), path.read_text("utf-8"))
        for number, line in enumerate(source.splitlines(), 1):
            if CHINESE.search(line):
                yield f"Chinese outside a translation tag: {path.name}:{number}: {line.strip()[:80]}"


def check() -> int:
    """Name every fault; 1 when there is one."""
    wanted = used()
    faults = [*untagged(), *(fault for folder in languages() for fault in faults_of(folder, wanted))]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def missing() -> int:
    """Print the entries that have no translation yet, ready to be filled in."""
    wanted = used()
    for folder in languages():
        entries, _ = parts_of(folder)
        for (context, msgid), place in wanted.items():
            if (context, msgid) not in entries:
                print(polib.POEntry(msgid=msgid, msgctxt=context, msgstr="", comment=place))
    return 0


if __name__ == "__main__":
    sys.exit(main())
