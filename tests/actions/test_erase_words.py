"""Erasing a person's words."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.erase_words import erase_words
from zhouzhouhui.models import AnswerDraft, Matter, Photo, Resident, Sealed
from zhouzhouhui.outside import files
from zhouzhouhui.outside.erasure_log import erasures
from zhouzhouhui.queries.verify import verify

KNOWN = Speaker(name="周小满", phone="13800001111", notice=True, consent=True)


def test_words_contact_data_and_photos_go_and_the_chain_stays_valid(
    cast: Cast, refusal: Refusal, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    file = files.store(b"x", town=cast.town.code, suffix=".jpg")
    meeting = cast.open()
    matter = cast.raise_at(
        meeting, "我家的事", speaker=KNOWN, photos=((file, "", "before"), ("gone.jpg", "t.jpg", "form"))
    )
    cast.act(draft_answer, matter, "cadre", answer=Answer("A1", "办好了"))
    assert refusal(cast.act, erase_words, matter, "cadre", reason="本人要求") == "not_allowed"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        cast.act(erase_words, matter, "office", reason="本人要求")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.words, matter.public_words, matter.state) == ("", "", "raised")
    left = Sealed.objects.filter(line__matter=matter).exclude(text="").values_list("name", flat=True)
    assert set(left) == {"by", "reason"}
    assert AnswerDraft.objects.get().words == "" and Photo.objects.exclude(erased_at=None).count() == 2
    assert Resident.objects.get().name_sealed == "" and Resident.objects.get().erased_at is not None
    assert not Path(files.path_of(file)).exists()
    noted = list(erasures(settings.ERASURE_LOG))[-1]
    assert noted["matter"] == str(matter.id) and json.dumps(noted).find("我家") < 0
    assert verify(town_id=cast.town.id).ok


def test_contact_data_stays_while_the_resident_speaks_for_something_else(cast: Cast) -> None:
    meeting = cast.open()
    one = cast.raise_at(meeting, "一", speaker=KNOWN)
    cast.raise_at(meeting, "二", speaker=KNOWN)
    cast.act(erase_words, one, "office", reason="本人要求")
    assert Resident.objects.get().name_sealed != ""
