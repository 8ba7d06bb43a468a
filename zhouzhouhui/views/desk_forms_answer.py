"""Forms for answers, promises and what was recorded: drafts, restricted answers, evidence, corrections, photos."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.outside import photos
from zhouzhouhui.rules.outcomes import ANSWERS, PROMISES, Outcome
from zhouzhouhui.wording.states import OUTCOMES

from .desk_fields import day_field, long, one_of
from .desk_forms import COMMUNITY, KIND_OPTIONS, DeskForm, codes_of, people_of
from .spoken import say_name

ORDER = ("A1", "A2", "A3", "B", "C", "D1", "D2")
# A day named together with "before" or "by" is a promise, however the answer is classed.
PROMISED_DAY = re.compile(
    r"(?:\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]|底|份|中旬|下旬)|月底|年底|年内|下周|下个月|本周)[^。；，]{0,6}前"
)


class Draft(DeskForm):
    """起草答复: what is read out in the hall."""

    button = _("送审签")
    outcome = one_of(_("办理结果"), [(code, OUTCOMES[code]) for code in ORDER if Outcome(code) in ANSWERS])
    words = long(_("会上念的话"), _("像当面说话那样写。第一句就说结果。"), rows=6)
    basis = long(_("依据"), _("选“解释说明”必填，会公开：哪个文件、第几条。"), rows=2, required=False)
    promise_on = day_field(
        _("答应的日期"), _("选“正在解决”“列入计划”必填，会公开；到日子自动回到会上。"), required=False
    )
    owner = forms.ChoiceField(label=_("谁来办到"), required=False, help_text=_("不选就是主办单位。"))
    no_promise = forms.BooleanField(label=_("话里的日期不是答应的日期"), required=False)

    def offer(self) -> None:
        """It begins with the draft that stands, so that one sent back is gone on with."""
        rows = [(d.code, say_name(d)) for d in self.dossier.departments.values() if d.dissolved_on is None]
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("主办单位")), (COMMUNITY, say_name(self.matter.community)), *rows]
        draft = self.dossier.standing_draft
        if draft is not None:
            for name in ("outcome", "words", "basis", "promise_on"):
                self.initial.setdefault(name, getattr(draft, name))
            own = COMMUNITY if draft.owner_is_community else ""
            self.initial.setdefault("owner", draft.owner_department.code if draft.owner_department else own)

    def clean(self) -> dict[str, Any]:
        """A date hidden in an explanation is a promise all the same."""
        told = super().clean() or {}
        outcome, words = told.get("outcome", ""), told.get("words", "")
        found = PROMISED_DAY.search(words)
        if outcome and Outcome(outcome) not in PROMISES and found and not told.get("no_promise"):
            said = _(
                "话里写了“%(day)s”：写了日期就是承诺。请改成“正在解决”或“列入计划”，或把日期拿掉；不是承诺的，请在下面勾一下。"
            )
            self.add_error("words", said % {"day": found[0]})
        return told

    def answer(self) -> Answer:
        """The answer as it stands in the fields."""
        told = self.cleaned_data
        owner = told["owner"]
        return Answer(
            outcome=told["outcome"],
            words=told["words"],
            basis=told["basis"],
            promise_on=told["promise_on"],
            owner_department=self.dossier.departments[owner].id if owner and owner != COMMUNITY else None,
            owner_is_community=owner == COMMUNITY,
        )

    def brought(self) -> dict[str, Any]:
        """One answer."""
        return {"answer": self.answer()}


class AnswerRestricted(Draft):
    """限阅答复: outside the hall, to the person."""

    button = _("记下这次答复")
    words = long(_("告诉他的话"), rows=6)
    told_on = day_field(_("哪天当面告诉他的"))

    def brought(self) -> dict[str, Any]:
        """The answer, and the day."""
        return {"answer": self.answer(), "told_on": self.cleaned_data["told_on"]}


class ToldOn(DeskForm):
    """A restricted decision, told to the person."""

    told_on = day_field(_("哪天当面告诉他的"))


class WithPhoto(DeskForm):
    """A form with a photo; the picture is read and drawn anew before anything is kept."""

    has_files = True

    def clean_photo(self) -> photos.Photo | None:
        """The photo without what the telephone wrote into it, or a sentence about what is wrong with it."""
        upload = self.cleaned_data.get("photo")
        if upload is None:
            return None
        try:
            return photos.take_photo(upload.read())
        except photos.PhotoRefused as refused:
            raise forms.ValidationError(PHOTO_FAULTS.get(refused.code, PHOTO_FAULTS["broken"])) from refused


PHOTO_FAULTS = {
    "empty": _("这个文件是空的。请重新选一张照片。"),
    "too_large": _("照片太大了。请选一张小一点的，或者用手机重拍。"),
    "not_an_image": _("这个文件不是照片。请选 JPG、PNG 或手机拍的照片。"),
    "too_many_pixels": _("照片的尺寸太大了。请选一张小一点的。"),
    "broken": _("照片打不开，可能没有传完。请再选一次。"),
}


def photo_field(*, required: bool = False) -> forms.FileField:
    """A photo from a file or straight from the camera."""
    widget = forms.FileInput(attrs={"accept": "image/*"})
    return forms.FileField(label=_("照片"), required=required, widget=widget, help_text=_("人脸和车牌请先避开。"))


class Kept(WithPhoto):
    """承诺办到: evidence and the day."""

    button = _("记下办到了")
    lead = _("下一次会上会念出来：答应的事办到了。")
    evidence = long(_("办到的凭据"), _("做了什么，谁验的。会公开。"))
    done_on = day_field(_("哪天办到的"))
    photo = photo_field()
    is_public = forms.BooleanField(label=_("照片可以公开"), required=False)


class AddPhoto(WithPhoto):
    """加照片."""

    photo = photo_field(required=True)
    purpose = one_of(
        _("是什么照片"), [("before", _("办之前")), ("after", _("办之后")), ("form", _("纸质表（不公开）"))]
    )
    is_public = forms.BooleanField(label=_("可以公开"), required=False)


class Mask(DeskForm):
    """遮挡: what the public reads."""

    lead = _("原话一字不动；这里改的只是公开页上看到的。")
    public_words = long(_("公开的文字"), rows=5)
    reason = long(_("为什么"), rows=2, required=False)

    def offer(self) -> None:
        """It begins with the text as it is masked now."""
        self.initial.setdefault("public_words", self.matter.public_words)


class Restrict(DeskForm):
    """标为限阅."""

    needs = "people"
    button = _("转到限阅专岗")
    lead = _("涉及到人的事，从现在起只有限阅专岗和主办看得到；涉及的人自己看不到。")
    concerns = forms.MultipleChoiceField(label=_("涉及谁"), required=False, widget=forms.CheckboxSelectMultiple)

    def offer(self) -> None:
        """Those in office."""
        concerns = self.fields["concerns"]
        assert isinstance(concerns, forms.MultipleChoiceField)
        concerns.choices = people_of(self.offered)

    def brought(self) -> dict[str, Any]:
        """Their keys."""
        return {"concerns": [UUID(key) for key in self.cleaned_data["concerns"]]}


class Substitute(DeskForm):
    """指定代办人."""

    needs = "people"
    lead = _("办公室或领导自己被涉及的，另请一位来办。")
    substitute = forms.ChoiceField(label=_("请谁来办"))

    def offer(self) -> None:
        """Those in office whom it does not concern."""
        substitute = self.fields["substitute"]
        assert isinstance(substitute, forms.ChoiceField)
        substitute.choices = people_of(p for p in self.offered if p.id not in self.dossier.concerns)

    def brought(self) -> dict[str, Any]:
        """Their key."""
        return {"substitute": UUID(self.cleaned_data["substitute"])}


class Correct(DeskForm):
    """更正记录: a later line that shows both."""

    needs = "categories"
    lead = _("记下的不改：更正是另外一行，两边都看得到。")
    words = long(_("原话"), _("录错了、或是纸质表还没有录，写在这里。"), rows=5, required=False)
    kind = forms.ChoiceField(label=_("性质"), choices=KIND_OPTIONS, required=False)
    category = forms.ChoiceField(label=_("分类"), required=False)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    people_count = forms.IntegerField(label=_("涉及多少人"), min_value=1, required=False)
    is_legacy = forms.BooleanField(label=_("历史遗留"), required=False)
    legacy_since = forms.CharField(label=_("从什么时候起"), max_length=20, required=False)
    reason = long(_("为什么更正"), rows=2)

    def offer(self) -> None:
        """It begins with what is recorded."""
        category = self.fields["category"]
        assert isinstance(category, forms.ChoiceField)
        category.choices = [("", _("未分类")), *codes_of(self.offered)]
        for name in ("words", "kind", "place", "people_count", "is_legacy", "legacy_since"):
            self.initial.setdefault(name, getattr(self.matter, name))
        self.initial.setdefault("category", self.matter.category.code if self.matter.category else "")

    def brought(self) -> dict[str, Any]:
        """Only what differs from the record."""
        told = dict(self.cleaned_data)
        changed = {name: told[name] for name in self.changed_data if name != "reason" and told.get(name) is not None}
        return {"reason": told["reason"], **changed}
