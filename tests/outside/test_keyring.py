"""Contact data is unreadable without the key file, and the key file is never guessed."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhouzhouhui.outside import keyring


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys" / "keyring.json"
    monkeypatch.setenv(keyring.ENVIRONMENT, str(path))
    return keyring.init_keyring()


def test_the_key_file_is_readable_by_its_owner_only(ring: Path) -> None:
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600


def test_keys_are_never_overwritten(ring: Path) -> None:
    before = ring.read_bytes()
    with pytest.raises(FileExistsError):
        keyring.init_keyring()
    assert ring.read_bytes() == before


def test_without_a_key_file_nothing_is_encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyring.ENVIRONMENT, str(tmp_path / "none.json"))
    with pytest.raises(keyring.KeyMissing):
        keyring.encrypt("王")
    assert not (tmp_path / "none.json").exists()


def test_a_damaged_key_file_is_said_to_be_damaged(ring: Path) -> None:
    ring.write_text("{}")
    with pytest.raises(keyring.KeyMissing):
        keyring.encrypt("王")


@given(words=st.text())
def test_words_come_back_and_are_not_in_the_token(words: str) -> None:
    token = keyring.encrypt(words)
    assert keyring.decrypt(token) == words
    assert token.isascii()


def test_the_same_words_give_another_token_each_time(ring: Path) -> None:
    assert keyring.encrypt("王") != keyring.encrypt("王")


def test_an_empty_token_holds_no_words(ring: Path) -> None:
    assert keyring.decrypt("") == ""
    assert keyring.key_id_of("") == ""
    assert keyring.reencrypt("") == ""


def test_an_altered_value_is_refused(ring: Path) -> None:
    token = keyring.encrypt("13812345678")
    altered = token[:-4] + ("A" if token[-4] != "A" else "B") + token[-3:]
    for wrong in (altered, token[:10], "k9" + token[2:], "nonsense", "k1.", "k1.*"):
        with pytest.raises(keyring.CannotDecrypt):
            keyring.decrypt(wrong)


def test_after_rotation_old_values_are_read_and_new_ones_use_the_new_key(ring: Path) -> None:
    old = keyring.encrypt("王")
    found_by = keyring.phone_index("13812345678")
    assert keyring.rotate() == "k2" == keyring.active_key_id()
    assert keyring.decrypt(old) == "王"
    renewed = keyring.reencrypt(old)
    assert (keyring.key_id_of(old), keyring.key_id_of(renewed)) == ("k1", "k2")
    assert keyring.reencrypt(renewed) == renewed
    assert keyring.decrypt(renewed) == "王"
    assert keyring.phone_index("13812345678") == found_by
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600


def test_a_forgotten_key_reads_nothing_and_the_active_one_cannot_be_forgotten(ring: Path) -> None:
    old = keyring.encrypt("王")
    keyring.rotate()
    keyring.forget_key("k1")
    with pytest.raises(keyring.CannotDecrypt):
        keyring.decrypt(old)
    for wrong in ("k2", "k7"):
        with pytest.raises(ValueError):
            keyring.forget_key(wrong)


def test_index_and_encryption_have_keys_of_their_own(ring: Path) -> None:
    stored = json.loads(ring.read_text())
    assert stored["index"] not in stored["keys"].values()


def test_an_index_depends_on_value_and_purpose(ring: Path) -> None:
    assert keyring.index("a", purpose="phone") == keyring.index("a", purpose="phone")
    made = {keyring.index(v, purpose=p) for v, p in [("a", "phone"), ("b", "phone"), ("a", "slip"), ("e:a", "phon")]}
    assert len(made) == 4


def test_another_installation_has_another_index(ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = keyring.phone_index("13812345678")
    other = keyring.init_keyring(tmp_path / "other.json")
    monkeypatch.setenv(keyring.ENVIRONMENT, str(other))
    assert keyring.phone_index("13812345678") != here


def test_nothing_is_left_beside_the_key_file_when_the_disk_refuses(ring: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", full)
    before = ring.read_bytes()
    with pytest.raises(OSError, match="no space"):
        keyring.rotate()
    assert ring.read_bytes() == before
    assert [path.name for path in ring.parent.iterdir()] == [ring.name]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"),
        (" 138 1234 5678 ", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("0086-13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("一三八一二三四五六七八", "13812345678"),
        ("021-54881234", "02154881234"),
        ("(021) 5488 1234", "02154881234"),
        ("+86 21 54881234", "02154881234"),
        ("0512-6655123", "05126655123"),
        ("54881234", "54881234"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_a_phone_is_the_same_however_it_is_typed(typed: str, kept: str) -> None:
    assert keyring.normalise_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "abc", "12345", "1381234567", "138123456789", "12812345678", "+1", "110", "没有"]
)
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(keyring.NotAPhone):
        keyring.normalise_phone(typed)


def test_codes_are_shown_in_fours_and_hold_no_sign_that_is_misread() -> None:
    code = keyring.new_code()
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert not set(keyring.CODE_ALPHABET) & set("0O1IL")
    assert len({keyring.new_code() for _ in range(500)}) == 500


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda c: c.replace("-", ""),
        lambda c: f" {c.replace('-', ' ')}　",
        lambda c: "".join(chr(ord(s) + 0xFEE0) for s in c),
        lambda c: c.replace("-", "——"),
    ],
)
def test_a_code_is_found_however_it_is_typed(change: object) -> None:
    code = keyring.new_code()
    assert keyring.code_lookup(change(code)) == keyring.code_lookup(code)  # type: ignore[operator]


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "ABCD-EFGH-JKM0", "ABCD-EFGH-JKMNP", "周周会周周会周周会周周会", "A" * 10_000]
)
def test_what_no_code_can_be_is_refused(typed: str) -> None:
    with pytest.raises(keyring.NotACode):
        keyring.code_lookup(typed)
