"""Publishing minutes: a signed edition goes to the public page and the wall, with the head of the chain on it."""

from typing import Unpack

from ..models import LedgerLine, Meeting, Minutes
from ..rules.meeting_flow import MeetingState
from ..rules.refusals import Refused
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step
from ._texts import for_the_public
from .edit_minutes import latest_minutes


def publish_minutes(**act: Unpack[Convening]) -> Meeting:
    """A later edition is added beside the earlier ones, never in their place."""

    def decide(sitting: Sitting) -> Turn:
        minutes = latest_minutes(sitting.meeting)
        if minutes is None or minutes.signed_at is None:
            raise Refused("sign_first")
        if minutes.published_at is not None:
            raise Refused("published_already", edition=minutes.edition)

        def also(line: LedgerLine) -> None:
            Minutes.objects.filter(id=minutes.id).update(
                published_at=sitting.at, head_seq=line.seq, head_hash=line.hash, words=for_the_public(minutes.words)
            )

        return Turn(MeetingState.PUBLISHED, facts={"edition": minutes.edition}, also=also)

    return take_meeting_step("publish_minutes", decide=decide, **act)
