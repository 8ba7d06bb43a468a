"""Correcting the record by a later line."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.correct_record import correct_record
from zhouzhouhui.models import LedgerLine, Matter, Sealed


def correct(cast: Cast, matter: Matter, by: str = "cadre", **told: object) -> Matter:
    cast.act(correct_record, matter, by, **{"reason": "听错了", **told})
    return Matter.objects.get(id=matter.id)


def test_both_stand_in_the_ledger_the_old_words_and_the_new(cast: Cast) -> None:
    matter = cast.raise_between("路登坏了")
    matter = correct(cast, matter, words="路灯坏了，电话13800001111", kind="complaint", category="4.1", place="三号楼")
    assert matter.words.startswith("路灯") and "13800001111" not in matter.public_words
    assert [s.text[:4] for s in Sealed.objects.filter(name="words").order_by("line__seq")] == ["路登坏了", "路灯坏了"]
    body = json.loads(LedgerLine.objects.get(verb="correct_record").body)
    assert (body["kind"], body["category"]) == ("complaint", "4.1")


def test_a_photographed_form_is_typed_in_later(cast: Cast) -> None:
    matter = cast.raise_between("", photos=(("a.jpg", "", "form"),))
    matter = correct(cast, matter, words="路灯坏了", reason="照表格录入", people_count=3, category="")
    assert not matter.awaits_typing and matter.public_words == "路灯坏了" and matter.people_count == 3


def test_a_private_mark_is_set_and_lifted_by_correction(cast: Cast) -> None:
    matter = cast.raise_between("楼上漏水")
    matter = correct(cast, matter, is_private=True, words="楼上漏水了", place="五号楼")
    assert (matter.public_words, matter.public_place) == ("", "")
    matter = correct(cast, matter, is_private=False)
    assert matter.public_words == "楼上漏水了"


def test_what_belongs_to_the_restricted_desk_is_marked_first(cast: Cast, refusal: Refusal) -> None:
    matter, hidden = cast.raise_between(), cast.raise_between("举报", kind="report")
    for told in ({"kind": "report"}, {"category": "10.3"}):
        assert refusal(correct, cast, matter, **told) == "mark_restricted_first"
    assert correct(cast, hidden, "office", category="10.3", kind="report").category is not None


def test_nothing_to_correct_and_impossible_corrections_are_refused(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    assert refusal(correct, cast, matter) == "must_bring:correction"
    assert refusal(correct, cast, matter, place="三号楼", reason="") == "must_bring:reason"
    assert refusal(correct, cast, matter, kind="牢骚") == "no_such_kind"
    assert refusal(correct, cast, matter, category="99") == "no_such_category"
    assert refusal(correct, cast, matter, words="长" * 5001) == "too_long:words"
