"""Forms of the set-up desk. They only read what was typed; what the institution refuses is refused by the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhouzhouhui.wording.acts import ROLES
from zhouzhouhui.wording.setup_words import COMMUNITY_KINDS, DAY_KINDS, LEVELS, WEEKDAYS

Choices = Sequence[tuple[str, str]]
MANDATES = ("office", "leader", "cadre", "host", "recorder", "officer", "delegate", "auditor", "administrator")


def choices_of(words: Any, *keys: str) -> list[tuple[str, Any]]:
    """The words of a table as choices, all of them or those named."""
    return [(key, words[key]) for key in (keys or words)]


class DayInput(forms.DateInput):
    """A date as the browser's own calendar gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """An hour as the browser gives it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PaperForm(forms.Form):
    """A form in the look of the house; a field whose key the refusal names shows the refusal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"label_suffix": ""}))
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
                field.widget.attrs.setdefault("class", "input")


class TownForm(PaperForm):
    """The town's facts and settings."""

    name = forms.CharField(label=_("名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    district = forms.CharField(label=_("所属区县"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False, help_text=_("印在回执和公开页上。"))
    working_days_before = forms.IntegerField(
        label=_("会前提出的最少工作日"),
        min_value=0,
        max_value=10,
        help_text=_("两次会之间提的事，到最近一次会至少隔这么多个工作日，才在那次会到期；不够就到再下一次。"),
    )
    restricted_days = forms.IntegerField(
        label=_("限阅事项的办理天数"),
        min_value=5,
        max_value=60,
        help_text=_("限阅事项不上会，从登记那天起按这个天数办。"),
    )
    meeting_minutes = forms.IntegerField(label=_("一次会的分钟数"), min_value=30, max_value=240)
    require_second_factor = forms.BooleanField(
        label=_("办公室、分管领导、管理员登录要用第二重验证（只有管理员能改）"), required=False
    )


class HostsForm(PaperForm):
    """The names the town is reached by."""

    hosts = forms.CharField(
        label=_("网址域名"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个，不写 http 和斜线。不在这里的名字打不开本镇的页面。"),
    )


class CommunityForm(PaperForm):
    """A community's facts and rhythm."""

    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=choices_of(COMMUNITY_KINDS))
    weekday = forms.TypedChoiceField(
        label=_("星期几开会"),
        choices=choices_of(WEEKDAYS),
        coerce=int,
        help_text=_("每两周一次。遇法定假日顺延，系统自己排。"),
    )
    meets_at = forms.TimeField(label=_("几点开会"), widget=ClockInput())
    place = forms.CharField(label=_("地点"), max_length=120)
    joins_on = forms.DateField(label=_("加入日期"), widget=DayInput(), help_text=_("第一次会在这天或以后。"))
    is_pilot = forms.BooleanField(label=_("试点村居"), required=False)
    former_villages = forms.CharField(
        label=_("原村组"), required=False, max_length=300, help_text=_("合并前的村名、组名，用顿号隔开。")
    )
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)


class NewCommunityForm(CommunityForm):
    """A community that joins."""

    field_order = ("name", "code", "short_code")
    code = forms.CharField(label=_("区划代码"), max_length=12, help_text=_("12 位数字，定了就不能改。"))
    short_code = forms.CharField(
        label=_("短码"), max_length=8, help_text=_("2 到 8 个字母或数字，印在每件事的编号前面，定了就不能改。")
    )


class DepartmentForm(PaperForm):
    """A department's facts."""

    name = forms.CharField(label=_("名称"), max_length=60)
    level = forms.ChoiceField(label=_("层级"), choices=choices_of(LEVELS))
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)


class NewDepartmentForm(DepartmentForm):
    """A new department."""

    field_order = ("code",)
    code = forms.CharField(label=_("代码"), max_length=20, help_text=_("镇里自己定，不重复，定了就不能改。"))


class DissolveForm(PaperForm):
    """Who takes over what a dissolved department owes."""

    successor = forms.ChoiceField(label=_("由谁接手"), required=False, help_text=_("手上还有没办完的事，就必须选。"))
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)

    def __init__(self, *args: Any, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = [("", _("没有接手的单位")), *departments]  # type: ignore[attr-defined]


class PersonForm(PaperForm):
    """What is known of a person."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    workplace = forms.CharField(label=_("工作单位"), max_length=120, required=False)
    delegate_kind = forms.CharField(
        label=_("代表类别"), max_length=40, required=False, help_text=_("人大代表、党代表、政协委员等。")
    )
    phone = forms.CharField(
        label=_("电话"), max_length=40, required=False, help_text=_("加密保存，不公开。空着就不改；写“删除”就去掉。")
    )
    email = forms.EmailField(label=_("邮箱"), required=False)


class NewPersonForm(PersonForm):
    """A new person."""

    field_order = ("login", "name")
    login = forms.CharField(label=_("登录名"), max_length=40, help_text=_("没有空格和斜线，定了就不能改。"))
    password = forms.CharField(
        label=_("初始密码"),
        required=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符。不登录的人（如名册上的代表）空着。"),
    )


class PasswordForm(PaperForm):
    """A new password, or none."""

    password = forms.CharField(
        label=_("新密码"),
        required=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符。空着提交，这个人就不能再登录。"),
    )


class MandateForm(PaperForm):
    """A role in a scope for a term."""

    role = forms.ChoiceField(label=_("职务"), choices=choices_of(ROLES, *MANDATES))
    community = forms.ChoiceField(
        label=_("村居"), required=False, help_text=_("村居干部必选；主持人、记录员、代表可选。")
    )
    department = forms.ChoiceField(label=_("承办单位"), required=False, help_text=_("承办单位经办人必选。"))
    title = forms.CharField(label=_("头衔"), max_length=60, required=False)
    starts_on = forms.DateField(label=_("任期开始"), widget=DayInput())
    ends_on = forms.DateField(
        label=_("任期结束"), widget=DayInput(), required=False, help_text=_("最后一天。没有期限就空着。")
    )

    def __init__(self, *args: Any, communities: Choices, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = [("", _("不限村居")), *communities]  # type: ignore[attr-defined]
        self.fields["department"].choices = [("", _("不限单位")), *departments]  # type: ignore[attr-defined]


class EndForm(PaperForm):
    """The last day of a mandate."""

    mandate = forms.UUIDField(widget=forms.HiddenInput())
    ends_on = forms.DateField(label=_("最后一天"), widget=DayInput())


class HandOverForm(PaperForm):
    """Who takes over when somebody leaves."""

    successor = forms.CharField(
        label=_("接手人的登录名"),
        required=False,
        max_length=40,
        help_text=_("手上没有事、职务也有别人担着，才可以空着。"),
    )
    left_on = forms.DateField(label=_("离任的日期"), widget=DayInput())


class CategoryForm(PaperForm):
    """A category and who answers for it."""

    code = forms.CharField(label=_("代码"), max_length=20)
    name = forms.CharField(label=_("名称"), max_length=60)
    parent = forms.ChoiceField(label=_("属于哪个大类"), required=False)
    owner = forms.ChoiceField(label=_("默认归谁办"), required=False)
    is_restricted = forms.BooleanField(label=_("限阅：直接进限阅专岗，不上会、不公开"), required=False)
    retired_on = forms.DateField(
        label=_("停用日期"), widget=DayInput(), required=False, help_text=_("停用后不再供选，旧的事项不变。")
    )
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)

    def __init__(self, *args: Any, groups: Choices, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("自己就是大类")), *groups]  # type: ignore[attr-defined]
        owners = [("", _("还没有定")), ("community", _("村居自己")), *departments]
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]


class DaysForm(PaperForm):
    """One day, or several in a row, of the town's own calendar."""

    first = forms.DateField(label=_("从哪天"), widget=DayInput())
    last = forms.DateField(label=_("到哪天"), widget=DayInput(), required=False, help_text=_("只有一天就空着。"))
    kind = forms.ChoiceField(label=_("怎么安排"), choices=choices_of(DAY_KINDS))
    note = forms.CharField(label=_("备注"), max_length=60, required=False)


class SheetForm(PaperForm):
    """A sheet to import."""

    sheet = forms.FileField(
        label=_("表格文件"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text=_("先试一遍给您看，确认了才写入。"),
    )
