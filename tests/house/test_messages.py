"""The tool that compiles and checks messages sees what GNU gettext would see."""

import importlib.util
from pathlib import Path
from types import ModuleType

import polib
import pytest

from tests.house.tree import ROOT


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def package(messages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "locale/en/parts").mkdir(parents=True)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    return tmp_path


def test_strings_of_templates_are_found(messages: ModuleType) -> None:
    page = (
        '{% load i18n %}{% translate "下一次会" %}{% translate "挂账" context "act" %}{{ x|default:_("无") }}'
        "{% blocktranslate count n=x trimmed %}\n {{ n }} 件\n{% plural %}{{ n }} 件们{% endblocktranslate %}"
    )
    assert set(messages.in_template(page)) == {
        (None, "下一次会"), ("act", "挂账"), (None, "无"), (None, "%(n)s 件"),
    }  # fmt: skip


def test_strings_of_code_are_found_under_whatever_name_the_function_goes(messages: ModuleType) -> None:
    code = (
        "from django.utils.translation import gettext_lazy as say, pgettext as say_in\n"
        "say('一'); say_in('act', '二'); ngettext('三', '三们', n); translation.gettext('四'); other('五')"
    )
    assert {key for key, _line in messages.in_python(code)} == {
        (None, "一"), ("act", "二"), (None, "三"), (None, "四"),
    }  # fmt: skip


@pytest.mark.parametrize(("page", "fault"), [
    ("<p>没有标</p>", "Chinese outside a translation tag"),
    ('{% include "x.html" with title="标题" %}', "Chinese outside a translation tag"),
    ('{% load i18n %}{% translate "没有英文" %}', "no en for '没有英文'"),
])  # fmt: skip
def test_what_a_template_lacks_is_named(
    messages: ModuleType, package: Path, capsys: pytest.CaptureFixture[str], page: str, fault: str
) -> None:
    (package / "templates/page.html").write_text(page, "utf-8")
    assert messages.check() == 1
    assert fault in capsys.readouterr().out


def test_the_name_of_a_language_in_itself_is_no_fault(messages: ModuleType, package: Path) -> None:
    (package / "templates/page.html").write_text('<a href="/" lang="zh-Hans">中文</a>{# 说明 #}', "utf-8")
    assert messages.check() == 0


@pytest.mark.parametrize(("entries", "fault"), [
    ([("%(n)s 件", "some")], "a placeholder is lost"),
    ([("%(n)s 件", "%(m)s matters of %(n)s")], "placeholders differ"),
    ([("%(n)s 件", "%(n)s matters"), ("旧话", "old words")], "used nowhere: '旧话'"),
])  # fmt: skip
def test_what_a_translation_gets_wrong_is_named(
    messages: ModuleType,
    package: Path,
    capsys: pytest.CaptureFixture[str],
    entries: list[tuple[str, str]],
    fault: str,
) -> None:
    page = "{% load i18n %}{% blocktranslate %}{{ n }} 件{% endblocktranslate %}"
    (package / "templates/page.html").write_text(page, "utf-8")
    _write(package / "locale/en/parts/area.po", entries)
    assert messages.check() == 1
    assert fault in capsys.readouterr().out


def test_two_parts_that_disagree_are_named(
    messages: ModuleType, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / "templates/page.html").write_text('{% load i18n %}{% translate "会" %}', "utf-8")
    _write(package / "locale/en/parts/a.po", [("会", "meeting")])
    _write(package / "locale/en/parts/b.po", [("会", "session")])
    assert messages.check() == 1
    assert "two translations of '会'" in capsys.readouterr().out


def test_parts_are_compiled_into_one_catalogue(messages: ModuleType, package: Path) -> None:
    _write(package / "locale/en/parts/a.po", [("会", "meeting")])
    _write(package / "locale/en/parts/b.po", [("镇", "town")])
    assert messages.compile_all() == 0
    compiled = polib.mofile(str(package / "locale/en/LC_MESSAGES/django.mo"))
    assert {entry.msgid: entry.msgstr for entry in compiled} == {"会": "meeting", "镇": "town"}


def _write(part: Path, entries: list[tuple[str, str]]) -> None:
    catalogue = polib.POFile()
    catalogue.extend(polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in entries)
    catalogue.save(str(part))
