"""Erasing again, after a backup from before an erasure was brought back."""

from datetime import datetime
from uuid import UUID

from ..models import LedgerLine, Matter
from ..rules.powers import CLOCK
from ._ledger import in_one_transaction
from ._take_step import Standing, commit_step
from .erase_words import erasure

REASON = "从备份恢复后，按删除记录再次删除。"


@in_one_transaction
def repeat_erasure(*, town_code: str, matter_id: UUID, noted_at: datetime, at: datetime) -> bool:
    """Erase the matter's words as the erasure log says; False when this database has it erased already.

    The chain gets a line of its own for it: the first one was cut off with the database that was lost.
    """
    matter = Matter.objects.select_related("community__town").filter(town__code=town_code, id=matter_id).first()
    if matter is None:
        return False
    lines = LedgerLine.objects.filter(town_id=matter.town_id, matter_id=matter.id, verb="erase_words")
    if lines.filter(happened_at__gte=noted_at).exists():
        return False
    standing = Standing(matter, CLOCK, at, frozenset(), None)
    commit_step("erase_words", standing, erasure(standing, REASON), role="office")
    return True
