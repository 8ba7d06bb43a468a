"""Who somebody is towards one matter or one meeting: mandates and relations become roles."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from .refusals import Refused


class Mandated(StrEnum):
    """Roles a person can hold by mandate, in a scope, for a term."""

    OFFICE = "office"  # 周周会办公室
    LEADER = "leader"  # 分管领导, or a deputy by dated mandate
    CADRE = "cadre"  # 村居书记/干部, of one community
    HOST = "host"  # may be appointed host in a community
    RECORDER = "recorder"  # may be appointed recorder in a community
    OFFICER = "officer"  # 承办单位经办人, of one department
    DELEGATE = "delegate"  # 代表委员, posted to a community
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Role(StrEnum):
    """What somebody is towards one matter or meeting; the step tables name these."""

    OFFICE = "office"
    LEADER = "leader"
    CADRE = "cadre"  # of the matter's own community
    HOST = "host"  # of the open meeting of the matter's community
    RECORDER = "recorder"  # of that meeting
    LEAD = "lead"  # whoever the matter is assigned to: the department's officers or the community's cadres
    ASSISTING = "assisting"
    OWNER = "owner"  # of the promise
    DESK = "desk"  # the restricted desk: office, or the named substitute
    RAISER = "raiser"
    SECONDER = "seconder"
    DELEGATE = "delegate"  # posted to the matter's community
    MAKER = "maker"  # who made the last entry
    CLOCK = "clock"
    RESIDENT = "resident"  # anybody at all


@dataclass(frozen=True)
class MandateFact:
    """One mandate as the rules see it; ``ends_on`` is the last day it holds."""

    role: Mandated
    community: UUID | None = None
    department: UUID | None = None
    starts_on: date = date.min
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a person with mandates, the holder of slips, a device in the hall, or the clock."""

    person: UUID | None = None
    town: UUID | None = None  # of a person; slips, devices and the clock act in the town they are sent to
    mandates: tuple[MandateFact, ...] = ()
    slips: frozenset[str] = frozenset()
    device: str = ""
    clock: bool = False

    def holds(
        self, role: Mandated, day: date, *, community: UUID | None = None, department: UUID | None = None
    ) -> bool:
        """Whether a mandate of this role holds on ``day``; town-wide mandates cover every scope."""
        return any(
            m.role is role
            and m.holds(day)
            and (community is None or m.community in (None, community))
            and (department is None or m.department in (None, department))
            for m in self.mandates
        )

    def check_town(self, town: UUID) -> None:
        """Nothing of one town is seen or touched from another: for a stranger it does not exist."""
        if self.town is not None and self.town != town:
            raise Refused("not_found")

    @property
    def key(self) -> str:
        """A stable name of the actor for idempotency and for undoing one's own entry."""
        if self.clock:
            return "clock"
        if self.person:
            return f"person:{self.person}"
        return f"device:{self.device}" if self.device else f"slip:{min(self.slips, default='')}"


CLOCK = Actor(clock=True)
NOBODY = Actor().key  # whoever comes without name, slip or device; two of them are not the same person


@dataclass(frozen=True)
class MeetingFacts:
    """What decides roles in one meeting."""

    community: UUID
    hosts: frozenset[UUID] = frozenset()
    recorders: frozenset[UUID] = frozenset()
    is_open: bool = False


@dataclass(frozen=True)
class MatterFacts:
    """What decides roles towards one matter."""

    community: UUID
    lead_department: UUID | None = None
    lead_is_community: bool = False
    owner_department: UUID | None = None
    owner_is_community: bool = False
    assisting: frozenset[UUID] = frozenset()
    restricted: bool = False
    concerns: frozenset[UUID] = frozenset()
    substitute: UUID | None = None
    raisers: frozenset[str] = field(default_factory=frozenset)
    seconders: frozenset[str] = field(default_factory=frozenset)
    raiser_people: frozenset[UUID] = field(default_factory=frozenset)
    last_maker: str = ""


def meeting_roles(actor: Actor, meeting: MeetingFacts, day: date) -> frozenset[Role]:
    """The roles of ``actor`` towards a meeting on ``day``."""
    if actor.clock:
        return frozenset({Role.CLOCK})
    roles = {Role.RESIDENT}
    if actor.person is not None:
        roles |= _mandated(actor, meeting.community, day)
        if actor.person in meeting.hosts:
            roles.add(Role.HOST)
        if actor.person in meeting.recorders:
            roles.add(Role.RECORDER)
    return frozenset(roles)


def matter_roles(actor: Actor, matter: MatterFacts, meeting: MeetingFacts | None, day: date) -> frozenset[Role]:
    """The roles of ``actor`` towards a matter on ``day``; ``meeting`` is the open meeting of its community.

    A person the matter concerns has no role at all towards it (信访工作条例 art. 28 and 30: 回避, and the
    complaint is never shown to the one complained of). A restricted matter is known to its desk, to whoever
    it was assigned to, to the leader, and to its raiser only.
    """
    if actor.clock:
        return frozenset({Role.CLOCK})
    if actor.person is not None and actor.person in matter.concerns:
        return frozenset()
    roles = _voices(actor, matter) | _handlers(actor, matter, day)
    if actor.key == matter.last_maker and actor.key != NOBODY:
        roles.add(Role.MAKER)
    if matter.restricted:
        return frozenset(roles | _desk(actor, matter, day))
    roles.add(Role.RESIDENT)
    if actor.person is not None:
        roles |= _mandated(actor, matter.community, day)
        if meeting is not None and meeting.is_open and meeting.community == matter.community:
            roles |= {r for r in meeting_roles(actor, meeting, day) if r in (Role.HOST, Role.RECORDER)}
    return frozenset(roles)


def _mandated(actor: Actor, community: UUID, day: date) -> set[Role]:
    roles = set()
    if actor.holds(Mandated.OFFICE, day):
        roles.add(Role.OFFICE)
    if actor.holds(Mandated.LEADER, day):
        roles.add(Role.LEADER)
    if actor.holds(Mandated.CADRE, day, community=community):
        roles.add(Role.CADRE)
    if actor.holds(Mandated.DELEGATE, day, community=community):
        roles.add(Role.DELEGATE)
    return roles


def _voices(actor: Actor, matter: MatterFacts) -> set[Role]:
    roles = set()
    if actor.slips & matter.raisers or (actor.person is not None and actor.person in matter.raiser_people):
        roles.add(Role.RAISER)
    if actor.slips & matter.seconders:
        roles.add(Role.SECONDER)
    return roles


def _handlers(actor: Actor, matter: MatterFacts, day: date) -> set[Role]:
    roles: set[Role] = set()
    if actor.person is None:
        return roles
    is_cadre = actor.holds(Mandated.CADRE, day, community=matter.community)
    if _answers_for(actor, matter.lead_department, matter.lead_is_community, is_cadre, day):
        roles.add(Role.LEAD)
    if _answers_for(actor, matter.owner_department, matter.owner_is_community, is_cadre, day):
        roles.add(Role.OWNER)
    if any(actor.holds(Mandated.OFFICER, day, department=d) for d in matter.assisting):
        roles.add(Role.ASSISTING)
    return roles


def _answers_for(actor: Actor, department: UUID | None, community_owes: bool, is_cadre: bool, day: date) -> bool:
    if department is not None:
        return actor.holds(Mandated.OFFICER, day, department=department)
    return community_owes and is_cadre


def _desk(actor: Actor, matter: MatterFacts, day: date) -> set[Role]:
    roles: set[Role] = set()
    if actor.person is None:
        return roles
    if actor.person == matter.substitute or actor.holds(Mandated.OFFICE, day):
        roles |= {Role.DESK, Role.OFFICE}
    if actor.holds(Mandated.LEADER, day):
        roles.add(Role.LEADER)
    return roles
