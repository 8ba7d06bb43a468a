"""Forms of the desk: one for each act that a member of staff takes on a matter. They only gather; the rules decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhouzhouhui.actions.assign_matter import Lead
from zhouzhouhui.models import Category, Matter, Person
from zhouzhouhui.queries.desk_matter import Dossier
from zhouzhouhui.text.list_split import split_with_lead
from zhouzhouhui.wording.states import CONTENT, KINDS, LEVELS, ROUTES, SOLVED
from zhouzhouhui.wording.steps import CONTACTS

from .desk_fields import Options, day_field, long, moment_field, one_of, options
from .spoken import say_name

COMMUNITY = "community"


class DeskForm(forms.Form):
    """A form that knows its act. ``brought`` are the keyword arguments the action gets."""

    button: str | Promise = _("记下")
    lead: str | Promise = ""  # one sentence above the fields
    is_promise = False
    needs: str = ""  # what must be read to offer choices: people, categories
    has_files = False

    def __init__(self, *args: Any, dossier: Dossier, offered: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier, self.offered = dossier, offered
        self.offer()
        for field in self.fields.values():
            if not isinstance(field.widget, (forms.RadioSelect, forms.CheckboxInput, forms.CheckboxSelectMultiple)):
                field.widget.attrs.setdefault("class", "input")

    @property
    def matter(self) -> Matter:
        """The matter the act is taken on."""
        return self.dossier.matter

    def offer(self) -> None:
        """Fill in what can be chosen, and what the fields begin with."""

    def brought(self) -> dict[str, Any]:
        """The keyword arguments of the action; by default the cleaned fields."""
        return dict(self.cleaned_data)


class JustDo(DeskForm):
    """An act that brings nothing but itself."""


class Reason(DeskForm):
    """An act that brings its reason."""

    reason = long(_("理由"))


class Words_(DeskForm):
    """An act that brings words."""

    words = long(_("写在这里"))


class Assign(DeskForm):
    """交办: a route, one lead, any number assisting."""

    button = _("交办")
    route = forms.ChoiceField(
        label=_("处理路径"), choices=options(ROUTES, *[r for r in ROUTES if r not in ("spot", "on_the_spot")])
    )
    to = forms.ChoiceField(label=_("主办"), help_text=_("只有一家主办；它在会上答。"))
    assisting = forms.MultipleChoiceField(label=_("会办"), required=False, widget=forms.CheckboxSelectMultiple)
    reason = long(_("理由"), _("换主办、换路径要写理由；第一次交办可以不写。"), rows=2, required=False)

    def offer(self) -> None:
        """The town's departments, and the community itself; the category's owner is offered first."""
        matter = self.matter
        rows = [(d.code, say_name(d)) for d in self.dossier.departments.values() if d.dissolved_on is None]
        to, assisting = self.fields["to"], self.fields["assisting"]
        assert isinstance(to, forms.ChoiceField) and isinstance(assisting, forms.MultipleChoiceField)
        to.choices = [("", _("请选")), (COMMUNITY, say_name(matter.community)), *rows]
        assisting.choices = rows
        by_id = {d.id: d.code for d in self.dossier.departments.values()}
        lead = matter.lead_department_id or (matter.category.owner_department_id if matter.category else None)
        own = matter.lead_is_community or bool(matter.category and matter.category.owner_is_community)
        self.initial.setdefault("to", by_id.get(lead, "") if lead else COMMUNITY if own else "")
        self.initial.setdefault(
            "route", matter.asked_route or matter.route or (COMMUNITY if own and not lead else "town")
        )
        self.initial.setdefault("assisting", [d.code for d in self.dossier.assisting])

    def brought(self) -> dict[str, Any]:
        """Codes become keys."""
        told, departments = self.cleaned_data, self.dossier.departments
        lead = Lead(community=True) if told["to"] == COMMUNITY else Lead(department=departments[told["to"]].id)
        assisting = [departments[code].id for code in told["assisting"]]
        return {"route": told["route"], "lead": lead, "assisting": assisting, "reason": told["reason"]}


class Contacted(DeskForm):
    """先行联系: how and when."""

    button = _("记下这次联系")
    manner = one_of(_("怎么联系的"), options(CONTACTS))
    contacted_at = moment_field(_("什么时候"))
    words = long(_("说了什么"), _("只有办事的人看得到。"), rows=3, required=False)


class RuleOnReturn(DeskForm):
    """裁定退单."""

    button = _("裁定")
    granted = one_of(_("裁定"), [("yes", _("准予退回，重新交办")), ("no", _("不准退回，继续办"))])
    reason = long(_("理由"))

    def brought(self) -> dict[str, Any]:
        """Yes and no as truth."""
        return {"granted": self.cleaned_data["granted"] == "yes", "reason": self.cleaned_data["reason"]}


class Shelve(DeskForm):
    """挂账."""

    lead = _("挂账不是了结：它一直算在总数里，到复看的日子自己回到会上。")
    reason = long(_("为什么暂时办不了"), _("会公开，也要在会上念。"))
    level = one_of(_("卡在哪一级"), options(LEVELS))
    review_on = day_field(_("哪天复看"), _("最晚三个月以内。"))


class Review(DeskForm):
    """复看挂账."""

    onward = one_of(_("怎么办"), [("resume", _("能办了，重新办")), ("shelve", _("还是办不了，继续挂账"))])
    reason = long(_("理由"))
    review_on = day_field(_("下次哪天复看"), _("继续挂账才填；最晚三个月以内。"), required=False)

    def brought(self) -> dict[str, Any]:
        """Resuming brings no date."""
        told = self.cleaned_data
        return {"reason": told["reason"], "review_on": told["review_on"] if told["onward"] == "shelve" else None}

    def clean(self) -> dict[str, Any]:
        """To stay shelved it needs its day."""
        told = super().clean() or {}
        if told.get("onward") == "shelve" and not told.get("review_on"):
            self.add_error("review_on", _("继续挂账，要写下次复看的日子。"))
        return told


class Refer(DeskForm):
    """引导到法定途径."""

    lead = _("这不是答复：会上要念出来，念过才算。")
    path = forms.CharField(label=_("走哪条法定途径"), help_text=_("比如诉讼、仲裁、行政复议、信访。"), max_length=200)
    reason = long(_("为什么"))


class Decline(DeskForm):
    """不予受理."""

    lead = _("会上要当众念出理由和去处。")
    reason = long(_("为什么不受理"))
    instead = forms.CharField(label=_("请他去哪里"), max_length=300)


class Reopen(DeskForm):
    """重新提起."""

    new_facts = long(_("有什么新情况"))


class Split(DeskForm):
    """拆分."""

    lead = _("一口气说了几件事，就拆成几件，各有各的号，都在同一次会上答。第一件留用原来的号。")
    parts = long(_("拆成哪几件"), _("一件一段，中间空一行；或者每行前面写 1、2、3。原话不要改。"), rows=8)

    def offer(self) -> None:
        """It begins with the words as they are."""
        self.initial.setdefault("parts", self.matter.words)

    def brought(self) -> dict[str, Any]:
        """The list as its items."""
        found = split_with_lead(self.cleaned_data["parts"])
        if found.lead and found.items:  # whatever introduced the list stays with its first part
            return {"parts": [f"{found.lead}\n{found.items[0]}", *found.items[1:]]}
        return {"parts": found.items}


class Chosen(DeskForm):
    """Other matters, out of those that look alike."""

    several = False
    needs = "alike"

    def offer(self) -> None:
        """What was found to choose from; one matter or several."""
        rows = [(str(m.id), f"{m.community.short_code}-{m.number}　{m.words}") for m in self.offered]
        kind = forms.MultipleChoiceField if self.several else forms.ChoiceField
        widget = forms.CheckboxSelectMultiple if self.several else forms.RadioSelect
        self.fields["others"] = kind(label=_("选哪一件"), choices=rows, widget=widget)

    def picked(self) -> list[UUID]:
        """Their keys."""
        told = self.cleaned_data["others"]
        return [UUID(key) for key in (told if isinstance(told, list) else [told])]


class Merge(Chosen):
    """并案."""

    button = _("并到选中的那件")
    lead = _("同一个村居、同一件事才并。每个提出人仍可各自评价；并案要在会上念出来。")

    def brought(self) -> dict[str, Any]:
        """The one it goes into."""
        return {"into": self.picked()[0]}


class Link(Chosen):
    """关联."""

    several, button = True, _("关联选中的")
    lead = _("同一个根子的事，也可以跨村居。各在各的会上答。")

    def brought(self) -> dict[str, Any]:
        """All of them."""
        return {"others": self.picked()}


class Accept(DeskForm):
    """代提出人记下：认可."""

    lead = _("您是代提出人记的：会另外计数，会告诉本人，本人 14 天内可以收回。")
    solved = one_of(_("解决没有"), options(SOLVED))
    manner = one_of(_("对办事态度"), options(CONTENT), required=False)
    result = one_of(
        _("对办理结果"),
        options(CONTENT, "satisfied", "basically"),
        _("不满意就是不认可，请用“不认可”。"),
        required=False,
    )


class Dispute(DeskForm):
    """代提出人记下：不认可."""

    lead = _("这件事会回到下一次会。")
    reason = long(_("他怎么说"), _("照他的原话记。"))
    manner = one_of(_("对办事态度"), options(CONTENT), required=False)


def codes_of(categories: Sequence[Category]) -> Options:
    """Every category by its code, a second-level one under the name of its first."""
    names = {c.id: say_name(c) for c in categories}
    above = {c.id: names.get(c.parent_id, "") if c.parent_id else "" for c in categories}
    return [(c.code, f"{above[c.id]} / {names[c.id]}" if above[c.id] else names[c.id]) for c in categories]


def people_of(people: Iterable[Person]) -> Options:
    """People by their keys."""
    return [(str(p.id), p.name) for p in people]


KIND_OPTIONS = options(KINDS)
