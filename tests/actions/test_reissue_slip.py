"""Issuing a lost slip again."""

from tests.actions.conftest import Refusal
from tests.cast import Cast, build_cast
from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.reissue_slip import reissue_slip
from zhouzhouhui.models import Community, LedgerLine
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules.powers import Actor

KNOWN = Speaker(name="周小满", phone="13800001111", notice=True, consent=True)


def reissue(
    cast: Cast, by: str = "cadre", phone: str = "138-0000-1111", community: Community | None = None
) -> tuple[str, int]:
    return reissue_slip(
        town_id=cast.town.id,
        community_id=(community or cast.yxy).id,
        phone=phone,
        by=cast.who(by),
        at=cast.now,
    )


def test_a_new_code_opens_everything_the_number_raised_and_the_old_one_nothing(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.open()
    one, two = (cast.raise_at(meeting, words, speaker=KNOWN) for words in ("一", "二"))
    old = cast.raiser(one)
    code, opened = reissue(cast)
    assert opened == 2 and LedgerLine.objects.filter(verb="reissue_slip").exists()
    for matter in (one, two):
        cast.answer(matter)
    assert refusal(cast.act, accept_answer, one, old, solved="solved") == "not_allowed"
    cast.act(accept_answer, one, Actor(slips=frozenset({keyring.code_lookup(code)})), solved="solved")


def test_a_number_nobody_left_and_a_person_without_mandate_learn_nothing(cast: Cast, refusal: Refusal) -> None:
    assert refusal(reissue, cast) == "phone_unknown"
    assert refusal(reissue, cast, phone="不是电话") == "not_a_phone"
    assert refusal(reissue, cast, by="officer") == "not_allowed"
    assert refusal(reissue, cast, by="othercadre") == "not_allowed"
    other = build_cast(code="990112900", host="other.test")
    assert refusal(reissue, cast, by="office", community=other.yxy) == "not_found"
