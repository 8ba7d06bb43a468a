"""The hash chain: canonical bytes, commitments, and every way of tampering named for what it is."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhouzhouhui.rules import chain
from zhouzhouhui.rules.chain import (
    GENESIS,
    Algorithm,
    Fault,
    Head,
    Line,
    NotCanonical,
    Walk,
    What,
    algorithm_of,
    canonical,
    check_chain,
    commitment,
    line_hash,
    printed_head,
    raw_fits,
)

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SALT = bytes(range(16))
keys = st.text(st.characters(max_codepoint=127), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def chained(count: int, name: str = "310112", algorithm: Algorithm = "sha256") -> list[Line]:
    lines, prev = [], GENESIS
    for seq in range(1, count + 1):
        body: dict[str, Any] = {
            "chain": name,
            "seq": seq,
            "prev": prev,
            "verb": "raise_matter",
            "words": "路灯",
        }
        if algorithm != "sha256":
            body["alg"] = algorithm
        prev = line_hash(body, algorithm)
        lines.append(Line(name, seq, body, prev))
    return lines


def found(lines: list[Line], heads: tuple[Head, ...] = ()) -> list[Fault]:
    return list(check_chain(lines, heads))


@patient
@given(st.dictionaries(keys, values, max_size=8))
def test_canonical_bytes_are_exactly_those_of_rfc_8785(body: dict[str, Any]) -> None:
    assert canonical(body) == rfc8785.dumps(body)


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), 2**53, -(2**53), b"x", {1}, {"路": 1}, {1: 1}, [1.0], "\ud800"], ids=repr
)
def test_what_has_no_single_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical({"value": value})


def test_sm3_gives_the_standards_own_test_vector_through_the_commitment() -> None:
    assert chain._digest(b"abc", "sm3") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    with pytest.raises(ValueError, match="md5"):
        chain._digest(b"abc", "md5")  # type: ignore[arg-type]


def test_a_commitment_needs_its_salt_and_depends_on_it() -> None:
    assert commitment("路灯", SALT) == hashlib.sha256(SALT + "路灯".encode()).hexdigest()
    assert commitment("路灯", SALT) != commitment("路灯", SALT[::-1])
    assert commitment("路灯", SALT, "sm3") != commitment("路灯", SALT)
    with pytest.raises(ValueError, match="16"):
        commitment("路灯", b"short")


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_an_untouched_chain_has_no_fault(algorithm: Algorithm) -> None:
    assert found(chained(30, algorithm=algorithm)) == []


def test_a_chain_may_change_its_algorithm_midway() -> None:
    lines = chained(3)
    body = {"chain": "310112", "seq": 4, "prev": lines[-1].hash, "alg": "sm3"}
    lines.append(Line("310112", 4, body, line_hash(body, "sm3")))
    assert algorithm_of(body) == "sm3"
    assert found(lines) == []


def test_an_altered_line_is_named() -> None:
    lines = chained(9)
    lines[4] = replace(lines[4], body={**lines[4].body, "verb": "give_answer"})
    assert found(lines) == [Fault("310112", 5, What.ALTERED)]


def test_a_body_that_was_never_canonical_is_altered() -> None:
    lines = chained(3)
    lines[1] = replace(lines[1], body={**lines[1].body, "n": 0.5})
    assert found(lines) == [Fault("310112", 2, What.ALTERED)]


def test_a_line_altered_together_with_its_hash_is_given_away_by_the_next() -> None:
    lines = chained(9)
    body = {**lines[4].body, "verb": "give_answer"}
    lines[4] = Line("310112", 5, body, line_hash(body))
    assert found(lines) == [Fault("310112", 5, What.REPLACED)]


@pytest.mark.parametrize(("gone", "first", "last"), [([4], 5, 5), ([0], 1, 1), ([2, 3, 4], 3, 5)])
def test_missing_lines_are_named_as_one_stretch(gone: list[int], first: int, last: int) -> None:
    lines = [line for place, line in enumerate(chained(9)) if place not in gone]
    assert found(lines) == [Fault("310112", first, What.MISSING, last=last)]


def test_lines_that_stand_in_another_order_are_named() -> None:
    lines = chained(9)
    lines[3], lines[5] = lines[5], lines[3]
    assert {fault.seq for fault in found(lines)} >= {4, 5}
    assert {fault.what for fault in found(lines)} == {What.REORDERED}


def test_lines_whose_places_were_exchanged_are_both_named() -> None:
    lines = chained(9)
    lines[3], lines[5] = replace(lines[5], seq=4), replace(lines[3], seq=6)
    assert found(lines) == [Fault("310112", 4, What.REORDERED), Fault("310112", 6, What.REORDERED)]


def test_a_line_moved_into_a_wrong_place_is_reordered_and_leaves_no_missing_one() -> None:
    lines = chained(9)
    moved = replace(lines.pop(4), seq=10)
    assert found([*lines, moved]) == [Fault("310112", 10, What.REORDERED)]


def test_a_line_that_stands_there_twice_is_a_duplicate() -> None:
    lines = chained(6)
    assert found([*lines[:3], lines[2], *lines[3:]]) == [Fault("310112", 3, What.DUPLICATE)]
    assert found([*lines, replace(lines[2], seq=7)]) == [Fault("310112", 7, What.DUPLICATE)]


@pytest.mark.parametrize("number", [None, "three", 0, 99])
def test_a_line_without_a_sensible_number_is_out_of_place(number: object) -> None:
    lines = chained(3)
    body = {**lines[2].body, "seq": number}
    lines[2] = Line("310112", 3, body, line_hash(body))
    assert found(lines) == [Fault("310112", 3, What.REORDERED)]


def test_a_line_of_another_chain_is_foreign() -> None:
    lines = chained(5)
    lines[2] = replace(chained(5, name="town")[2], chain="310112")
    assert found(lines) == [Fault("310112", 3, What.FOREIGN)]


def test_chains_may_come_interleaved_and_are_checked_apart() -> None:
    one, other = chained(4), chained(4, name="town")
    mixed = [line for pair in zip(one, other, strict=True) for line in pair]
    assert found(mixed) == []
    assert found([line for line in mixed if (line.chain, line.seq) != ("town", 2)]) == [
        Fault("town", 2, What.MISSING, last=2)
    ]


def test_a_tail_cut_off_shows_only_against_a_printed_head() -> None:
    lines = chained(9)
    head = Head("310112", 9, lines[8].hash[:16].upper())
    assert found(lines[:6]) == []
    assert found(lines[:6], (head,)) == [Fault("310112", 7, What.CUT_OFF, last=9)]
    assert found([], (head,)) == [Fault("310112", 1, What.CUT_OFF, last=9)]
    assert found(lines, (head,)) == []


def test_a_chain_written_anew_does_not_match_the_printed_head() -> None:
    head = Head("310112", 5, "ab" * 32)
    assert found(chained(9), (head,)) == [Fault("310112", 5, What.OTHER_HEAD)]


def test_a_head_too_short_to_prove_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="12"):
        found([], (Head("310112", 5, "abcdef"),))


def test_a_printed_head_is_read_as_it_is_typed() -> None:
    assert printed_head(" 310112:5:ABCDEF123456 ") == Head("310112", 5, "abcdef123456")


@pytest.mark.parametrize("text", ["310112:5", "310112:x:abcdef123456", "310112:5:abc", "310112:5:ghijklmnopqr"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        printed_head(text)


def test_a_line_kept_as_text_is_checked_without_being_written_again() -> None:
    line = chained(1)[0]
    raw = canonical(line.body).decode()
    assert raw_fits(raw, line.body, line.hash)
    assert not raw_fits(raw.replace("路灯", "道路"), line.body, line.hash)
    assert not raw_fits("\ud800", line.body, line.hash)
    walk = Walk("310112", {})
    assert list(walk.step(line, intact=False)) == [Fault("310112", 1, What.ALTERED)]


def tampered(lines: list[Line], kind: str, place: int, other: int) -> list[Line]:
    if kind == "alter":
        lines[place] = replace(lines[place], body={**lines[place].body, "words": "改过"})
    elif kind == "drop":
        del lines[place]
    elif kind == "exchange":
        lines[place], lines[other] = (
            replace(lines[other], seq=place + 1),
            replace(lines[place], seq=other + 1),
        )
    else:
        lines.insert(other, lines[place])
    return lines


@patient
@given(st.sampled_from(["alter", "drop", "exchange", "repeat"]), st.integers(0, 18), st.integers(0, 18))
def test_no_single_act_of_tampering_before_the_last_line_goes_unseen(kind: str, place: int, other: int) -> None:
    if kind == "exchange" and place == other:
        other = (place + 1) % 19
    assert found(tampered(chained(20), kind, place, other))


def test_a_wild_number_costs_neither_time_nor_memory() -> None:
    body = {"chain": "310112", "seq": 10**12, "prev": GENESIS}
    lines = [*chained(2), Line("310112", 10**12, body, line_hash(body))]
    assert found(lines) == [Fault("310112", 3, What.MISSING, last=10**12 - 1)]


def test_a_realistic_chain_is_checked_fast_enough_for_every_night() -> None:
    def lines() -> Iterator[Line]:
        prev = GENESIS
        for seq in range(1, 5001):
            body = {f"field_{n}": "x" * 12 for n in range(22)} | {"chain": "c", "seq": seq, "prev": prev}
            prev = line_hash(body)
            yield Line("c", seq, body, prev)

    stored = list(lines())
    began = time.process_time()
    assert list(check_chain(stored)) == []
    assert 5000 / (time.process_time() - began) > 5_000
