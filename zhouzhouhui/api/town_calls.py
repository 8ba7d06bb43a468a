"""Reading the town: figures, communities, departments, categories, people; and what a refusal's code means."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from zhouzhouhui.models import Category, Community, Department, Meeting, Person
from zhouzhouhui.queries.figures import figures
from zhouzhouhui.queries.references import community_named
from zhouzhouhui.queries.rolls import categories_roll, communities_roll, departments_roll, people_roll
from zhouzhouhui.rules.powers import Mandated
from zhouzhouhui.rules.refusals import Refused
from zhouzhouhui.rules.rhythm import day_in_china
from zhouzhouhui.wording.refusal_sentences import SENTENCES

from . import told_shapes as told
from .answers import answer, moment
from .callers import ANYBODY, STAFF, Call
from .problems import title_of

router = Router(tags=["镇与村居 town"])


class Figures(BaseModel):
    community: str = Field("", max_length=40, description="短码或区划代码 (short or 12-digit code)")


class People(BaseModel):
    after: str = Field("", max_length=40)
    size: int = Field(100, ge=1, le=200)


@router.get("/figures", auth=ANYBODY, summary="数字 · Figures", operation_id="figures", url_name="api_figures")
def read_figures(request: Call, wanted: Query[Figures]) -> HttpResponse:
    """Whole numbers and rates of the town, or of one community (short code or 12-digit code)."""
    town_id = request.town.id
    only = community_named(town_id, wanted.community).id if wanted.community else None
    return answer(figures(town_id=town_id, community_id=only).as_json())


@router.get(
    "/communities", auth=ANYBODY, response=told.Communities, summary="村居 · Communities", operation_id="communities"
)
def read_communities(request: Call) -> HttpResponse:
    """Every community with its rhythm, its next meeting and the head of its chain."""
    rows = [_community(community, coming) for community, coming in communities_roll(request.town.id)]
    return answer({"communities": rows})


@router.get(
    "/departments",
    auth=ANYBODY,
    response=told.Departments,
    summary="承办单位 · Departments",
    operation_id="departments",
)
def read_departments(request: Call) -> HttpResponse:
    """Every department that owes answers."""
    return answer({"departments": [_department(one) for one in departments_roll(request.town.id)]})


@router.get(
    "/categories", auth=ANYBODY, response=told.Categories, summary="分类 · Categories", operation_id="categories"
)
def read_categories(request: Call) -> HttpResponse:
    """What matters are about, on two levels, and who answers for it by default."""
    return answer({"categories": [_category(one) for one in categories_roll(request.town.id)]})


@router.get("/people", auth=STAFF, response=told.People, summary="人员 · People", operation_id="people")
def read_people(request: Call, wanted: Query[People]) -> HttpResponse:
    """People with their mandates, for whoever holds a mandate today."""
    caller = request.auth
    today = day_in_china(caller.at)
    if not any(m.holds(today) for m in caller.by.mandates):
        raise Refused("not_allowed", verb="people", who=sorted(role.value for role in Mandated))
    people = people_roll(request.town.id, after=wanted.after, size=wanted.size + 1)
    following = people[wanted.size - 1].login if len(people) > wanted.size else None
    return answer({"people": [_person(one) for one in people[: wanted.size]], "next": following})


@router.get(
    "/problems/{code}", auth=ANYBODY, response=told.Explained, summary="拒绝代码 · What a code means",
    operation_id="problem",
)  # fmt: skip
def read_problem(request: Call, code: str) -> HttpResponse:
    """The sentence of a refusal's code; names in braces are its facts."""
    if code not in SENTENCES:
        raise Refused("no_such_address")
    status = Refused(code).status
    return answer({"code": code, "status": status, "title": title_of(status), "sentence": str(SENTENCES[code])})


def _community(community: Community, coming: Meeting | None) -> dict[str, Any]:
    return {
        "id": community.id, "code": community.code, "short_code": community.short_code, "name": community.name,
        "name_en": community.name_en, "kind": community.kind, "is_pilot": community.is_pilot,
        "former_villages": community.former_villages, "joins_on": community.joins_on, "weekday": community.weekday,
        "meets_at": f"{community.meets_at:%H:%M}", "place": community.place, "dissolved_on": community.dissolved_on,
        "successor": community.successor.short_code if community.successor else None,
        "next_meeting": coming.id if coming else None, "next_at": moment(coming.scheduled_at) if coming else None,
        "head_seq": community.head.seq, "head_hash": community.head.hash,
    }  # fmt: skip


def _department(department: Department) -> dict[str, Any]:
    return {
        "id": department.id, "code": department.code, "name": department.name, "name_en": department.name_en,
        "level": department.level, "phone": department.phone, "dissolved_on": department.dissolved_on,
        "successor": department.successor.code if department.successor else None,
    }  # fmt: skip


def _category(category: Category) -> dict[str, Any]:
    owner = category.owner_department.code if category.owner_department else None
    return {
        "code": category.code, "parent": category.parent.code if category.parent else None, "name": category.name,
        "name_en": category.name_en, "owner": "community" if category.owner_is_community else owner,
        "is_restricted": category.is_restricted, "retired_on": category.retired_on,
    }  # fmt: skip


def _person(person: Person) -> dict[str, Any]:
    mandates = [
        {
            "role": m.role, "community": m.community.short_code if m.community else None,
            "department": m.department.code if m.department else None, "title": m.title,
            "starts_on": m.starts_on, "ends_on": m.ends_on,
        }
        for m in person.mandates.all()
    ]  # fmt: skip
    return {"id": person.id, "login": person.login, "name": person.name, "mandates": mandates}
