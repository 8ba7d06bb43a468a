"""One step of a matter: rule, guarded write, ledger line, in one transaction. Every verb passes through here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Required, TypedDict
from uuid import UUID

from django.db import connection, models

from ..models import AnswerDraft, LedgerLine, Matter, Meeting, uuid7
from ..queries.quick_rows import prepared
from ..rules import matter_flow
from ..rules.matter_flow import State
from ..rules.powers import Actor, Role
from ..rules.refusals import Refused
from ._due import Due
from ._facts import facts_of
from ._ledger import Entry, append, chain_of, day, hold_head, in_one_transaction
from ._meanwhile import check_since
from ._standing import Standing as Standing  # the verbs take it from here
from ._standing import chain_seq_of, is_known_act
from ._standing import load_matter as load_matter
from ._standing import stand as stand
from ._texts import digest_of, for_the_public

# Steps that only add: two people may take them at the same time without telling each other.
ADDING = frozenset({"second_matter", "add_note", "add_photo", "urge", "give_opinion"})


@dataclass
class Change:
    """What the step does: the state after it, fields, what is sealed (name -> words), facts for the line."""

    to: State
    fields: dict[str, Any] = field(default_factory=dict)
    brought: dict[str, Any] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    never_public: frozenset[str] = frozenset()
    public: dict[str, str] = field(default_factory=dict)  # masked by hand instead of by rule
    facts: dict[str, Any] = field(default_factory=dict)
    due: Due | None = None  # None: unchanged
    under_head: Callable[[], None] | None = None  # asked again, or written beside, while the chain is held
    entries: list[Entry] = field(default_factory=list)  # lines that follow its own
    also: Callable[[LedgerLine], None] | None = None
    spent: AnswerDraft | None = None  # the draft that was given, or that other words took the place of
    undoable: bool = True


Decide = Callable[[Standing], Change]


class Acting(TypedDict, total=False):
    """What every step of a matter is told: where, on what, by whom, when; see :func:`take_step`."""

    town_id: Required[UUID]
    matter_id: Required[UUID]
    by: Required[Actor]
    at: Required[datetime]
    seen: int | None
    act_id: UUID | None
    late_meeting: Meeting | None
    recorded_at: datetime | None


@in_one_transaction
def take_step(
    verb: str,
    *,
    town_id: UUID,
    matter_id: UUID,
    by: Actor,
    at: datetime,
    decide: Decide,
    seen: int | None = None,
    act_id: UUID | None = None,
    sent: Mapping[str, object] | None = None,
    late_meeting: Meeting | None = None,
    recorded_at: datetime | None = None,
) -> Matter:
    """Take one step, or refuse.

    ``seen`` is the revision the actor looked at: when the matter has moved on since, the refusal
    ``changed_meanwhile`` tells what happened. ``act_id`` (made by the sender) with ``sent`` makes sending
    again harmless. ``late_meeting`` is the ended meeting that a late record belongs to.
    """
    by.check_town(town_id)
    digest = digest_of({"verb": verb, "matter": matter_id, **(sent or {})}) if act_id else ""
    matter = load_matter(town_id=town_id, matter_id=matter_id, act_id=act_id)
    if act_id is not None and is_known_act(matter) and sent_before(act_id, town_id=town_id, by=by, digest=digest):
        return matter
    standing = stand(matter, by=by, at=at, who=matter_flow.STEPS[verb].who, late_meeting=late_meeting)
    standing.recorded_at = recorded_at
    step = allowed_step(verb, standing, seen)
    change = decide(standing)
    assert change.to in step.moves[standing.state], f"{verb} leads to {change.to}"
    matter_flow.check_brought(step, change.brought)
    return commit_step(verb, standing, change, role=role_taken(step, standing.roles), act_id=act_id, digest=digest)


def allowed_step(verb: str, standing: Standing, seen: int | None) -> matter_flow.Step:
    """The row of the law; whoever may take the step but looked at an older state is told what happened since."""
    matter = standing.matter
    moved_on = seen is not None and seen != matter.revision and verb not in ADDING
    try:
        step = matter_flow.check_step(
            verb, state=standing.state, to=None, roles=standing.roles, restricted=matter.is_restricted
        )
    except Refused as refused:
        if not moved_on or refused.code != "wrong_state":
            raise
    if moved_on:
        assert seen is not None
        raise changed_meanwhile(matter, seen)
    return step


def commit_step(
    verb: str, standing: Standing, change: Change, *, role: str, act_id: UUID | None = None, digest: str = ""
) -> Matter:
    """Hold the chain, write the matter where nobody changed it meanwhile, append the line."""
    matter = standing.matter
    head = hold_head(community_id=chain_of(matter.community), town_id=matter.town_id)
    spoken_in = standing.meeting if not standing.late else None
    check_since(spoken_in, change.due, head=head, seq_read=chain_seq_of(matter))
    if change.under_head is not None:
        change.under_head()
    line_id = act_id or uuid7()
    entry = entry_of(verb, standing, change, role=role, act_id=line_id, digest=digest)
    try:
        write_guarded(verb, standing, change, line_id)
    except Refused:
        if act_id is not None and sent_before(act_id, town_id=matter.town_id, by=standing.by, digest=digest):
            matter.refresh_from_db()
            return matter  # the same act, sent twice at once: the first one stands
        raise
    line = append(head, [entry, *change.entries], algorithm=matter.community.town.setting("hash"))[0]
    spend_drafts([change])
    if change.also is not None:
        change.also(line)
    return matter


def spend_drafts(changes: Sequence[Change]) -> None:
    """What became of the drafts: given as signed, or superseded by other words (two queries at most)."""
    spent = [change.spent for change in changes if change.spent is not None]
    for state, ids in (
        ("given", [draft.id for draft in spent if draft.state == "signed"]),
        ("superseded", [draft.id for draft in spent if draft.state != "signed"]),
    ):
        if ids:
            AnswerDraft.objects.filter(id__in=ids).update(state=state)


def entry_of(verb: str, standing: Standing, change: Change, *, role: str, act_id: UUID, digest: str = "") -> Entry:
    """The ledger entry of a change, not appended yet."""
    matter = standing.matter
    facts = {
        "from": matter.state,
        "to": change.to.value,
        **(change.due.facts() if change.due is not None else {}),
        **facts_of(change.fields, restricted=matter.is_restricted),
        **{name: (day(v) if isinstance(v, date) else v) for name, v in change.facts.items()},
    }
    return Entry(
        verb=verb, by=standing.by, role="restricted" if matter.is_restricted else role, at=standing.at, matter=matter,
        meeting=standing.meeting.id if standing.meeting and not matter.is_restricted else None,
        facts=facts, sealed=_sealed(matter, change), act_id=act_id, digest=digest, recorded_at=standing.recorded_at,
    )  # fmt: skip


def _sealed(matter: Matter, change: Change) -> dict[str, tuple[str, str]]:
    hidden = matter.is_restricted or matter.is_private
    sealed = {}
    for name, words in change.sealed.items():
        if not words:
            continue
        public = "" if hidden or name in change.never_public else change.public.get(name, for_the_public(words))
        sealed[name] = (words, public)
    return sealed


def write_guarded(verb: str, standing: Standing, change: Change, act_id: UUID) -> None:
    """Write the fields where the matter still is as it was read; tell the second of two what the first did."""
    matter = standing.matter
    fields = fields_written(verb, standing, change, act_id)
    rows = Matter.objects.filter(id=matter.id)
    if verb not in ADDING:
        rows = rows.filter(revision=matter.revision)
    if not rows.update(**fields, revision=models.F("revision") + 1):
        raise changed_meanwhile(matter, matter.revision)
    set_fields(matter, fields)


def set_fields(matter: Matter, fields: Mapping[str, Any]) -> None:
    """The matter as it stands after the step."""
    for name, value in fields.items():
        setattr(matter, name, value)
    matter.revision += 1


def fields_written(verb: str, standing: Standing, change: Change, act_id: UUID) -> dict[str, Any]:
    """Everything the step writes into the matter's row, with what is needed to undo it."""
    matter = standing.matter
    fields = {**change.fields, "state": change.to.value}
    if change.due is not None:
        fields |= change.due.fields()
    before = {name: getattr(matter, name) for name in fields}
    fields["undo"] = None
    if change.undoable:
        fields["undo"] = {
            "verb": verb, "line": str(act_id), "by": standing.by.key, "at": standing.at.isoformat(),
            "fields": {name: _plain(value) for name, value in before.items()},
        }  # fmt: skip
    return fields


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def role_taken(step: matter_flow.Step, roles: frozenset[Role]) -> str:
    """The role in which the actor takes the step: the most particular one the row allows."""
    return next((role.value for role in PARTICULAR if role in step.who and role in roles), "")


PARTICULAR = (
    Role.CLOCK, Role.DESK, Role.HOST, Role.RECORDER, Role.RAISER, Role.OWNER, Role.LEAD, Role.ASSISTING, Role.CADRE,
    Role.LEADER, Role.OFFICE, Role.DELEGATE, Role.SECONDER, Role.MAKER, Role.RESIDENT,
)  # fmt: skip


def sent_before(act_id: UUID, *, town_id: UUID, by: Actor, digest: str) -> bool:
    """Whether this very act was recorded already; another act under its key is refused without content."""
    with connection.cursor() as cursor:
        cursor.execute(_MADE_BY, prepared([act_id]))
        found = cursor.fetchone()
    if found is None:
        return False
    town, maker, made_of = found
    if str(town).replace("-", "") == town_id.hex and (maker, made_of) == (by.key, digest):
        return True
    raise Refused("same_id_other_words")


_MADE_BY = """
    SELECT line.town_id, sealed.text, sealed.digest FROM zhouzhouhui_ledgerline line
    LEFT JOIN zhouzhouhui_sealed sealed
    ON sealed.town_id = line.town_id AND sealed.line_id = line.id AND sealed.name = 'by'
    WHERE line.id = %s
"""


def changed_meanwhile(matter: Matter, seen: int) -> Refused:
    """Tell the second of two people what the first did: the steps taken since ``seen``."""
    current = Matter.objects.values_list("revision", flat=True).get(id=matter.id)
    lines = list(
        LedgerLine.objects.filter(town_id=matter.town_id, matter_id=matter.id).order_by("-seq")[
            : max(current - seen, 1)
        ]
    )
    return Refused(
        "changed_meanwhile",
        number=matter.number,
        revision=current,
        since=[{"verb": line.verb, "at": line.recorded_at.isoformat()} for line in reversed(lines)],
    )
