"""The columns of the sheets a town is set up with."""

from zhouzhouhui.models import Community, Department
from zhouzhouhui.papers.sheet_columns import Column
from zhouzhouhui.rules.calendar_days import DayKind
from zhouzhouhui.rules.powers import Mandated

WEEKDAYS = {f"星期{word}": str(number) for number, word in enumerate("一二三四五六日")}
COMMUNITY_KINDS = {"村": Community.VILLAGE, "居民区": Community.NEIGHBOURHOOD}
LEVELS = {"镇": Department.TOWN, "区": Department.DISTRICT}
DAY_KINDS = {
    "放假": DayKind.HOLIDAY.value,
    "调休上班": DayKind.MAKEUP_WORKDAY.value,
    "上班": DayKind.WORKDAY.value,
    "休息": DayKind.WEEKEND.value,
}
ROLES = {
    "办公室": Mandated.OFFICE.value,
    "分管领导": Mandated.LEADER.value,
    "村居干部": Mandated.CADRE.value,
    "主持人": Mandated.HOST.value,
    "记录员": Mandated.RECORDER.value,
    "经办人": Mandated.OFFICER.value,
    "代表委员": Mandated.DELEGATE.value,
    "审计员": Mandated.AUDITOR.value,
    "管理员": Mandated.ADMINISTRATOR.value,
}
ITSELF = "村居"  # who owns a category when no department does

COMMUNITIES = (
    Column("name", "名称", required=True, max_length=60, example="河东村"),
    Column("code", "区划代码", required=True, pattern=r"\d{12}", note="12 位数字", example="990112100201"),
    Column("short_code", "短码", required=True, pattern=r"[A-Za-z0-9]{2,8}", note="2 到 8 个字母或数字", example="HDC"),
    Column("kind", "类别", required=True, kind="choice", choices=COMMUNITY_KINDS, example="村"),
    Column("weekday", "星期几", required=True, kind="choice", choices=WEEKDAYS, example="星期三", note="每两周一次"),
    Column("meets_at", "几点开会", required=True, kind="time", example="18:30"),
    Column("place", "地点", required=True, max_length=120, example="村委会院子"),
    Column("joins_on", "加入日期", required=True, kind="date", example="2026-03-02", note="第一次会在这天或以后"),
    Column("is_pilot", "试点", kind="yes_no", example="是"),
    Column("former_villages", "原村组", kind="list", max_length=60, example="东塘、西塘"),
    Column("name_en", "英文名称", max_length=120, example="Hedong Village"),
)
DEPARTMENTS = (
    Column("code", "代码", required=True, max_length=20, example="SZS", note="镇里自己定，不重复"),
    Column("name", "名称", required=True, max_length=60, example="市政所"),
    Column("level", "层级", required=True, kind="choice", choices=LEVELS, example="镇"),
    Column("phone", "电话", max_length=40, example="021-00000000"),
    Column("name_en", "英文名称", max_length=120, example="Municipal office"),
)
PEOPLE = (
    Column("login", "登录名", required=True, pattern=r"[^\s/]{1,40}", example="zhangsan", note="没有空格和斜线"),
    Column("name", "姓名", required=True, max_length=60, example="张三"),
    Column("role", "职务", kind="choice", choices=ROLES, example="村居干部", note="一人几个职务就写几行"),
    Column("community", "村居", max_length=60, example="HDC", note="短码或名称；村居干部必填"),
    Column("department", "部门", max_length=60, note="代码或名称；经办人必填"),
    Column("title", "头衔", max_length=60, example="书记"),
    Column("starts_on", "任期开始", kind="date", example="2026-01-01", note="有职务就要填"),
    Column("ends_on", "任期结束", kind="date", note="最后一天；没有期限就空着"),
    Column("workplace", "工作单位", max_length=120, example="河东村村委会"),
    Column("delegate_kind", "代表类别", max_length=40, note="人大代表、党代表、政协委员等"),
    Column("phone", "电话", max_length=40, note="加密保存，不公开"),
    Column("email", "邮箱", max_length=254),
    Column("password", "初始密码", max_length=128, note="要登录的人才填，至少 10 个字符"),
)
CATEGORIES = (
    Column("code", "代码", required=True, max_length=20, example="0401"),
    Column("name", "名称", required=True, max_length=60, example="积水排水"),
    Column("parent", "上级代码", max_length=20, example="04", note="大类空着"),
    Column("owner", "默认归谁", max_length=60, example="SZS", note="部门的代码或名称，或写“村居”"),
    Column("is_restricted", "限阅", kind="yes_no", example="否", note="涉及干部的，直接进限阅专岗"),
    Column("retired_on", "停用日期", kind="date", note="停用后不再供选，旧的不变"),
    Column("name_en", "英文名称", max_length=120, example="Drainage"),
)
CALENDAR = (
    Column("day", "日期", required=True, kind="date", example="2027-01-01"),
    Column("kind", "安排", required=True, kind="choice", choices=DAY_KINDS, example="放假"),
    Column("note", "备注", max_length=60, example="元旦"),
)
