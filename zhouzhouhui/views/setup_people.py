"""People: who is there, their mandates, and handing over when somebody leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhouzhouhui.actions.add_person import add_person
from zhouzhouhui.actions.change_person import change_person
from zhouzhouhui.actions.end_mandate import end_mandate
from zhouzhouhui.actions.grant_mandate import grant_mandate
from zhouzhouhui.actions.hand_over import hand_over
from zhouzhouhui.actions.set_password import check_password_strength, set_password
from zhouzhouhui.models import Person
from zhouzhouhui.queries import setup_desk
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.acts import ROLES

from .gate import TownRequest, gate
from .setup_acts import WHO, attempt, done, form_page, found, key_or_none, told
from .setup_forms import (
    MANDATES,
    EndForm,
    HandOverForm,
    MandateForm,
    NewPersonForm,
    PasswordForm,
    PersonForm,
    choices_of,
)

NO_PHONE = ("删除", "delete")


@require_safe
@gate(*WHO)
def people(request: TownRequest) -> HttpResponse:
    """People by name, role and community, fifty a page."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("q", "role", "community", "left")}
    try:
        where = key_or_none(asked["community"])
    except ValueError:
        where, asked["community"] = None, ""
    rows = setup_desk.people(
        town_id=request.town.id, words=asked["q"].strip(), role=asked["role"], community=str(where or ""),
        left=bool(asked["left"]),
    )  # fmt: skip
    page = Paginator(rows, setup_desk.PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "current": "setup", "section": "people", "page": page, "asked": asked,
        "roles": choices_of(ROLES, *MANDATES), "role_words": ROLES,
        "communities": setup_desk.community_names(town_id=request.town.id), "today": day_in_china(timezone.now()),
    }  # fmt: skip
    return render(request, "setup/people.html", shown)


def _add(request: TownRequest, facts: dict[str, Any]) -> None:
    if facts["password"]:
        check_password_strength(facts["password"])
    add_person(**facts, **told(request))


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def new_person(request: TownRequest) -> HttpResponse:
    """A new person; the mandates follow on their page."""
    form = NewPersonForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _add(request, form.cleaned_data)):
        person = found(setup_desk.person_by_login(town_id=request.town.id, login=form.cleaned_data["login"]))
        return done(request, _("加好了。接着请登记职务，没有职务什么也办不了。"), "setup_person", person.id)
    return form_page(request, form, section="people", title=_("添一个人"), back="setup_people", submit=_("添上"))


def _forms(request: TownRequest, person: Person, doing: str) -> dict[str, forms.Form]:
    """The forms of a person's page; only the one that was sent is bound."""
    today = day_in_china(timezone.now())
    town_id = request.town.id
    facts = {name: getattr(person, name) for name in ("name", "workplace", "delegate_kind", "email")}

    def sent(name: str) -> Any:
        return request.POST if doing == name else None

    return {
        "facts": PersonForm(sent("facts"), initial=facts, prefix="f"),
        "grant": MandateForm(
            sent("grant"), initial={"starts_on": today}, prefix="g",
            communities=setup_desk.community_names(town_id=town_id),
            departments=setup_desk.department_names(town_id=town_id),
        ),
        "end": EndForm(sent("end"), initial={"ends_on": today}, prefix="e"),
        # without a prefix: a form kept over an ended session leaves out the field of this name
        "password": PasswordForm(sent("password")),
        "leave": HandOverForm(sent("leave"), initial={"left_on": today}, prefix="l"),
    }  # fmt: skip


def _facts(request: TownRequest, person: Person, typed: dict[str, Any]) -> str:
    phone = {"": None}.get(typed["phone"], "" if typed["phone"] in NO_PHONE else typed["phone"])
    change_person(person_id=person.id, **(typed | {"phone": phone}), **told(request))
    return _("改好了。")


def _grant(request: TownRequest, person: Person, typed: dict[str, Any]) -> str:
    scope = {
        "community": setup_desk.community(town_id=request.town.id, key=key)
        if (key := key_or_none(typed["community"]))
        else None,
        "department": setup_desk.department(town_id=request.town.id, key=key)
        if (key := key_or_none(typed["department"]))
        else None,
    }
    term = {name: typed[name] for name in ("role", "title", "starts_on", "ends_on")}
    grant_mandate(person=person, **term, **scope, **told(request))  # type: ignore[arg-type]
    return _("职务登记好了，到任期开始那天起作用。")


def _end(request: TownRequest, person: Person, typed: dict[str, Any]) -> str:
    if typed["mandate"] not in {mandate.id for mandate in person.mandates.all()}:
        raise Refused("not_found")
    end_mandate(mandate_id=typed["mandate"], ends_on=typed["ends_on"], **told(request))
    return _("职务到那天为止。")


def _password(request: TownRequest, person: Person, typed: dict[str, Any]) -> str:
    set_password(person_id=person.id, password=typed["password"], **told(request))
    return _("密码设好了，请当面告诉本人，让他登录后自己改。") if typed["password"] else _("这个人不能再登录了。")


def _leave(request: TownRequest, person: Person, typed: dict[str, Any]) -> str:
    heir = None
    if typed["successor"]:
        heir = setup_desk.person_by_login(town_id=request.town.id, login=typed["successor"])
        if heir is None:
            raise Refused("no_such_login", login=typed["successor"], what="successor")
    hand_over(person_id=person.id, successor_id=heir.id if heir else None, left_on=typed["left_on"], **told(request))
    return _("交接好了。他做过的都还记在他名下。")


ACTS: dict[str, Callable[[TownRequest, Person, dict[str, Any]], str]] = {
    "facts": _facts,
    "grant": _grant,
    "end": _end,
    "password": _password,
    "leave": _leave,
}


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def person(request: TownRequest, key: UUID) -> HttpResponse:
    """One person: facts, mandates, password, leaving."""
    one = found(setup_desk.person(town_id=request.town.id, key=key))
    doing = request.POST.get("do", "") if request.method == "POST" else ""
    shown = _forms(request, one, doing)
    status = 200
    if doing in ACTS:
        form, said = shown[doing], ""

        def act() -> None:
            nonlocal said
            said = ACTS[doing](request, one, form.cleaned_data)

        if form.is_valid() and attempt(form, act):
            return done(request, said, "setup_person", one.id)
        status = 422
    about = {
        "current": "setup", "section": "people", "person": one, "forms": shown, "role_words": ROLES, "doing": doing,
        "today": day_in_china(timezone.now()), "staff": setup_desk.staff(town_id=request.town.id),
    }  # fmt: skip
    return render(request, "setup/person.html", about, status=status)
