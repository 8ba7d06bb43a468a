"""What is written down when somebody comes to the office, rings up, or hands in a paper between two meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.actions.raise_matter import NewMatter
from zhouzhouhui.models import Category, Community
from zhouzhouhui.wording.states import CHANNELS

from .desk_fields import one_of, options
from .desk_forms import KIND_OPTIONS, codes_of
from .spoken import say_name

CHANNEL_OPTIONS = options(CHANNELS, "desk", "phone", "paper", "delegate")
LONGEST_LIST = 200


class RaiseAtDesk(forms.Form):
    """One thing, or a list of them from one person; who they are is theirs to tell."""

    community = forms.ChoiceField(label=_("哪个村居"))
    channel = one_of(_("怎么来的"), CHANNEL_OPTIONS)
    words = forms.CharField(
        label=_("原话"),
        help_text=_("照他说的记，不改不缩。一串事可以整段贴进来，点“拆成几件”。"),
        widget=forms.Textarea(attrs={"rows": 6, "class": "input input--said"}),
        required=False,
        strip=False,
    )
    listed = forms.FileField(label=_("清单文件"), help_text=_("文本、Excel 或 CSV，一行一件。"), required=False)
    photo = forms.FileField(
        label=_("纸质表的照片"),
        help_text=_("先拍照登记，字以后再录；照片不公开。"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    kind = forms.ChoiceField(label=_("性质"), choices=KIND_OPTIONS, initial="unknown", required=False)
    category = forms.ChoiceField(label=_("分类"), required=False)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    people_count = forms.IntegerField(label=_("涉及多少人"), min_value=1, max_value=1_000_000, required=False)
    request = forms.CharField(
        label=_("想要的结果"), required=False, widget=forms.Textarea(attrs={"rows": 2}), strip=False
    )
    legacy_since = forms.CharField(label=_("历史遗留，从什么时候起"), max_length=20, required=False)
    is_private = forms.BooleanField(label=_("个人的事：会上只念编号，公开页看不到"), required=False)
    hide = forms.CharField(
        label=_("话里提到的人名"), help_text=_("公开的文字里会隐去，用空格隔开。"), max_length=200, required=False
    )
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    address = forms.CharField(label=_("住址"), max_length=120, required=False)
    former_village = forms.CharField(label=_("原来哪个村"), max_length=60, required=False)
    is_under_14 = forms.BooleanField(label=_("不满 14 岁"), required=False)
    guardian = forms.CharField(label=_("监护人姓名"), max_length=60, required=False)
    filled_in_by = forms.CharField(label=_("谁代填的"), max_length=60, required=False)
    consent = forms.BooleanField(label=_("已经告诉他这些用来做什么，他同意留下"), required=False)

    ABOUT_ONE = ("kind", "category", "place", "people_count", "request", "legacy_since", "is_private", "hide")
    ABOUT_WHO = ("name", "phone", "address", "former_village", "is_under_14", "guardian", "filled_in_by", "consent")

    def __init__(
        self, *args: Any, communities: Sequence[Community], categories: Sequence[Category], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        where, what = self.fields["community"], self.fields["category"]
        assert isinstance(where, forms.ChoiceField) and isinstance(what, forms.ChoiceField)
        where.choices = [(c.short_code, say_name(c)) for c in communities]
        what.choices = [("", _("未分类")), *codes_of(categories)]
        for field in self.fields.values():
            if not isinstance(field.widget, (forms.RadioSelect, forms.CheckboxInput)):
                field.widget.attrs.setdefault("class", "input")

    def speaker(self) -> Speaker | None:
        """Who spoke, as far as they told it."""
        told = self.cleaned_data
        return Speaker(
            name=told["name"],
            phone=told["phone"],
            address=told["address"],
            former_village=told["former_village"],
            is_under_14=told["is_under_14"],
            guardian=told["guardian"],
            notice=told["consent"],
            consent=told["consent"],
        )

    def item(self, key: UUID, *, words: str, photos: tuple[tuple[str, str, str], ...] = ()) -> NewMatter:
        """One thing with everything the form tells about it."""
        told = self.cleaned_data
        return NewMatter(
            id=key,
            words=words,
            kind=told["kind"] or "unknown",
            category=told["category"],
            request=told["request"],
            place=told["place"],
            people_count=told["people_count"],
            is_legacy=bool(told["legacy_since"]),
            legacy_since=told["legacy_since"],
            is_private=told["is_private"],
            hide=tuple(told["hide"].split()),
            photos=photos,
            filled_in_by=told["filled_in_by"],
        )


@dataclass
class LineTyped:
    """One line of a list as it stands on the preview."""

    key: str
    words: str
    kind: str = "unknown"
    category: str = ""
    is_private: bool = False
    fault: str = ""
    is_dropped: bool = False
