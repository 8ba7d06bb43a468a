"""Signing a draft (审签): a leader, or a deputy by dated mandate, lets it go to the hall."""

from typing import Unpack

from ..models import AnswerDraft, LedgerLine, Matter
from ..rules.refusals import Refused
from ._answer import check, from_draft, standing_draft
from ._take_step import Acting, Change, Standing, take_step


def sign_answer(**act: Unpack[Acting]) -> Matter:
    """Sign the draft in force. A promise whose date has passed meanwhile is refused: it needs a new date."""

    def decide(standing: Standing) -> Change:
        matter = standing.matter
        draft = standing_draft(matter)
        if draft is None or draft.state != "prepared":
            raise Refused("nothing_to_sign")
        check(from_draft(draft), matter=matter, today=standing.day)

        def also(line: LedgerLine) -> None:
            signed = AnswerDraft.objects.filter(id=draft.id, state="prepared").update(
                state="signed", signed_by_id=standing.by.person, signed_at=standing.at
            )
            if not signed:
                raise Refused("nothing_to_sign")

        return Change(standing.state, also=also, undoable=False)

    return take_step("sign_answer", decide=decide, **act)
