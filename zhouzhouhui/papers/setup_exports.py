"""What a town is set up with, as rows in the columns of its templates. Telephones and passwords never leave."""

from zhouzhouhui.models import CalendarDay, Category, Community, Department, Person, Town
from zhouzhouhui.papers.setup_columns import COMMUNITY_KINDS, DAY_KINDS, ITSELF, LEVELS, ROLES, WEEKDAYS
from zhouzhouhui.papers.sheets_out import Cell


def _words(choices: dict[str, str]) -> dict[str, str]:
    return {value: label for label, value in choices.items()}


def communities(town: Town) -> list[list[Cell]]:
    """Every community that is not dissolved."""
    kinds, weekdays = _words(COMMUNITY_KINDS), _words(WEEKDAYS)
    return [
        [
            one.name, one.code, one.short_code, kinds[one.kind], weekdays[str(one.weekday)], one.meets_at, one.place,
            one.joins_on, one.is_pilot, "、".join(one.former_villages), one.name_en,
        ]
        for one in Community.objects.filter(town=town, dissolved_on=None).order_by("code")
    ]  # fmt: skip


def departments(town: Town) -> list[list[Cell]]:
    """Every department that is not dissolved."""
    levels = _words(LEVELS)
    return [
        [one.code, one.name, levels[one.level], one.phone, one.name_en]
        for one in Department.objects.filter(town=town, dissolved_on=None).order_by("code")
    ]


def people(town: Town) -> list[list[Cell]]:
    """Everybody who is in office, one row a mandate; telephone and password stay empty."""
    roles = _words(ROLES)
    rows: list[list[Cell]] = []
    everybody = Person.objects.filter(town=town, is_active=True).order_by("login")
    for one in everybody.prefetch_related("mandates__community", "mandates__department"):
        about: list[Cell] = [one.workplace, one.delegate_kind, "", one.email, ""]
        mandates = sorted(one.mandates.all(), key=lambda mandate: (mandate.starts_on, mandate.role))
        for mandate in mandates:
            where = mandate.community.short_code if mandate.community else ""
            department = mandate.department.code if mandate.department else ""
            term: list[Cell] = [mandate.title, mandate.starts_on, mandate.ends_on]
            rows.append([one.login, one.name, roles[mandate.role], where, department, *term, *about])
        if not mandates:
            rows.append([one.login, one.name, "", "", "", "", None, None, *about])
    return rows


def categories(town: Town) -> list[list[Cell]]:
    """Every category, retired ones too."""
    return [
        [
            one.code, one.name, one.parent.code if one.parent else "",
            one.owner_department.code if one.owner_department else ITSELF if one.owner_is_community else "",
            one.is_restricted, one.retired_on, one.name_en,
        ]
        for one in Category.objects.filter(town=town).select_related("parent", "owner_department").order_by("code")
    ]  # fmt: skip


def calendar(town: Town) -> list[list[Cell]]:
    """Every day of the town's own table."""
    kinds = _words(DAY_KINDS)
    return [[one.day, kinds[one.kind], one.note] for one in CalendarDay.objects.filter(town=town).order_by("day")]
