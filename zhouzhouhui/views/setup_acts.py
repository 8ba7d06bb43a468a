"""What all pages of the set-up desk share: the gate, a refused act shown on its form, keys read from addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from zhouzhouhui.models import Town
from zhouzhouhui.rules.powers import Actor
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.refusals import sentence

from .gate import TownRequest

WHO = ("administrator", "office")
T = TypeVar("T")


class Told(TypedDict):
    """What every act of setting up is told."""

    town: Town
    by: Actor
    at: datetime


def told(request: TownRequest) -> Told:
    """The town, who acts, and now."""
    return {"town": request.town, "by": request.actor, "at": timezone.now()}


def found(thing: T | None) -> T:
    """The thing, or a page that says it is not there (another town's thing is not there either)."""
    if thing is None:
        raise Http404
    return thing


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Let the act run; what the institution refuses is shown on the form, at the field it speaks of."""
    try:
        act()
    except Refused as refused:
        what = str(refused.facts.get("what", ""))
        form.add_error(what if what in form.fields else None, sentence(refused))
        return False
    return True


def done(request: TownRequest, said: str, to: str, *args: Any) -> HttpResponse:
    """Say what happens next, on the page to go on with."""
    messages.success(request, said, extra_tags="done")
    return redirect(to, *args)


def form_page(
    request: TownRequest, form: forms.Form, *, section: str, title: str, back: str, lead: str = "", submit: str = "",
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page of one form; 422 when something typed has to be put right."""
    shown = {
        "form": form,
        "current": "setup",
        "section": section,
        "title": title,
        "lead": lead,
        "submit": submit,
        "back": back,
        **more,
    }
    return render(request, "setup/form.html", shown, status=422 if form.is_bound else 200)


def key_or_none(text: str) -> UUID | None:
    """A key chosen in a form; nothing chosen is None."""
    return UUID(text) if text else None
