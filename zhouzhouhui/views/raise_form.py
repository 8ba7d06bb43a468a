"""The form for raising something between meetings: everything about oneself may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhouzhouhui.models import Category
from zhouzhouhui.outside.keyring import NotAPhone, normalise_phone
from zhouzhouhui.wording.states import KINDS

from .spoken import say_name

KIND_ORDER = ("question", "request", "complaint", "suggestion", "praise", "report")
MOST_WORDS = 5000


class RaiseForm(forms.Form):
    """What is raised, and whatever the raiser wants to tell about themselves."""

    words = forms.CharField(
        label=_("您要说的事"),
        max_length=MOST_WORDS,
        help_text=_("怎么说就怎么写，一字不改地记下来。说清楚在哪里、什么时候、影响到谁，就好办。"),
        widget=forms.Textarea(attrs={"class": "input input--said", "rows": 6}),
        error_messages={
            "required": _("还没有写您要说的事。写一句就行。"),
            "max_length": _("太长了，最多 %(limit_value)d 个字，现在是 %(show_value)d 个。请分成两件提。"),
        },
    )
    kind = forms.ChoiceField(label=_("是哪一种"), required=False, widget=forms.RadioSelect)
    category = forms.ChoiceField(
        label=_("属于哪一类"),
        required=False,
        help_text=_("不知道就空着，工作人员会归类。"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    place = forms.CharField(
        label=_("在哪里"),
        max_length=120,
        required=False,
        help_text=_("楼号、路口、店名都行。门牌号在公开页上会隐去。"),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    people_count = forms.IntegerField(
        label=_("大约涉及多少人"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "input input--short", "inputmode": "numeric"}),
    )
    photo = forms.FileField(
        label=_("照片"),
        required=False,
        help_text=_("手机拍的就行，最多一张。照片里的位置信息会去掉。"),
        widget=forms.ClearableFileInput(attrs={"class": "input", "accept": "image/*"}),
    )
    is_private = forms.BooleanField(label=_("这是我家的私事，不要公开内容"), required=False)
    name = forms.CharField(
        label=_("称呼"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("手机号"),
        max_length=30,
        required=False,
        help_text=_("留了手机号，办的人能先联系您；回执丢了也能补。"),
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "tel", "autocomplete": "tel"}),
    )
    filled_in_by = forms.CharField(
        label=_("替别人填的话，您是谁"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    is_under_14 = forms.BooleanField(label=_("提的人不满 14 周岁"), required=False)
    guardian = forms.CharField(
        label=_("监护人的称呼"),
        max_length=60,
        required=False,
        help_text=_("不满 14 周岁的，要由监护人同意。"),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    consent = forms.BooleanField(label=_("我看过上面的告知，同意这样使用我留下的称呼和手机号"), required=False)

    def __init__(self, *args: Any, categories: Sequence[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [*((code, KINDS[code]) for code in KIND_ORDER), ("", _("说不好"))]
        shown: Any = self.fields["category"]
        shown.choices = [("", _("不知道")), *_grouped(categories)]

    def clean_phone(self) -> str:
        """A number that can be called, or nothing."""
        raw: str = self.cleaned_data["phone"].strip()
        if raw:
            try:
                normalise_phone(raw)
            except NotAPhone:
                raise forms.ValidationError(_("这不像电话号码。手机号是 11 位数字，也可以不留。")) from None
        return raw

    def clean(self) -> dict[str, Any]:
        """Contact data needs consent; a child needs a guardian (个人信息保护法 art. 13, 31)."""
        cleaned: dict[str, Any] = super().clean() or {}
        told = cleaned.get("name") or cleaned.get("phone") or cleaned.get("guardian")
        if told and not cleaned.get("consent"):
            self.add_error("consent", _("留了称呼或手机号，就要先同意上面的告知。不同意也可以提：把称呼和手机号空着。"))
        if cleaned.get("is_under_14") and not cleaned.get("guardian"):
            self.add_error("guardian", _("请写上监护人的称呼；或者请大人来提。"))
        return cleaned


def _grouped(categories: Sequence[Category]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories on two levels, as the select shows them."""
    tops = [c for c in categories if c.parent_id is None]
    return [
        (
            say_name(top),
            [(c.code, say_name(c)) for c in categories if c.parent_id == top.id] or [(top.code, say_name(top))],
        )
        for top in tops
    ]
