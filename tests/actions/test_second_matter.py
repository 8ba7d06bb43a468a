"""Seconding: one voice for each phone."""

from uuid import uuid4

import pytest

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions import second_matter as module
from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.models import Matter, Voice
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules.powers import Actor


def test_each_phone_and_each_person_counts_once(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    phone = Actor(device="phone-1")
    assert cast.act(second_matter, matter, phone).seconds == 1
    assert refusal(cast.act, second_matter, matter, phone) == "seconded_already"
    assert cast.act(second_matter, matter, "delegate").seconds == 2
    assert refusal(cast.act, second_matter, matter, "delegate") == "seconded_already"
    code = keyring.new_code()
    assert cast.act(second_matter, matter, Actor(), code=code).seconds == 3
    assert Voice.objects.filter(slip=keyring.code_lookup(code), kind="seconder").exists()
    assert Matter.objects.get(id=matter.id).state == "raised"


def test_a_voice_needs_something_to_be_told_apart_by(cast: Cast, refusal: Refusal) -> None:
    assert refusal(cast.act, second_matter, cast.raise_between(), Actor()) == "voice_needs_a_device"


def test_sent_again_it_is_one_voice(cast: Cast) -> None:
    matter, act_id = cast.raise_between(), uuid4()
    cast.act(second_matter, matter, Actor(device="phone-2"), act_id=act_id)
    assert cast.act(second_matter, matter, Actor(device="phone-2"), act_id=act_id).seconds == 1


def test_two_taps_at_the_same_moment_are_one_voice(
    cast: Cast, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter, phone = cast.raise_between(), Actor(device="phone-3")
    Voice.objects.create(town=cast.town, matter=matter, kind="seconder", device="phone-3", at=cast.now)

    def not_seen_yet(*args: object, **told: object) -> Matter:
        decide = told.pop("decide")
        return real("second_matter", decide=lambda s: decide(_without_voices(s)), **told)  # type: ignore[operator]

    real = module.take_step
    monkeypatch.setattr(module, "take_step", not_seen_yet)
    assert refusal(cast.act, second_matter, matter, phone) == "seconded_already"
    assert Voice.objects.filter(device="phone-3").count() == 1


def _without_voices(standing: object) -> object:
    standing.voices = []  # type: ignore[attr-defined]
    return standing
