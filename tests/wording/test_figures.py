"""Every figure and every finding has its words, in both languages, and the handbook says the same."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from zhouzhouhui.rules.chain import What
from zhouzhouhui.rules.figures import COUNTS
from zhouzhouhui.rules.recount import Wrong
from zhouzhouhui.wording.figures import MEANINGS, meaning
from zhouzhouhui.wording.findings import SENTENCES, say_finding

ROOT = Path(__file__).resolve().parents[2]
BESIDE = {"rate", "satisfaction", "to_answer", "to_done", "voice_curve"}


def test_every_figure_has_a_name_and_a_definition_and_nothing_else_has() -> None:
    assert set(MEANINGS) == set(COUNTS) | BESIDE
    with override("zh-hans"):
        assert all(str(one.name) and str(one.definition).endswith("。") for one in MEANINGS.values())
    with pytest.raises(KeyError):
        meaning("rank")


def test_the_handbook_gives_every_definition_as_the_page_does() -> None:
    handbook = (ROOT / "docs/figures.md").read_text(encoding="utf-8")
    with override("zh-hans"):
        for one in MEANINGS.values():
            assert f"| {one.name} | {one.definition} |" in handbook


def _found_in_code() -> set[str]:
    code = (ROOT / "zhouzhouhui/queries/verify.py").read_text(encoding="utf-8")
    return set(re.findall(r'(?:_find\(|Finding\()"(\w+)"', code))


def test_everything_verify_can_find_has_its_sentence() -> None:
    assert set(SENTENCES) == {*What, *Wrong, *_found_in_code()}


def test_a_finding_says_where_it_is_and_what_is_wrong() -> None:
    with override("zh-hans"):
        one = say_finding(what="missing", chain="310112", seq=5, last=7, about="", facts={})
        other = say_finding(
            what="row_differs", chain="310112", seq=None, last=None, about="1-08",
            facts={"fact": "state", "told": "answered", "stands": None},
        )  # fmt: skip
        frozen = say_finding(
            what="frozen_figures", chain="310112", seq=9, last=9, about="", facts={"figures": ["raised", "solved"]}
        )
    assert one == "310112 第 5–7 行：缺失。"
    assert other == "310112 1-08：“state”和记录不符：记录是 answered，库里是 —。"
    assert frozen == "310112 第 9 行：散会时冻结的数字和之前的记录数出来的不一样：raised, solved。"
