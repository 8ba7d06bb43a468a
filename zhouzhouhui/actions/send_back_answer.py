"""Sending a draft back (退回修改) to whoever prepared it, with a reason."""

from typing import Unpack

from ..models import AnswerDraft, LedgerLine, Matter
from ..rules.refusals import Refused
from ._answer import standing_draft
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def send_back_answer(*, reason: str, **act: Unpack[Acting]) -> Matter:
    """A draft, signed or not, goes back to be written again; the reason stays beside it."""
    checked(reason, "reason")

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        draft = standing_draft(matter)
        if draft is None or draft.state == "sent_back":
            raise Refused("nothing_to_sign")

        def also(line: LedgerLine) -> None:
            AnswerDraft.objects.filter(id=draft.id).update(
                state="sent_back", reason=reason, signed_by=None, signed_at=None
            )

        return Change(
            standing.state,
            brought={"reason": reason},
            sealed={"reason": reason},
            never_public=frozenset({"reason"}),
            also=also,
            undoable=False,
        )

    return take_step("send_back_answer", decide=decide, sent={"reason": reason}, **act)
