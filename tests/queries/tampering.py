"""What somebody with the database's own password could do to a ledger."""

import json
from typing import Any

from tests.ledger_triggers import without_triggers
from zhouzhouhui.models import ChainHead, LedgerLine
from zhouzhouhui.rules.chain import algorithm_of, canonical, line_hash


def forge(line: LedgerLine, *, onwards: bool, **change: Any) -> None:
    """Change a line's body and give it a fitting hash; ``onwards`` also chains all later lines anew."""
    body = {**json.loads(line.body), **change}
    with without_triggers():
        prev = _store(line, body)
        if not onwards:
            return
        for later in LedgerLine.objects.filter(chain_id=line.chain_id, seq__gt=line.seq).order_by("seq"):
            prev = _store(later, {**json.loads(later.body), "prev": prev})
        ChainHead.objects.filter(id=line.chain_id).update(hash=prev)


def _store(line: LedgerLine, body: dict[str, Any]) -> str:
    digest = line_hash(body, algorithm_of(body))
    LedgerLine.objects.filter(id=line.id).update(body=canonical(body).decode(), hash=digest)
    return digest
