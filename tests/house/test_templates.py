"""What the content security policy forbids stands in no template, and what it allows is drawn by classes."""

import re

import pytest

from tests.house.tree import files, name_of

FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=\s*[\"']", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/(?:ld\+)?json\")", re.I),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "a script: address": re.compile(r"javascript:", re.I),
    "something from another site": re.compile(r"(?:src|srcset|href)=[\"'](?:https?:)?//", re.I),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape off"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    pattern = FORBIDDEN[what]
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path in files(".html", "zhouzhouhui/templates")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []
