"""Categories on two levels, and who answers for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhouzhouhui.actions.adopt_categories import adopt_categories
from zhouzhouhui.actions.set_category import set_category
from zhouzhouhui.models import Category, Department
from zhouzhouhui.queries import setup_desk
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.wording.refusals import sentence

from .gate import TownRequest, gate
from .setup_acts import WHO, attempt, done, form_page, found, told
from .setup_forms import CategoryForm

COMMUNITY = "community"


@require_safe
@gate(*WHO)
def categories(request: TownRequest) -> HttpResponse:
    """All categories, group by group."""
    groups = setup_desk.categories(town_id=request.town.id)
    return render(request, "setup/categories.html", {"current": "setup", "section": "categories", "groups": groups})


@require_POST
@gate(*WHO)
def adopt(request: TownRequest) -> HttpResponse:
    """Begin with the standard list."""
    try:
        number = adopt_categories(**told(request))
    except Refused as refused:
        groups = setup_desk.categories(town_id=request.town.id)
        shown = {"current": "setup", "section": "categories", "groups": groups, "refused": sentence(refused)}
        return render(request, "setup/categories.html", shown, status=refused.status)
    said = _("放好了 {number} 项。接着请写明每一项归谁办。").format(number=number)
    return done(request, said, "setup_categories")


def _form(request: TownRequest, one: Category | None) -> CategoryForm:
    town_id = request.town.id
    groups = [
        (group.code, group.name)
        for group, _members in setup_desk.categories(town_id=town_id)
        if one is None or group.id != one.id
    ]
    now: dict[str, Any] = {}
    if one is not None:
        owner = str(one.owner_department_id or "") or (COMMUNITY if one.owner_is_community else "")
        now = {name: getattr(one, name) for name in ("code", "name", "name_en", "is_restricted", "retired_on")}
        now |= {"parent": one.parent.code if one.parent else "", "owner": owner}
    departments = setup_desk.department_names(town_id=town_id)
    form = CategoryForm(request.POST or None, initial=now, groups=groups, departments=departments)
    form.fields["code"].disabled = one is not None
    return form


def _set(request: TownRequest, typed: dict[str, Any]) -> None:
    owner: Department | None = None
    if typed["owner"] not in ("", COMMUNITY):
        owner = setup_desk.department(town_id=request.town.id, key=UUID(typed["owner"]))
    facts = {name: typed[name] for name in ("code", "name", "name_en", "parent", "is_restricted", "retired_on")}
    set_category(
        owner_department=owner.code if owner else "", owner_is_community=typed["owner"] == COMMUNITY, **facts,
        **told(request),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def new_category(request: TownRequest) -> HttpResponse:
    """A new category; a code that is there already is refused, not changed."""
    form = _form(request, None)
    if form.is_valid():
        taken = {c.code for group, members in setup_desk.categories(town_id=request.town.id) for c in (group, *members)}
        if form.cleaned_data["code"] in taken:
            form.add_error("code", sentence(Refused("code_taken", code=form.cleaned_data["code"])))
        elif attempt(form, lambda: _set(request, form.cleaned_data)):
            return done(request, _("加好了，登记时就能选。"), "setup_categories")
    return form_page(
        request, form, section="categories", title=_("添一个分类"), back="setup_categories", submit=_("添上")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def category(request: TownRequest, key: UUID) -> HttpResponse:
    """One category."""
    one = found(setup_desk.category(town_id=request.town.id, key=key))
    form = _form(request, one)
    if form.is_valid() and attempt(form, lambda: _set(request, form.cleaned_data)):
        return done(request, _("改好了。"), "setup_categories")
    return form_page(request, form, section="categories", title=one.name, back="setup_categories", submit=_("保存"))
