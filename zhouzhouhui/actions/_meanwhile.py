"""What may have happened between reading and holding the chain, and is asked again under the held head.

An act reads its matter and the meetings first and takes the head last, so that chains are held briefly. In
between a meeting may be cancelled, adjourned or lost by somebody else's act; what was read of it is void then,
and the whole act begins again. Whoever changes a meeting holds the same head, so nothing changes after this.
"""

from django.db import connection

from ..models import ChainHead, Meeting
from ..rules.meeting_flow import MeetingState
from ._due import Due
from ._ledger import Overtaken

DUE_THERE = frozenset({MeetingState.CALLED, MeetingState.OPEN})


def check_since(spoken_in: Meeting | None, due: Due | None, *, head: ChainHead, seq_read: int | None) -> None:
    """Ask again only where the held chain is longer than it was when the act began to read.

    Whoever changes a meeting writes a line; a chain that has not grown tells that nobody did.
    """
    if head.seq != seq_read:
        check_meetings(spoken_in, due)


def check_meetings(spoken_in: Meeting | None, due: Due | None) -> None:
    """One query at most: the meeting it is spoken in is still open, the one it will be due at still to be held.

    Raises ``Overtaken``, upon which the act is taken again from its beginning. SQLite's writers stand alone
    from before they read, so there it need not be asked.
    """
    if not connection.features.has_select_for_update:
        return
    due_at = due.meeting if due is not None else None
    wanted = {m.id for m in (spoken_in, due_at) if m is not None}
    if not wanted:
        return
    states = dict(Meeting.objects.filter(id__in=wanted).values_list("id", "state"))
    if spoken_in is not None and states.get(spoken_in.id) != MeetingState.OPEN:
        raise Overtaken
    if due_at is not None and states.get(due_at.id) not in DUE_THERE:
        raise Overtaken
