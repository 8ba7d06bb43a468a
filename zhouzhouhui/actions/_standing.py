"""Who somebody is towards a matter or a meeting at this moment: read before anything is decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from ..models import AnswerDraft, LedgerLine, Matter, Meeting, Voice
from ..queries.composed import Composed
from ..queries.quick_rows import rows_where
from ..queries.sittings import meeting_with_roles, open_meeting_with_roles
from ..rules import rhythm
from ..rules.matter_flow import State
from ..rules.powers import Actor, MatterFacts, MeetingFacts, Role, matter_roles, meeting_roles
from ..rules.refusals import Refused


@dataclass
class Standing:
    """What an action needs to know before it decides: the matter, who acts as what, and the meeting in progress."""

    matter: Matter
    by: Actor
    at: datetime
    roles: frozenset[Role]
    meeting: Meeting | None  # the open meeting of its community, or the ended one of a late record
    late: bool = False
    recorded_at: datetime | None = None  # of a late record: when it reached the town
    concerns: frozenset[UUID] = frozenset()  # persons a restricted matter concerns

    @property
    def day(self) -> date:
        return rhythm.day_in_china(self.at)

    @property
    def state(self) -> State:
        return State(self.matter.state)

    @cached_property
    def voices(self) -> list[Voice]:
        """Whoever speaks for the matter; read when it is asked for."""
        return voices_of(self.matter)


def load_matter(*, town_id: UUID, matter_id: UUID, act_id: UUID | None = None) -> Matter:
    """The matter of this town, or a refusal that does not tell whether another town has it.

    It also tells whether drafts lie beside it (:func:`has_drafts`), and whether there is an act of this key.
    """
    ask = _MATTER if act_id is None else _MATTER_AND_ACT
    matter = ask.first(town_id=town_id, matter_id=matter_id, **({} if act_id is None else {"act_id": act_id}))
    if matter is None:
        raise Refused("not_found")
    return matter


def has_drafts(matter: Matter) -> bool:
    """Whether an answer was ever drafted; taken as yes where nobody asked."""
    return bool(getattr(matter, "drafts_beside", True))


def chain_seq_of(matter: Matter) -> int | None:
    """How long its chain was when the matter was read; None where nobody asked."""
    seq: int | None = getattr(matter, "seq_read", None)
    return seq


def is_known_act(matter: Matter) -> bool:
    """Whether the key that :func:`load_matter` was told belongs to an act already taken."""
    return bool(getattr(matter, "act_taken", False))


def _matters(*, town_id: UUID, matter_ids: list[UUID]) -> QuerySet[Matter]:
    rows = Matter.objects.select_related("community__town", "community__successor", "lead_department", "due_meeting")
    drafts = AnswerDraft.objects.filter(town_id=OuterRef("town_id"), matter_id=OuterRef("id"))
    seq = Coalesce(F("community__successor__head__seq"), F("community__head__seq"))
    return rows.filter(town_id=town_id, id__in=matter_ids).annotate(drafts_beside=Exists(drafts), seq_read=seq)


def _matter(*, town_id: UUID, matter_id: UUID) -> QuerySet[Matter]:
    return _matters(town_id=town_id, matter_ids=[matter_id])


def _matter_and_act(*, town_id: UUID, matter_id: UUID, act_id: UUID) -> QuerySet[Matter]:
    rows = _matter(town_id=town_id, matter_id=matter_id)
    return rows.annotate(act_taken=Exists(LedgerLine.objects.filter(id=act_id)))


_MATTER, _MATTER_AND_ACT, _MATTERS = Composed(_matter), Composed(_matter_and_act), Composed(_matters)
SPEAKING = frozenset({Role.RAISER, Role.SECONDER})


def load_matters(*, town_id: UUID, matter_ids: Sequence[UUID]) -> list[Matter]:
    """Several matters of this town in the order asked for, with the communities they share; or a refusal."""
    rows = {matter.id: matter for matter in _MATTERS(town_id=town_id, matter_ids=list(matter_ids))}
    if len(rows) < len(matter_ids):
        raise Refused("not_found")
    matters = [rows[matter_id] for matter_id in matter_ids]
    communities = {matter.community_id: matter.community for matter in matters}
    for matter in matters:
        matter.community = communities[matter.community_id]
    return matters


Sitting = tuple[Meeting | None, MeetingFacts | None]


def stand(
    matter: Matter,
    *,
    by: Actor,
    at: datetime,
    who: frozenset[Role],
    late_meeting: Meeting | None = None,
    sitting: Sitting | None = None,
) -> Standing:
    """Who ``by`` is towards the matter at this moment, as far as one of ``who`` is asked for.

    One query for the meeting; one more each for the voices, for departments that assist, for persons concerned,
    only where they can tell something. ``sitting`` is the open meeting, where it is known.
    """
    meeting, facts_of_meeting = sitting if sitting is not None else sitting_of(matter, late_meeting)
    standing = Standing(matter, by, at, frozenset(), meeting, late=late_meeting is not None)
    voices = standing.voices if who & SPEAKING or matter.is_restricted else []
    if matter.is_restricted:
        rows = matter.concerns.filter(town_id=matter.town_id)
        standing.concerns = frozenset(rows.values_list("person_id", flat=True))
    facts = MatterFacts(
        community=matter.community.successor_id or matter.community_id,
        lead_department=matter.lead_department_id,
        lead_is_community=matter.lead_is_community,
        owner_department=matter.owner_department_id,
        owner_is_community=matter.owner_is_community,
        assisting=_assisting(matter, by) if Role.ASSISTING in who else frozenset(),
        restricted=matter.is_restricted,
        concerns=standing.concerns,
        substitute=matter.substitute_id,
        raisers=frozenset(v.slip for v in voices if v.kind == Voice.RAISER and v.slip),
        seconders=frozenset(v.slip for v in voices if v.kind == Voice.SECONDER and v.slip),
        raiser_people=frozenset(v.person_id for v in voices if v.kind == Voice.RAISER and v.person_id),
        last_maker=matter.undo["by"] if matter.undo else "",
    )
    standing.roles = matter_roles(by, facts, facts_of_meeting, rhythm.day_in_china(at))
    return standing


def voices_of(matter: Matter) -> list[Voice]:
    """Whoever speaks for it: its own voices, and those of the matters merged into it, who keep every right."""
    return rows_where(Voice, VOICES, [matter.town_id, matter.id, matter.id])


# One index look-up for each matter; as an OR over two tables PostgreSQL would read every voice of the town.
VOICES = """town_id = %s AND withdrawn_at IS NULL AND matter_id IN (
    SELECT id FROM zhouzhouhui_matter WHERE id = %s
    UNION ALL SELECT id FROM zhouzhouhui_matter WHERE merged_into_id = %s AND state = 'merged')"""


def _assisting(matter: Matter, by: Actor) -> frozenset[UUID]:
    """Asked only where it could tell something: of somebody from a department other than the lead's."""
    if not {m.department for m in by.mandates if m.department} - {matter.lead_department_id}:
        return frozenset()
    rows = matter.assisting.filter(town_id=matter.town_id)
    return frozenset(rows.values_list("department_id", flat=True))


def sitting_of(matter: Matter, late_meeting: Meeting | None = None) -> Sitting:
    """The meeting of the matter's community that is open now, or the ended one of a late record, as if it were open."""
    if late_meeting is not None:
        found = meeting_with_roles(town_id=matter.town_id, meeting_id=late_meeting.id)
        assert found is not None
        return late_meeting, replace(found[1], is_open=True)
    community_id = matter.community.successor_id or matter.community_id
    found = open_meeting_with_roles(town_id=matter.town_id, community_id=community_id)
    return found if found is not None else (None, None)


def roles_in(meeting: Meeting, *, by: Actor, at: datetime) -> frozenset[Role]:
    """Who ``by`` is in a meeting (one query)."""
    found = meeting_with_roles(town_id=meeting.town_id, meeting_id=meeting.id)
    assert found is not None
    return meeting_roles(by, found[1], rhythm.day_in_china(at))
