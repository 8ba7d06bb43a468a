"""Departments: their facts, and what becomes of their work when they are dissolved."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhouzhouhui.actions.add_department import add_department
from zhouzhouhui.actions.change_department import change_department
from zhouzhouhui.actions.dissolve_department import dissolve_department
from zhouzhouhui.queries import setup_desk
from zhouzhouhui.wording.setup_words import LEVELS

from .gate import TownRequest, gate
from .setup_acts import WHO, attempt, done, form_page, found, key_or_none, told
from .setup_forms import DepartmentForm, DissolveForm, NewDepartmentForm

FACTS = ("name", "name_en", "level", "phone")


@require_safe
@gate(*WHO)
def departments(request: TownRequest) -> HttpResponse:
    """All departments, with what each owes and who works there."""
    rows = setup_desk.departments(town_id=request.town.id, at=timezone.now())
    return render(
        request,
        "setup/departments.html",
        {"current": "setup", "section": "departments", "rows": rows, "levels": LEVELS},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def new_department(request: TownRequest) -> HttpResponse:
    """A new department."""
    form = NewDepartmentForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: add_department(**form.cleaned_data, **told(request))):
        return done(request, _("加好了。接着请在人员里给它的经办人登记职务。"), "setup_departments")
    return form_page(
        request, form, section="departments", title=_("添一个承办单位"), back="setup_departments", submit=_("添上")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def department(request: TownRequest, key: UUID) -> HttpResponse:
    """One department's facts."""
    one = found(setup_desk.department(town_id=request.town.id, key=key))
    form = DepartmentForm(request.POST or None, initial={name: getattr(one, name) for name in FACTS})
    if form.is_valid():
        facts = form.cleaned_data
        if attempt(form, lambda: change_department(department_id=one.id, **facts, **told(request))):
            return done(request, _("改好了。"), "setup_departments")
    return form_page(
        request, form, section="departments", title=one.name, back="setup_departments", submit=_("保存"),
        lead=_("代码 {code}，不能改。").format(code=one.code),
        further=("setup_dissolve", one.id, _("撤并这个单位")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@gate("office")
def dissolve(request: TownRequest, key: UUID) -> HttpResponse:
    """The department is dissolved; what it owes goes to another one."""
    one = found(setup_desk.department(town_id=request.town.id, key=key))
    others = [pair for pair in setup_desk.department_names(town_id=request.town.id) if pair[0] != str(one.id)]
    form = DissolveForm(request.POST or None, departments=others)
    if form.is_valid():
        successor, reason = key_or_none(form.cleaned_data["successor"]), form.cleaned_data["reason"]

        def act() -> object:
            return dissolve_department(department_id=one.id, successor_id=successor, reason=reason, **told(request))

        if attempt(form, act):
            return done(request, _("撤并好了。没办完的事、经办人和分类都交给了接手的单位。"), "setup_departments")
    return form_page(
        request, form, section="departments", title=_("撤并{name}").format(name=one.name), back="setup_departments",
        submit=_("撤并"), lead=_("没办完的事一件件交给接手的单位，每一件都记一笔；经办人跟着事走。撤并以后不能恢复。"),
    )  # fmt: skip
