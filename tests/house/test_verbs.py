"""Each verb of the law has its action, its tests, its heading in docs/institution.md; each refusal its sentences."""

import ast
import re
from string import Formatter

import polib
import pytest
from django.utils.translation import override

from tests.house.tree import PACKAGE, ROOT, files, functions, name_of, syntax
from zhouzhouhui.rules import matter_flow, meeting_flow
from zhouzhouhui.rules.powers import Role
from zhouzhouhui.wording import acts
from zhouzhouhui.wording.refusal_sentences import SENTENCES

VERBS = sorted({*matter_flow.STEPS, *meeting_flow.STEPS})
# Nobody acts yet when a town is founded; the log repeats an erasure that a restored backup undid; turning keys over is
# the machine's own housekeeping and no act of the institution; an import's rows each act as they are told.
BY_NOBODY = {"found_town": {"at"}, "repeat_erasure": {"at"}, "renew_encryption": set[str](), "import_rows": set[str]()}
ACTIONS = [path for path in files(".py", "zhouzhouhui/actions") if not path.stem.startswith("_")]


@pytest.mark.parametrize("verb", VERBS)
def test_the_verb_has_its_action(verb: str) -> None:
    assert (PACKAGE / "actions" / f"{verb}.py").is_file()


@pytest.mark.parametrize("verb", VERBS)
def test_the_verb_has_its_tests(verb: str) -> None:
    file = ROOT / "tests" / "actions" / f"test_{verb}.py"
    assert file.is_file()
    assert any(function.name.startswith("test_") for function in functions(file))


@pytest.mark.parametrize("verb", VERBS)
def test_the_verb_has_its_heading_in_the_procedure(verb: str) -> None:
    procedure = (ROOT / "docs" / "institution.md").read_text("utf-8")
    assert re.search(rf"^#+ .*`{verb}`", procedure, re.M)


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: path.stem)
def test_an_action_is_named_as_its_file_and_takes_keywords_only(path) -> None:  # type: ignore[no-untyped-def]
    named = [node for node in syntax(path).body if isinstance(node, ast.FunctionDef) and node.name == path.stem]
    assert len(named) == 1, f"{name_of(path)} has no function of its name"
    arguments = named[0].args
    assert [*arguments.posonlyargs, *arguments.args, *([arguments.vararg] if arguments.vararg else [])] == []
    told = {argument.arg for argument in arguments.kwonlyargs}
    needed = BY_NOBODY.get(path.stem, {"by", "at"})
    assert needed <= told or arguments.kwarg is not None, "by whom, and when?"


def refusals() -> dict[str, list[tuple[str, set[str]]]]:
    """Every code that is refused with anywhere in the program: where, and with which facts."""
    found: dict[str, list[tuple[str, set[str]]]] = {}
    for path in files(".py", "zhouzhouhui"):
        for node in ast.walk(syntax(path)):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) != "Refused":
                continue
            code = node.args[0] if node.args else None
            if isinstance(code, ast.Constant):
                facts = {keyword.arg or "*" for keyword in node.keywords}
                found.setdefault(str(code.value), []).append((f"{name_of(path)}:{node.lineno}", facts))
    return found


def test_every_refusal_has_its_sentence_in_chinese_and_english() -> None:
    english = {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for part in files(".po", "zhouzhouhui/locale/en/parts")
        for entry in polib.pofile(str(part))
    }
    assert len(refusals()) > 40
    with override("zh-hans"):
        assert {code: places[0][0] for code, places in refusals().items() if not SENTENCES.get(code)} == {}
        assert [code for code, words in SENTENCES.items() if not english.get((None, str(words)))] == []


def test_no_sentence_is_kept_for_a_refusal_that_nobody_utters() -> None:
    assert set(SENTENCES) - set(refusals()) == set()


def test_a_sentence_speaks_of_no_fact_that_the_refusal_does_not_bring() -> None:
    unknown = []
    with override("zh-hans"):
        for code, places in refusals().items():
            spoken_of = {name for _text, name, _form, _turn in Formatter().parse(str(SENTENCES.get(code, ""))) if name}
            for where, facts in places:
                if not spoken_of <= facts and "*" not in facts:
                    unknown.append(f"{where}: {spoken_of - facts}")
    assert unknown == []


def test_every_verb_has_a_word() -> None:
    assert set(VERBS) - set(acts.VERBS) == set()
    assert {role.value for role in Role} - set(acts.ROLES) == set()
    brought = {name for step in [*matter_flow.STEPS.values(), *meeting_flow.STEPS.values()] for name in step.bring}
    assert brought - set(acts.THINGS) == set()


def test_the_procedure_calls_a_verb_what_the_screens_call_it() -> None:
    procedure = (ROOT / "docs" / "institution.md").read_text("utf-8")
    titles = {verb: title for title, verb in re.findall(r"^#+ (.+) `(\w+)`$", procedure, re.M)}
    with override("zh-hans"):
        assert {verb: titles.get(verb) for verb in VERBS} == {verb: str(acts.VERBS[verb]) for verb in VERBS}
