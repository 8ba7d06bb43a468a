"""Editing minutes (纪要): a draft edition is written over until it is signed; then the next edition begins."""

from typing import Unpack

from ..models import LedgerLine, Meeting, Minutes
from ..rules.meeting_flow import MeetingState
from ._meeting_step import Convening, Sitting, Turn, take_meeting_step
from ._texts import checked

LIMIT = 100_000


def edit_minutes(*, words: str, **act: Unpack[Convening]) -> Meeting:
    """Write the edition in hand. Each save is sealed into the ledger, so no earlier text is lost."""
    checked(words, "words", limit=LIMIT)

    def decide(sitting: Sitting) -> Turn:
        meeting = sitting.meeting
        latest = latest_minutes(meeting)
        number = 1 if latest is None else latest.edition + (latest.published_at is not None)

        def also(line: LedgerLine) -> None:
            Minutes.objects.update_or_create(
                town_id=meeting.town_id, meeting_id=meeting.id, edition=number,
                defaults={
                    "words": words, "edited_by_id": sitting.by.person, "edited_at": sitting.at, "signed_by": None,
                    "signed_at": None,
                },
            )  # fmt: skip

        return Turn(
            MeetingState(meeting.state), brought={"words": words}, sealed={"words": words},
            never_public=frozenset({"words"}), facts={"edition": number}, also=also,
        )  # fmt: skip

    return take_meeting_step("edit_minutes", decide=decide, sent={"words": words}, **act)


def latest_minutes(meeting: Meeting) -> Minutes | None:
    """The newest edition, published or in hand."""
    return Minutes.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id).order_by("-edition").first()
