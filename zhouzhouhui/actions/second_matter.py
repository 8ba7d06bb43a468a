"""Seconding (附议): a further voice for a matter; one for each phone, signed-in voices once each."""

from collections.abc import Sequence
from typing import Unpack

from django.db import IntegrityError, models, transaction

from ..models import LedgerLine, Matter, Voice
from ..outside import keyring
from ..rules.powers import Actor
from ..rules.refusals import Refused
from ._standing import voices_of
from ._take_step import Acting, Change, Standing, take_step


def second_matter(*, code: str = "", **act: Unpack[Acting]) -> Matter:
    """Add one voice. ``code`` (made by the sender) gives the seconder a slip of their own."""
    by = act["by"]
    if by.person is None and not by.device and not code:
        raise Refused("voice_needs_a_device")
    slip = keyring.code_lookup(code) if code else ""

    def decide(standing: Standing) -> Change:
        def only_once() -> None:
            _check_new(by, voices_of(standing.matter))

        _check_new(by, standing.voices)

        def also(line: LedgerLine) -> None:
            try:
                with transaction.atomic():
                    Voice.objects.create(
                        town_id=standing.matter.town_id, matter_id=standing.matter.id, kind=Voice.SECONDER,
                        person_id=by.person, device=by.device, slip=slip, at=standing.at,
                    )  # fmt: skip
            except IntegrityError as error:
                raise Refused("seconded_already") from error

        return Change(
            standing.state, fields={"seconds": models.F("seconds") + 1}, also=also, undoable=False,
            under_head=only_once,
        )  # fmt: skip

    matter = take_step("second_matter", decide=decide, **act)
    matter.refresh_from_db(fields=["seconds"])
    return matter


def _check_new(by: Actor, voices: Sequence[Voice]) -> None:
    """Nobody speaks twice for one matter, not even twice at once."""
    if any((v.person_id and v.person_id == by.person) or (by.device and v.device == by.device) for v in voices):
        raise Refused("seconded_already")
