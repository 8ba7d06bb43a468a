"""A private matter is spoken by number only: nowhere in public, and answered in person."""

import pytest
import time_machine
from django.test import Client

from tests.cast import Cast
from tests.rules_around.test_tenancy import signed_in, with_keys
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.mark_private import mark_private
from zhouzhouhui.models import Matter, Sealed
from zhouzhouhui.queries.figures import figures
from zhouzhouhui.rules.refusals import Refused

WORDS = "我家的拆迁补偿款少算了一间厢房"
ANSWER = "补偿款已经重新核算并当面说明"


def public_addresses(cast: Cast, matter: Matter) -> list[str]:
    closed = ("/desk", "/setup", "/hall", "/sign-in")
    own = [f"/c/YXY/m/{matter.number}/", "/c/YXY/matters/?q=厢房", "/api/v1/matters?q=厢房"]
    return [a for a in with_keys(cast, matter) if not a.startswith(closed)] + own


def test_its_words_and_its_answer_are_on_no_public_page(cast: Cast) -> None:
    matter = cast.raised_earlier(WORDS, is_private=True)
    meeting = cast.open()
    cast.act(give_answer, matter, "cadre", answer=Answer("A1", ANSWER), told="三月十六日上门说明。")
    cast.adjourn(meeting)
    passer_by, told = Client(), 0
    with time_machine.travel(cast.now, tick=False):
        for address in public_addresses(cast, matter):
            answer = passer_by.get(address)
            content = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
            assert answer.status_code < 500 and "厢房</" not in content, address
            assert WORDS not in content and ANSWER not in content and "上门说明" not in content, address
            told += answer.status_code == 200
    assert told > 10
    assert figures(town_id=cast.town.id).as_json()["raised"] == 1, "it is absent, and counted"


def test_it_is_answered_in_person_before_the_hall_hears_its_number(cast: Cast) -> None:
    matter = cast.raised_earlier(WORDS, is_private=True)
    cast.open()
    with pytest.raises(Refused) as caught:
        cast.act(give_answer, matter, "cadre", answer=Answer("A1", ANSWER))
    assert (caught.value.code, caught.value.facts["what"]) == ("must_bring", "told")


def test_the_meeting_waits_for_it_and_names_its_number_only(cast: Cast) -> None:
    matter = cast.raised_earlier(WORDS, is_private=True)
    meeting = cast.open()
    with pytest.raises(Refused) as caught:
        cast.adjourn(meeting)
    (left,) = caught.value.facts["matters"]
    assert left["number"] == matter.number and left["private"] is True and WORDS not in str(caught.value.facts)
    cast.act(carry_over, matter, "cadre", words="还在核算。", reason="等评估。")
    assert cast.adjourn(meeting).state == "adjourned"


def test_whoever_hears_that_it_is_private_takes_back_what_was_public(cast: Cast) -> None:
    matter = cast.raised_earlier(WORDS)
    assert WORDS in Matter.objects.get(id=matter.id).public_words
    cast.act(mark_private, matter, cast.raiser(matter))
    assert Matter.objects.get(id=matter.id).public_words == ""
    assert not Sealed.objects.filter(line__matter=matter, public_text__contains="厢房").exists()


def test_a_delegate_posted_there_does_not_read_it(cast: Cast) -> None:
    matter = cast.raised_earlier(WORDS, is_private=True)
    client = signed_in(cast, "delegate", "testserver")
    with time_machine.travel(cast.now, tick=False):
        for address in ("/desk/", "/desk/matters/", "/desk/matters/?q=厢房", f"/desk/m/{matter.id}/"):
            assert WORDS not in client.get(address).content.decode(), address
