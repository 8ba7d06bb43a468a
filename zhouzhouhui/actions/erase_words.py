"""Erasing a person's words on their request (个人信息保护法 art. 47): words and salts go, the chain stays valid."""

from contextlib import suppress
from typing import Unpack

from django.conf import settings
from django.db import transaction

from ..models import AnswerDraft, LedgerLine, Matter, Photo, Resident, Sealed, Voice
from ..outside import erasure_log, files
from ._standing import has_drafts
from ._take_step import Acting, Change, Standing, take_step
from ._texts import checked


def erase_words(*, reason: str, **act: Unpack[Acting]) -> Matter:
    """Empty all sealed words of the matter, its photos, and contact data of raisers who speak for nothing else.

    The erasure is written to a log apart from the database, so that restoring a backup repeats it.
    """
    checked(reason, "reason")

    return take_step("erase_words", decide=lambda standing: erasure(standing, reason), sent={"reason": reason}, **act)


def erasure(standing: Standing, reason: str) -> Change:
    """What an erasure does to the matter's own row, and then to everything beside it."""

    def also(line: LedgerLine) -> None:
        wipe(standing.matter, standing, except_line=line)

    return Change(
        standing.state,
        fields={
            "words": "", "public_words": "", "request": "", "place": "", "public_place": "", "answer_words": "",
            "answer_basis": "", "filled_in_by": "", "digest": "", "awaits_typing": False,
        },
        brought={"reason": reason},
        sealed={"reason": reason},
        never_public=frozenset({"reason"}),
        facts={"erased": True},
        also=also,
        undoable=False,
    )  # fmt: skip


def wipe(matter: Matter, standing: Standing, *, except_line: LedgerLine) -> None:
    """Everything beside the matter's own row that holds its words."""
    sealed = Sealed.objects.filter(
        town_id=matter.town_id, line__town_id=matter.town_id, line__matter_id=matter.id
    ).exclude(line_id=except_line.id)
    staff = sealed.filter(name="by", text__startswith="person:")  # who acted in office stays on the record
    sealed.exclude(id__in=staff.values("id")).update(
        text="", public_text="", salt=b"", digest="", erased_at=standing.at
    )
    if has_drafts(matter):
        AnswerDraft.objects.filter(town_id=matter.town_id, matter_id=matter.id).update(words="", basis="", reason="")
    photos = Photo.objects.filter(town_id=matter.town_id, matter_id=matter.id, erased_at=None)
    names = [name for pair in photos.values_list("file", "thumbnail") for name in pair if name]
    if names:
        photos.update(file="", thumbnail="", is_public=False, erased_at=standing.at)
    _erase_residents(matter, standing)
    told = {"town": matter.community.town.code, "matter": str(matter.id), "at": standing.at.isoformat()}
    transaction.on_commit(lambda: _outside(told, names))  # the step may be tried again; the log and the files not


def _outside(told: dict[str, str], names: list[str]) -> None:
    erasure_log.note(settings.ERASURE_LOG, **told)
    for name in names:
        with suppress(files.NoSuchFile):  # gone is gone
            files.remove(name)


def _erase_residents(matter: Matter, standing: Standing) -> None:
    residents = {v.resident_id for v in standing.voices if v.resident_id}
    if not residents:
        return
    elsewhere = set(
        Voice.objects.filter(town_id=matter.town_id, resident_id__in=residents)
        .exclude(matter_id=matter.id)
        .values_list("resident_id", flat=True)
    )
    Resident.objects.filter(town_id=matter.town_id, id__in=residents - elsewhere).update(
        name_sealed="", phone_sealed="", address_sealed="", guardian_sealed="", phone_index="", erased_at=standing.at
    )
