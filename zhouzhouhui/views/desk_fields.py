"""The kinds of fields that forms of the desk are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.functional import Promise

from zhouzhouhui.wording.states import Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Options = Sequence[tuple[str, str | Promise]]


def options(words: Words, *codes: str, empty: str | Promise = "") -> Options:
    """Choices out of a table of words, in the order of the codes given, or of the table."""
    first: list[tuple[str, str | Promise]] = [("", empty)] if empty else []
    return [*first, *((code, words[code]) for code in (codes or words))]


def long(
    label: str | _StrPromise, hint: str | _StrPromise = "", *, rows: int = 4, required: bool = True
) -> forms.CharField:
    """A field for several sentences; nothing typed is stripped or shortened."""
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=forms.Textarea(attrs={"rows": rows}), strip=False
    )


def day_field(label: str | _StrPromise, hint: str | _StrPromise = "", *, required: bool = True) -> forms.DateField:
    """A date, picked or typed as 2026-11-24."""
    widget = forms.DateInput(attrs={"type": "date", "class": "input input--short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget)


def moment_field(label: str | _StrPromise, hint: str | _StrPromise = "") -> forms.DateTimeField:
    """A date with its hour, in China."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, help_text=hint, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )


def one_of(
    label: str | _StrPromise, words: Options, hint: str | _StrPromise = "", *, required: bool = True
) -> forms.ChoiceField:
    """One of a few, all seen at once; nothing is chosen beforehand."""
    return forms.ChoiceField(label=label, choices=words, help_text=hint, widget=forms.RadioSelect, required=required)
