"""What the desks do between the meetings: assigning, first contact, returns, and the decisions no answer ends."""

from datetime import datetime, timedelta

from ..actions.assign_matter import Lead, assign_matter
from ..actions.decline_matter import decline_matter
from ..actions.give_opinion import give_opinion
from ..actions.merge_matter import merge_matter
from ..actions.record_contact import record_contact
from ..actions.refer_matter import refer_matter
from ..actions.request_return import request_return
from ..actions.rule_on_return import rule_on_return
from ..actions.shelve_matter import shelve_matter
from ..actions.take_assignment import take_assignment
from ..actions.urge import urge
from ..actions.withdraw_matter import withdraw_matter
from ..models import Department
from ..outside import keyring
from ..rules.powers import Actor
from ..rules.rhythm import day_in_china
from .answers import answer_at_desk
from .stage import Act, Life, Moment, Stage, state_of

DAY = timedelta(days=1)
ASSISTED, RETURNED, CONTACTED, NOT_REACHED = 0.08, 0.015, 0.3, 0.06
REVIEW_AFTER = timedelta(days=84)


def follow_up(stage: Stage, life: Life, at: datetime) -> None:
    """Put on the queue what the plan of the matter wants done before its next meeting."""
    next_day = stage.work_hours(day_in_china(at) + DAY)
    first: dict[str, Act] = {"withdrawn": withdraw, "declined": decline, "merged": merge}
    way = life.plan.way
    if way == "restricted":
        told_on = day_in_china(at) + DAY * stage.random.randrange(6, 11)
        stage.later(stage.work_hours(told_on), lambda t: answer_at_desk(stage, life, t))
    elif way != "restricted_open":
        act = first.get(way, assign)
        stage.later(next_day, lambda t: act(stage, life, t))


def assign(stage: Stage, life: Life, at: datetime) -> None:
    """Give the matter to whoever owns its category: the office to a department, a cadre to the community."""
    if state_of(life) != "raised":
        return  # answered on the spot
    category = stage.categories[life.plan.said.sentence.category]
    department = stage.department(category.owner_department_id)
    if department is None:
        by = life.lead = stage.cast_of(life).cadres[0]
        assign_matter(route="community", lead=Lead(community=True), **stage.on_matter(life, by, at))
    else:
        _to_department(stage, life, department, at)
    _after_assigning(stage, life, department, at)


def _to_department(stage: Stage, life: Life, department: Department, at: datetime) -> None:
    assisting = []
    if department.level == Department.DISTRICT or stage.chance(ASSISTED):
        helper = stage.random.choice([d for d in stage.departments.values() if d.level == Department.TOWN])
        assisting = [helper] if helper.id != department.id else []
    assign_matter(
        route=department.level, lead=Lead(department=department.id), assisting=[d.id for d in assisting],
        **stage.on_matter(life, stage.office, at),
    )  # fmt: skip
    life.lead = stage.officers[department.id]
    for helper in assisting:
        stage.later(at + DAY, _opinion(stage, life, stage.officers[helper.id]))


def _opinion(stage: Stage, life: Life, helper: Actor) -> Moment:
    def give(at: datetime) -> None:
        if state_of(life) == "assigned":
            give_opinion(words=stage.phrase("opinion"), **stage.on_matter(life, helper, at))

    return give


def _after_assigning(stage: Stage, life: Life, department: Department | None, at: datetime) -> None:
    next_day = stage.work_hours(day_in_china(at) + DAY)
    way = life.plan.way
    if way == "shelved":
        stage.later(next_day, lambda t: shelve(stage, life, t))
    elif way in ("referred", "referred_unread"):
        stage.later(next_day, lambda t: refer(stage, life, t))
    elif department is not None and stage.chance(RETURNED):
        stage.later(at + timedelta(hours=1), lambda t: ask_to_return(stage, life, t))
    elif life.plan.said.sentence.contact or stage.chance(CONTACTED):
        day = day_in_china(at) + DAY * stage.random.choice((0, 1, 1, 2, 3))
        stage.later(max(stage.work_hours(day), at + timedelta(hours=1)), lambda t: contact(stage, life, t))
    if way == "carried" and stage.chance(0.3):
        stage.later(at + DAY * 16, lambda t: remind(stage, life, t))


def ask_to_return(stage: Stage, life: Life, at: datetime) -> None:
    """The department asks to return it; the office rules that whoever was asked first leads (首接负责)."""
    assert life.lead is not None
    request_return(reason=stage.phrase("return_asked"), **stage.on_matter(life, life.lead, at))
    rule_on_return(
        granted=False,
        reason=stage.phrase("return_refused"),
        **stage.on_matter(life, stage.office, at + timedelta(hours=3)),
    )
    take_assignment(**stage.on_matter(life, life.lead, at + timedelta(hours=4)))


def contact(stage: Stage, life: Life, at: datetime) -> None:
    """First contact with the raiser; now and then nobody is reached."""
    if state_of(life) != "assigned":
        return
    assert life.lead is not None
    reached = not stage.chance(NOT_REACHED)
    words = life.plan.said.sentence.contact or stage.phrase("contact") if reached else stage.phrase("not_reached")
    manner = "phone" if "电话" in words else "visit" if "上门" in words or "看" in words else "talk"
    record_contact(
        manner=manner if reached else "not_reached", contacted_at=at - timedelta(minutes=30), words=words,
        **stage.on_matter(life, life.lead, at),
    )  # fmt: skip


def remind(stage: Stage, life: Life, at: datetime) -> None:
    """The raiser, by slip: it takes long."""
    raiser = Actor(slips=frozenset({keyring.code_lookup(life.code)}))
    urge(words=stage.phrase("urge"), **stage.on_matter(life, raiser, at))


def withdraw(stage: Stage, life: Life, at: datetime) -> None:
    """The raiser takes it back, by slip."""
    raiser = Actor(slips=frozenset({keyring.code_lookup(life.code)}))
    withdraw_matter(reason=stage.phrase("withdraw"), **stage.on_matter(life, raiser, at))


def decline(stage: Stage, life: Life, at: datetime) -> None:
    """The office declines and says where to go instead."""
    sentence = life.plan.said.sentence
    decline_matter(reason=sentence.reason, instead=sentence.instead, **stage.on_matter(life, stage.office, at))


def refer(stage: Stage, life: Life, at: datetime) -> None:
    """The office names the legal path."""
    sentence = life.plan.said.sentence
    refer_matter(path=sentence.path, reason=sentence.reason, **stage.on_matter(life, stage.office, at))


def shelve(stage: Stage, life: Life, at: datetime) -> None:
    """The leader shelves what cannot be solved for now, to be looked at again within a quarter."""
    sentence = life.plan.said.sentence
    shelve_matter(
        reason=sentence.reason, level=sentence.level, review_on=day_in_china(at) + REVIEW_AFTER,
        **stage.on_matter(life, stage.leader, at),
    )  # fmt: skip


def merge(stage: Stage, life: Life, at: datetime) -> None:
    """The office merges it into what the speaker before said at the same meeting."""
    into = stage.by_plan[id(life.plan.into)]
    merge_matter(into=into.matter_id, **stage.on_matter(life, stage.office, at))
