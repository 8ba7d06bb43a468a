"""The set-up desk: what is there, what is still missing, and the town's own facts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhouzhouhui.actions.change_town import change_town
from zhouzhouhui.actions.set_hosts import set_hosts
from zhouzhouhui.queries import readiness, setup_desk
from zhouzhouhui.queries.town_of_host import bare_host
from zhouzhouhui.rules.powers import Mandated
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.acts import ROLES, words_for

from .gate import TownRequest, gate
from .setup_acts import WHO, attempt, done, form_page, told
from .setup_forms import HostsForm, TownForm

SETTINGS = ("working_days_before", "restricted_days", "meeting_minutes", "require_second_factor")


@require_safe
@gate(*WHO)
def overview(request: TownRequest) -> HttpResponse:
    """Everything there is to set up, and what the institution still lacks to keep its promise."""
    town_id, at = request.town.id, timezone.now()
    roles = readiness.roles_without_person(town_id=town_id, at=at)
    unmet, unled = readiness.communities_lacking(town_id=town_id, at=at)
    missing = [
        (_("没有下一次会的村居"), unmet, "setup_communities"),
        (_("没有书记或干部的村居"), unled, "setup_people"),
        (_("没有经办人的单位"), readiness.departments_without_officer(town_id=town_id, at=at), "setup_people"),
        (_("没有写明归谁办的分类"), readiness.categories_without_owner(town_id=town_id), "setup_categories"),
        (_("没有人担任的职务"), [words_for([role], ROLES) for role in roles], "setup_people"),
        (_("放假安排未公布的年份"), readiness.years_not_published(town_id=town_id, at=at), "setup_calendar"),
    ]
    shown = {
        "current": "setup",
        "section": "overview",
        "counts": setup_desk.counts(town_id=request.town.id),
        "missing": [row for row in missing if row[1]],
        "hosts": setup_desk.hosts(town_id=request.town.id),
        "may_set_hosts": is_administrator(request),
    }
    return render(request, "setup/overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def town(request: TownRequest) -> HttpResponse:
    """The town's facts and settings."""
    one = request.town
    now = {name: getattr(one, name) for name in ("name", "name_en", "district", "phone")}
    now |= {name: one.setting(name) for name in SETTINGS}
    form = TownForm(request.POST or None, initial=now)
    form.fields["require_second_factor"].disabled = not is_administrator(request)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        settings = {name: facts.pop(name) for name in SETTINGS}
        if attempt(form, lambda: change_town(settings=settings, **facts, **told(request))):
            return done(request, _("改好了。各页最多过一分钟就是新的。"), "setup_town")
    return form_page(request, form, section="town", title=_("本镇"), back="setup", submit=_("保存"))


@require_http_methods(["GET", "HEAD", "POST"])
@gate("administrator")
def hosts(request: TownRequest) -> HttpResponse:
    """The names the town is reached by."""
    listed = setup_desk.hosts(town_id=request.town.id)
    form = HostsForm(request.POST or None, initial={"hosts": "\n".join(listed)})
    if form.is_valid():
        wanted = form.cleaned_data["hosts"].split()
        here = bare_host(request.get_host())
        if attempt(form, lambda: set_hosts(hosts=wanted, keep=here, **told(request))):
            return done(request, _("改好了。新的网址马上能用。"), "setup")
    lead = _("居民和工作人员用这些网址打开本镇的页面。一个网址只能给一个镇。")
    return form_page(request, form, section="overview", title=_("网址"), back="setup", lead=lead, submit=_("保存"))


def is_administrator(request: TownRequest) -> bool:
    """Whether the person administers the town today, and may do what the office may not."""
    return request.actor.holds(Mandated.ADMINISTRATOR, day_in_china(timezone.now()))
