"""Convening at the desk: which meetings are coming, who hosts, moving, cancelling, calling one more, minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.actions.appoint_recorder import appoint_recorder
from zhouzhouhui.actions.call_meeting import call_meeting
from zhouzhouhui.actions.cancel_meeting import cancel_meeting
from zhouzhouhui.actions.move_meeting import move_meeting
from zhouzhouhui.queries.desk_meetings import Convened, Hosting, coming, one_meeting, unpublished, who_hosted
from zhouzhouhui.queries.desk_scope import Scope, scope_of
from zhouzhouhui.queries.halls import hosts_to_choose
from zhouzhouhui.queries.town_page import communities_of
from zhouzhouhui.rules.meeting_flow import MeetingState, may_take
from zhouzhouhui.rules.powers import Role, meeting_roles
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.acts import VERBS
from zhouzhouhui.wording.refusals import remedies, sentence

from .desk_cards import meeting_head
from .desk_fields import moment_field
from .gate import TownRequest, gate
from .spoken import say_name

CONVENING = ("office", "leader", "cadre", "host", "recorder")
OFFERED = ("appoint_host", "appoint_recorder", "move_meeting", "cancel_meeting")


class Styled(forms.Form):
    """A form of the office: fields of one look."""

    lead: str | Promise = ""

    def __init__(self, *args: Any, convened: Convened | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.convened = convened
        self.offer()
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.setdefault("class", "input")

    def offer(self) -> None:
        """Fill in what can be chosen."""


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("理由"), help_text=_("会公开。"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), strip=False
    )


class Move(Styled):
    """改期."""

    lead = _("要早于再下一次会；到期的事跟着走。晚于再下一次会，就是取消。")
    scheduled_at = moment_field(_("改到什么时候"))
    place = forms.CharField(label=_("地点"), help_text=_("不改就空着。"), max_length=120, required=False)
    reason = _reason()


class Cancel(Styled):
    """取消."""

    lead = _("到期的事都到下一次会，丢掉的这次算不准时。马上公布，门口要贴。")
    reason = _reason()


class Appoint(Styled):
    """指定主持人、记录员."""

    person = forms.ChoiceField(label=_("请谁"))
    is_deputy = forms.BooleanField(label=_("只代主持涉及主持人本人的那几件"), required=False)

    def offer(self) -> None:
        """Those with a mandate that allows it."""
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField) and self.convened is not None
        person.choices = [(str(p.id), p.name) for p in hosts_to_choose(self.convened.meeting)]


class AppointRecorder(Appoint):
    """记录员没有代的."""

    def offer(self) -> None:
        """Without the deputy."""
        super().offer()
        del self.fields["is_deputy"]


class Call(Styled):
    """加开一次会."""

    community = forms.ChoiceField(label=_("哪个村居"))
    scheduled_at = moment_field(_("什么时候"))
    place = forms.CharField(label=_("在哪里"), max_length=120)


ACTS: dict[str, tuple[Callable[..., Any], type[Styled]]] = {
    "appoint_host": (appoint_host, Appoint),
    "appoint_recorder": (appoint_recorder, AppointRecorder),
    "move_meeting": (move_meeting, Move),
    "cancel_meeting": (cancel_meeting, Cancel),
}


def _scope(request: TownRequest) -> Scope:
    return scope_of(request.actor, day=day_in_china(timezone.now()))


@gate(*CONVENING)
def meetings(request: TownRequest) -> HttpResponse:
    """GET /desk/meetings/: what is coming, and whose minutes are not published yet."""
    now, scope = timezone.now(), _scope(request)
    wanted = request.GET.get("community", "")[:8]
    rows = []
    for one in coming(scope, town_id=request.town.id, at=now, community=wanted):
        roles = meeting_roles(request.actor, one.facts, day_in_china(now))
        can = [v for v in OFFERED if may_take(v, state=MeetingState(one.meeting.state), roles=roles)]
        head = meeting_head(one.meeting, day_in_china(now), number=one.coming_number)
        rows.append({"one": one, "head": head, "can": can, "hall": bool(roles & {Role.HOST, Role.RECORDER})})
    hosting = who_hosted(scope, town_id=request.town.id, day=day_in_china(now))
    communities = [c for c in communities_of(request.town.id) if scope.everywhere or c.id in scope.communities]
    context = {
        "current": "meetings",
        "rows": rows,
        "unpublished": unpublished(scope, town_id=request.town.id),
        "hosting": [(one, _dots(one)) for one in hosting],
        "hosted": sum(len(one.did) for one in hosting),
        "may_host": sum(len(one.did) + len(one.never) for one in hosting),
        "communities": communities,
        "wanted": wanted,
        "may_call": any(role.value == "office" for role in scope.roles),
    }
    return render(request, "desk/meetings.html", context)


def _dots(one: Hosting) -> list[tuple[int, bool]]:
    """A dot for each who may host, full for who did."""
    return [(9 + 18 * place, place < len(one.did)) for place in range(len(one.did) + len(one.never))]


@gate(*CONVENING)
def act_on_meeting(request: TownRequest, meeting_id: UUID, verb: str) -> HttpResponse:
    """GET and POST /desk/meetings/<key>/<verb>/: one step in convening a meeting."""
    if verb not in ACTS:
        raise Http404
    convened = one_meeting(_scope(request), meeting_id, town_id=request.town.id)
    if convened is None:
        raise Http404
    run, form_class = ACTS[verb]
    form = form_class(request.POST if request.method == "POST" else None, convened=convened)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, verb, convened, status=422 if form.is_bound else 200)
    brought = dict(form.cleaned_data)
    if "person" in brought:
        brought["person"] = UUID(brought["person"])
    try:
        run(town_id=request.town.id, meeting_id=meeting_id, by=request.actor, at=timezone.now(), **brought)
    except Refused as refused:
        return _form_page(request, form, verb, convened, refused=refused, status=refused.status)
    said = _now("记下了：%(act)s。") % {"act": VERBS[verb]}
    messages.add_message(request, messages.SUCCESS, said, extra_tags="done")
    return redirect("desk_meetings")


@gate("office")
def call(request: TownRequest) -> HttpResponse:
    """GET and POST /desk/meetings/call/: one more meeting, beside the rhythm."""
    communities = communities_of(request.town.id)
    form = Call(request.POST if request.method == "POST" else None)
    field = form.fields["community"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(c.short_code, say_name(c)) for c in communities]
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, "call_meeting", None, status=422 if form.is_bound else 200)
    told = form.cleaned_data
    chosen = next(c for c in communities if c.short_code == told["community"])
    try:
        call_meeting(
            town_id=request.town.id, community_id=chosen.id, by=request.actor, at=timezone.now(),
            scheduled_at=told["scheduled_at"], place=told["place"],
        )  # fmt: skip
    except Refused as refused:
        return _form_page(request, form, "call_meeting", None, refused=refused, status=refused.status)
    return redirect("desk_meetings")


def _form_page(
    request: TownRequest, form: Styled, verb: str, convened: Convened | None, *, refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    today = day_in_china(timezone.now())
    context = {
        "current": "meetings",
        "form": form,
        "verb": verb,
        "convened": convened,
        "head": meeting_head(convened.meeting, today, number=convened.coming_number) if convened else "",
        "sentence": sentence(refused) if refused else "",
        "remedies": remedies(refused) if refused else [],
    }
    return render(request, "desk/meeting_act.html", context, status=status)
