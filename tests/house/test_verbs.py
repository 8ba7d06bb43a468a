"""Each verb of the law has its action, its tests, its heading in docs/institution.md; each refusal its sentences."""

import ast
import re

import pytest

from tests.house.tree import PACKAGE, ROOT, files, functions, name_of, syntax
from zhouzhouhui.rules import matter_flow, meeting_flow

VERBS = sorted({*matter_flow.STEPS, *meeting_flow.STEPS})
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
    named = [
        node for node in syntax(path).body if isinstance(node, ast.FunctionDef) and node.name == path.stem
    ]
    assert len(named) == 1, f"{name_of(path)} has no function of its name"
    arguments = named[0].args
    assert [*arguments.posonlyargs, *arguments.args, *([arguments.vararg] if arguments.vararg else [])] == []
    told = {argument.arg for argument in arguments.kwonlyargs}
    assert {"by", "at"} <= told or arguments.kwarg is not None, "by whom, and when?"


def refusal_codes() -> dict[str, str]:
    """Every code that is refused with anywhere in the program, and one place that does."""
    found: dict[str, str] = {}
    for path in files(".py", "zhouzhouhui"):
        for node in ast.walk(syntax(path)):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Refused"
            ):
                code = node.args[0] if node.args else None
                if isinstance(code, ast.Constant):
                    found[str(code.value)] = f"{name_of(path)}:{node.lineno}"
    return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_refusal_has_its_sentence(language: str) -> None:
    from zhouzhouhui.wording.refusals import SENTENCES

    codes = refusal_codes()
    assert len(codes) > 20
    assert {code: place for code, place in codes.items() if not SENTENCES[language].get(code)} == {}


def test_no_sentence_is_kept_for_a_refusal_that_nobody_utters() -> None:
    from zhouzhouhui.wording.refusals import SENTENCES

    codes = refusal_codes()
    assert [code for language in SENTENCES.values() for code in language if code not in codes] == []
