"""Several matters in one act: the same step for each, one line each, in as many queries as for one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from ..models import AnswerDraft, Department, Matter, uuid7
from ..rules import matter_flow
from ..rules.powers import Actor
from ..rules.refusals import Refused
from ._due import know_called
from ._ledger import Overtaken, append, chain_of, hold_head
from ._meanwhile import check_meetings
from ._standing import Standing, chain_seq_of, has_drafts, load_matters, sitting_of, stand
from ._take_step import Change, allowed_step, entry_of, fields_written, role_taken, set_fields, spend_drafts


def take_step_together(
    verb: str,
    *,
    town_id: UUID,
    matter_ids: Sequence[UUID],
    by: Actor,
    at: datetime,
    decide: Callable[[Standing], Change],
    departments: frozenset[UUID] = frozenset(),
) -> list[Matter]:
    """Take the step for every matter of one community, or for none; raises the first refusal.

    ``departments`` are named by the act itself and asked for once.
    """
    by.check_town(town_id)
    matters = load_matters(town_id=town_id, matter_ids=matter_ids)
    if len({chain_of(matter.community) for matter in matters}) > 1:
        raise Refused("one_community_a_group")
    _know_beside(matters, departments, at)
    sitting = sitting_of(matters[0])
    who = matter_flow.STEPS[verb].who
    decided = []
    for matter in matters:
        standing = stand(matter, by=by, at=at, who=who, sitting=sitting)
        step = allowed_step(verb, standing, None)
        change = decide(standing)
        matter_flow.check_brought(step, change.brought)
        decided.append((standing, change, role_taken(step, standing.roles)))
    _write(verb, decided)
    return matters


def _know_beside(matters: Sequence[Matter], departments: frozenset[UUID], at: datetime) -> None:
    """What each decision would ask for, asked once for all (three queries at most)."""
    town_id = matters[0].town_id
    known = Department.objects.filter(town_id=town_id, id__in=departments, dissolved_on=None)
    ids = frozenset(known.values_list("id", flat=True)) if departments else frozenset()
    drafts = AnswerDraft.objects.filter(
        town_id=town_id, matter_id__in=[m.id for m in matters], state__in=["prepared", "signed", "sent_back"]
    )
    newest = {}
    if any(has_drafts(matter) for matter in matters):
        newest = {draft.matter_id: draft for draft in drafts.order_by("prepared_at", "id")}
    for matter in matters:
        matter.departments_known = ids  # type: ignore[attr-defined]
        matter.draft_known = newest.get(matter.id)  # type: ignore[attr-defined]
    for community in {id(m.community): m.community for m in matters}.values():
        know_called(community, at)


def _write(verb: str, decided: Sequence[tuple[Standing, Change, str]]) -> None:
    """Write all rows and lines while the chain is held; where somebody changed one meanwhile, all begin again."""
    first = decided[0][0].matter
    head = hold_head(community_id=chain_of(first.community), town_id=first.town_id)
    if head.seq != chain_seq_of(first):
        _check_unchanged(decided)
    entries, names = [], {"revision"}
    for standing, change, role in decided:
        line_id = uuid7()
        entries.append(entry_of(verb, standing, change, role=role, act_id=line_id))
        fields = fields_written(verb, standing, change, line_id)
        set_fields(standing.matter, fields)
        names |= {Matter._meta.get_field(name).name for name in fields}
    Matter.objects.bulk_update([standing.matter for standing, _, _ in decided], sorted(names))
    append(head, entries, algorithm=first.community.town.setting("hash"))
    spend_drafts([change for _, change, _ in decided])


def _check_unchanged(decided: Sequence[tuple[Standing, Change, str]]) -> None:
    """Lines were written while this act was deciding: were they about these matters, or these meetings?"""
    first = decided[0][0]
    dues = {change.due.meeting.id: change.due for _, change, _ in decided if change.due and change.due.meeting}
    for due in dues.values() or (None,):
        check_meetings(first.meeting, due)
    ids = [standing.matter.id for standing, _, _ in decided]
    rows = Matter.objects.filter(town_id=first.matter.town_id, id__in=ids)
    revisions = dict(rows.values_list("id", "revision"))
    if any(revisions[standing.matter.id] != standing.matter.revision for standing, _, _ in decided):
        raise Overtaken
