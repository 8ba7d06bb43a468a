"""Withdrawing."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.actions.withdraw_matter import withdraw_matter
from zhouzhouhui.models import LedgerLine, Matter, Voice
from zhouzhouhui.rules.powers import Actor


def test_the_raiser_takes_it_back_and_it_is_no_longer_due(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    assert refusal(cast.act, withdraw_matter, matter, "cadre", reason="替他撤") == "not_allowed"
    assert refusal(cast.act, withdraw_matter, matter, cast.raiser(matter), reason="") == "must_bring:reason"
    cast.act(withdraw_matter, matter, cast.raiser(matter), reason="自己修好了")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.due_meeting) == ("withdrawn", None)


def test_where_others_speak_for_it_only_this_voice_goes(cast: Cast) -> None:
    matter, other = cast.raise_between("一"), cast.raise_between("二")
    cast.act(second_matter, matter, Actor(device="phone-7"))
    cast.act(withdraw_matter, matter, cast.raiser(matter), reason="我不提了")
    matter = Matter.objects.get(id=matter.id)
    assert matter.state == "raised" and matter.due_meeting is not None
    assert Voice.objects.filter(matter=matter, withdrawn_at=None).count() == 1
    assert json.loads(LedgerLine.objects.get(verb="withdraw_matter").body)["voice_only"] is True
    same = cast.raise_between("也是二")
    cast.act(merge_matter, same, "office", into=other.id)
    cast.act(withdraw_matter, other, cast.raiser(other), reason="我不提了")
    assert Matter.objects.get(id=other.id).state == "raised"
