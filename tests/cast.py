"""The people every test knows, in a town of two communities; the world is built by actions only.

何办 is the office, 李镇 the leader; 王书 is cadre of 银杏苑 and hosts there, 赵录 records; 孙书 is cadre of 望河村;
许工 answers for the municipal office (市政所), 周护 for the police post (assisting); 代明 is a delegate posted to
银杏苑; 管理 administers; 审计 audits.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.add_community import add_community
from zhouzhouhui.actions.add_department import add_department
from zhouzhouhui.actions.add_person import add_person
from zhouzhouhui.actions.adjourn_meeting import adjourn_meeting
from zhouzhouhui.actions.appoint_host import appoint_host
from zhouzhouhui.actions.appoint_recorder import appoint_recorder
from zhouzhouhui.actions.assign_matter import Lead, assign_matter
from zhouzhouhui.actions.found_town import found_town
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.grant_mandate import grant_mandate
from zhouzhouhui.actions.open_meeting import open_meeting
from zhouzhouhui.actions.raise_matter import NewMatter, raise_matter
from zhouzhouhui.actions.set_category import set_category
from zhouzhouhui.models import Community, Department, Matter, Meeting, Person, Town
from zhouzhouhui.outside import keyring
from zhouzhouhui.queries.actors import actor_of
from zhouzhouhui.rules.powers import CLOCK, Actor

CHINA = ZoneInfo("Asia/Shanghai")
FOUNDED = datetime(2026, 3, 1, 9, 0, tzinfo=CHINA)  # a Sunday
FIRST_DAY = date(2026, 3, 3)  # a Tuesday: 银杏苑 meets at 06:30, 望河村 on Wednesdays at 19:00

STAFF = (
    # login, name, role, scope
    ("office", "何办", "office", ""),
    ("leader", "李镇", "leader", ""),
    ("cadre", "王书", "cadre", "YXY"),
    ("recorder", "赵录", "recorder", "YXY"),
    ("othercadre", "孙书", "cadre", "WHC"),
    ("officer", "许工", "officer", "SZS"),
    ("assistant", "周护", "officer", "JWS"),
    ("delegate", "代明", "delegate", "YXY"),
    ("auditor", "审计", "auditor", ""),
    ("admin", "管理", "administrator", ""),
)


@dataclass
class Cast:
    """The town, and short ways to let its people act. ``now`` only goes forward."""

    town: Town
    yxy: Community
    whc: Community
    szs: Department
    jws: Department
    people: dict[str, Person]
    now: datetime = FOUNDED
    slips: dict[str, str] = field(default_factory=dict)

    def who(self, login: str) -> Actor:
        """The person as an actor, with today's mandates."""
        return CLOCK if login == "clock" else actor_of(self.people[login])

    def later(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now

    def act(self, verb: Any, matter: Matter, by: str | Actor, **brought: Any) -> Matter:
        """One step of a matter by a person (login) or actor, a minute later than the last."""
        actor = self.who(by) if isinstance(by, str) else by
        at = brought.pop("at", None) or self.later(minutes=1)
        return verb(town_id=self.town.id, matter_id=matter.id, by=actor, at=at, **brought)  # type: ignore[no-any-return]

    def meet(self, verb: Any, meeting: Meeting, by: str | Actor, **brought: Any) -> Meeting:
        """One step of a meeting."""
        actor = self.who(by) if isinstance(by, str) else by
        at = brought.pop("at", None) or self.later(minutes=1)
        return verb(town_id=self.town.id, meeting_id=meeting.id, by=actor, at=at, **brought)  # type: ignore[no-any-return]

    def next_meeting(self, community: Community | None = None) -> Meeting:
        community = community or self.yxy
        return (
            Meeting.objects.filter(community=community, state="called", scheduled_at__gt=self.now)
            .order_by("scheduled_at")
            .select_related("community__town")[0]
        )

    def open(self, community: Community | None = None, host: str = "cadre", recorder: str = "recorder") -> Meeting:
        """Go to the next meeting, appoint host and recorder, open it."""
        community = community or self.yxy
        if community == self.whc:
            host, recorder = "othercadre", "othercadre"
        meeting = self.next_meeting(community)
        self.meet(appoint_host, meeting, "office", person=self.people[host].id)
        self.meet(appoint_recorder, meeting, "office", person=self.people[recorder].id)
        self.now = max(self.now, meeting.scheduled_at)
        return self.meet(open_meeting, Meeting.objects.get(id=meeting.id), host)

    def adjourn(self, meeting: Meeting, host: str = "cadre") -> Meeting:
        return self.meet(adjourn_meeting, meeting, host)

    def raise_at(
        self, meeting: Meeting, words: str = "门口一下雨就积水。", by: str = "recorder", **more: Any
    ) -> Matter:
        """A matter raised in an open meeting; its slip code is kept under its id."""
        speaker = more.pop("speaker", None)
        raised = raise_matter(
            item=NewMatter(words=words, **more), town_id=self.town.id, meeting_id=meeting.id, by=self.who(by),
            at=self.later(minutes=1), speaker=speaker,
        )  # fmt: skip
        self.slips[str(raised.matters[0].id)] = raised.code
        return raised.matters[0]

    def raise_between(self, words: str = "路灯坏了三盏。", community: Community | None = None, **more: Any) -> Matter:
        by = more.pop("by", None) or self.who("cadre")
        raised = raise_matter(
            item=NewMatter(words=words, **more), town_id=self.town.id, community_id=(community or self.yxy).id,
            by=by, at=self.later(minutes=1),
        )  # fmt: skip
        self.slips[str(raised.matters[0].id)] = raised.code
        return raised.matters[0]

    def raised_earlier(self, words: str = "门口一下雨就积水。", **more: Any) -> Matter:
        """A matter raised at a meeting that is over: it is due at the next one."""
        meeting = self.open()
        matter = self.raise_at(meeting, words, **more)
        self.adjourn(meeting)
        return matter

    def raiser(self, matter: Matter) -> Actor:
        """The holder of the matter's slip."""
        return Actor(slips=frozenset({keyring.code_lookup(self.slips[str(matter.id)])}))

    def assign(self, matter: Matter, department: Department | None = None, **more: Any) -> Matter:
        """Assigned to the municipal office, or to another department."""
        lead = Lead(department=(department or self.szs).id)
        return self.act(assign_matter, matter, "office", route="town", lead=lead, **more)

    def answer(self, matter: Matter, outcome: str = "A1", words: str = "已经修好了。", **more: Any) -> Matter:
        """An answer on the spot, given by the host of the open meeting."""
        host = "othercadre" if matter.community_id == self.whc.id else "cadre"
        answer = Answer(outcome, words, **more)
        return self.act(give_answer, Matter.objects.get(id=matter.id), host, answer=answer)


def build_cast(*, code: str = "990112100", host: str = "testserver") -> Cast:
    """A new town with the cast above; nothing has been raised yet."""
    town = found_town(code=code, name="柳溪镇", name_en="Liuxi Town", hosts=[host], at=FOUNDED)
    told: dict[str, Any] = {"town": town, "by": CLOCK, "at": FOUNDED}
    szs = add_department(code="SZS", name="镇市政所", **told)
    jws = add_department(code="JWS", name="派出所", level="district", **told)
    set_category(code="4", name="小区设施", name_en="Estate facilities", **told)
    set_category(code="4.1", name="积水排水", name_en="Drainage", parent="4", owner_department="SZS", **told)
    set_category(code="10", name="村居事务", name_en="Community affairs", **told)
    set_category(code="10.3", name="干部作风", name_en="Conduct of cadres", parent="10", is_restricted=True, **told)
    yxy = add_community(
        code=f"{code}001", short_code="YXY", name="银杏苑", name_en="Ginkgo Court", kind="neighbourhood", weekday=1,
        meets_at=time(6, 30), place="居民活动室一楼", joins_on=FIRST_DAY, is_pilot=True,
        former_villages=["东塘", "西塘"], **told,
    )  # fmt: skip
    whc = add_community(
        code=f"{code}201", short_code="WHC", name="望河村", name_en="Wanghe Village", kind="village", weekday=2,
        meets_at=time(19, 0), place="村委会院子", joins_on=FIRST_DAY, **told,
    )  # fmt: skip
    scopes: dict[str, dict[str, Any]] = {
        "": {}, "YXY": {"community": yxy}, "WHC": {"community": whc}, "SZS": {"department": szs},
        "JWS": {"department": jws},
    }  # fmt: skip
    people = {}
    for login, name, role, scope in STAFF:
        people[login] = add_person(login=login, name=name, password=f"pass-{login}", **told)
        grant_mandate(person=people[login], role=role, starts_on=date(2026, 1, 1), **scopes[scope], **told)
    return Cast(town, yxy, whc, szs, jws, people)
