"""The demo's own sentences: enough of them, well formed, each said by somebody and answered by somebody."""

from collections import Counter

from zhouzhouhui.demo import read_corpus
from zhouzhouhui.demo.read_corpus import Sentence
from zhouzhouhui.rules.outcomes import PROMISES, Outcome
from zhouzhouhui.text.masking import find_personal

KINDS = {"question", "request", "complaint", "report", "suggestion", "praise"}
DECIDED = [s for way in ("shelved", "declined", "referred") for s in read_corpus.decisions(way)]


def every_sentence() -> list[Sentence]:
    return [*read_corpus.sentences(), *DECIDED]


def test_there_are_several_hundred_sentences_and_none_is_there_twice() -> None:
    words = [s.words for s in every_sentence()] + list(read_corpus.me_too())
    assert len(words) >= 500
    assert [w for w, count in Counter(words).items() if count > 1] == []


def test_answers_are_their_own_too() -> None:
    answers = [s.answer for s in read_corpus.sentences()]
    assert [a for a, count in Counter(answers).items() if count > 1] == []


def test_every_sentence_is_as_long_as_people_speak() -> None:
    assert [s.words for s in every_sentence() if not 10 <= len(s.words) <= 90] == []


def test_every_kind_every_category_and_every_scope_is_there() -> None:
    leaves = {c.code for c in read_corpus.categories() if c.parent}
    assert len(leaves) == 50
    assert {s.category for s in every_sentence()} <= leaves
    assert {s.category for s in read_corpus.sentences()} == leaves
    assert {s.kind for s in read_corpus.sentences()} == KINDS
    assert {s.scope for s in every_sentence()} == {"village", "neighbourhood", "any"}


def lacks(sentence: Sentence) -> bool:
    promises = Outcome(sentence.outcome) in PROMISES
    promise_told = (bool(sentence.weeks), bool(sentence.kept), "{date}" in sentence.answer)
    return not (
        sentence.answer
        and bool(sentence.basis) == (sentence.outcome == "D2")
        and promise_told == (promises,) * 3
        and bool(sentence.carry) == bool(sentence.carry_reason)
        and (sentence.dispute or not sentence.after_dispute)
        and sentence.restricted == (sentence.kind == "report")
    )


def test_an_answer_brings_what_its_outcome_must_bring() -> None:
    assert [s.words for s in read_corpus.sentences() if lacks(s)] == []


def test_a_decision_says_why_and_where_else() -> None:
    assert all(s.reason and s.level in ("town", "district", "city") for s in read_corpus.decisions("shelved"))
    assert all(s.reason and s.instead for s in read_corpus.decisions("declined"))
    assert all(s.reason and s.path for s in read_corpus.decisions("referred"))


def test_no_sentence_holds_personal_data() -> None:
    found = {s.words: find_personal(s.words + s.answer) for s in every_sentence()}
    assert {words: spans for words, spans in found.items() if spans} == {}


def test_ten_villages_and_seven_neighbourhoods_meet_at_their_own_hours() -> None:
    plans = read_corpus.communities()
    assert Counter(p.kind for p in plans) == {"village": 10, "neighbourhood": 7}
    assert len({p.code for p in plans}) == len({p.short_code for p in plans}) == len({p.name for p in plans}) == 17
    assert all(p.code.startswith("990112112") and len(p.code) == 12 for p in plans)
    pilots = [p for p in plans if p.pilot]
    assert len(pilots) == 4
    assert sum(len(p.former_villages) for p in pilots) == 8
    oldest = max(plans, key=lambda p: p.held)
    assert (oldest.held, oldest.weekday, oldest.meets_at.isoformat()) == (27, 1, "06:30:00")


def test_every_category_is_owned_by_a_department_or_by_the_community() -> None:
    codes = {d.code for d in read_corpus.departments()}
    owners = {c.code: c.owner for c in read_corpus.categories() if c.parent}
    assert {code for code, owner in owners.items() if owner != "community" and owner not in codes} == set()
    assert {d.level for d in read_corpus.departments()} == {"town", "district"}
    assert [c.code for c in read_corpus.categories() if c.restricted] == ["1003"]
