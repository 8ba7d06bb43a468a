"""What was published: minutes in their editions, figures frozen at adjournment, the lines of a chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhouzhouhui.models import ChainHead, Community, LedgerLine, Matter, Meeting, Minutes, Photo
from zhouzhouhui.rules.meeting_flow import HELD

from .public_matters import MEETING_COLUMNS, readable
from .town_page import with_answer

LINES_A_PAGE = 2000
MOST_MATTERS = 100
FROZEN_SHOWN = 8


@dataclass(frozen=True)
class Published:
    """The minutes of one meeting: every published edition, the newest first."""

    meeting: Meeting
    editions: Sequence[Minutes]

    @property
    def newest(self) -> Minutes:
        """The edition in force."""
        return self.editions[0]


@dataclass(frozen=True)
class AtMeeting:
    """What anybody may read of what was raised and answered at one meeting."""

    raised: Sequence[Matter]
    answered: Sequence[Matter]


def at_meeting(meeting: Meeting) -> AtMeeting:
    """The readable matters raised at a meeting, and those first answered at it (two queries)."""
    matters = readable(meeting.town_id).order_by("number_meeting", "is_between", "number_place")
    return AtMeeting(
        raised=list(matters.filter(raised_meeting_id=meeting.id)[:MOST_MATTERS]),
        answered=list(with_answer(matters.filter(answered_meeting_id=meeting.id))[:MOST_MATTERS]),
    )


def published_minutes(community: Community, number: int) -> Published | None:
    """The published minutes of the meeting with this number; None when there are none yet (one query)."""
    editions = list(
        Minutes.objects.filter(
            town_id=community.town_id,
            meeting__community_id=community.id,
            meeting__number=number,
            published_at__isnull=False,
        )
        .select_related("meeting", "signed_by")
        .order_by("-edition")
    )
    return Published(editions[0].meeting, editions) if editions else None


def meetings_with_minutes(community: Community, *, most: int = 200) -> list[Meeting]:
    """The meetings of a community whose minutes were published, newest first (one query)."""
    rows = Meeting.objects.filter(
        town_id=community.town_id, community_id=community.id, minutes__published_at__isnull=False
    )
    return list(rows.distinct().only(*MEETING_COLUMNS).order_by("-number")[:most])


def frozen_meetings(community: Community, *, most: int = FROZEN_SHOWN) -> list[Meeting]:
    """The last meetings whose figures were frozen when they ended, newest first (one query)."""
    rows = Meeting.objects.filter(
        town_id=community.town_id, community_id=community.id, state__in=sorted(HELD), frozen__isnull=False
    )
    return list(rows.only(*MEETING_COLUMNS).order_by("-scheduled_at")[:most])


def heads_of(town_id: UUID) -> list[ChainHead]:
    """The heads of the town's chains: the town's own first, then its communities' by 区划代码 (one query)."""
    rows = ChainHead.objects.filter(town_id=town_id).select_related("community")
    return sorted(rows, key=lambda h: (h.community is not None, h.name))


def head_of(town_id: UUID, name: str) -> ChainHead | None:
    """A chain by the short code of its community, or by its own printed name (the town's code)."""
    rows = ChainHead.objects.filter(town_id=town_id).select_related("community")
    return rows.filter(community__short_code=name).first() or rows.filter(name=name).first()


def chain_lines(head: ChainHead, *, after: int) -> list[tuple[int, str, str]]:
    """A page of a chain: (seq, hash, canonical body) of the lines after `after`. Bodies hold no free text."""
    rows = LedgerLine.objects.filter(town_id=head.town_id, chain_id=head.id, seq__gt=after).order_by("seq")
    return list(rows.values_list("seq", "hash", "body")[:LINES_A_PAGE])


def public_photo(*, town_id: UUID, photo_id: UUID) -> Photo | None:
    """A photo that anybody may see: public, not erased, of a matter that is neither private nor restricted."""
    return Photo.objects.filter(
        town_id=town_id, id=photo_id, is_public=True, erased_at=None, matter__is_private=False,
        matter__is_restricted=False,
    ).exclude(purpose="form").first()  # fmt: skip


def published_editions(meeting: Meeting) -> list[Minutes]:
    """The published minutes of one meeting, the newest edition first (one query)."""
    rows = Minutes.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id, published_at__isnull=False)
    return list(rows.order_by("-edition"))
