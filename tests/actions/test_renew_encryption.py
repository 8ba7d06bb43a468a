"""After a key was rotated, everybody's contact data is under the new one, and readable as before."""

from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions import renew_encryption as renewing
from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.models import Person, Resident
from zhouzhouhui.outside import keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(tmp_path: Path, settings: Any) -> Cast:
    settings.KEYRING_PATH = tmp_path / "keyring.json"
    keyring.init_keyring(settings.KEYRING_PATH)
    made = build_cast()
    meeting = made.open()
    for n in range(5):
        speaker = Speaker(name=f"居民{n}", phone=f"1380000000{n}", notice=True, consent=True)
        made.raise_at(meeting, "灯坏了。", speaker=speaker)
    return made


def readable() -> list[str]:
    return sorted(keyring.decrypt(r.name_sealed) + keyring.decrypt(r.phone_sealed) for r in Resident.objects.all())


def test_every_row_comes_under_the_new_key_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing, "AT_ONCE", 2)
    Person.objects.filter(login="office").update(phone_sealed=keyring.encrypt("13900000000"))
    before = readable()
    assert renewing.renew_encryption() == 0
    key = keyring.rotate()
    assert renewing.renew_encryption() == 6
    assert readable() == before
    assert {keyring.key_id_of(r.phone_sealed) for r in Resident.objects.all()} == {key}
    assert keyring.key_id_of(Person.objects.get(login="office").phone_sealed) == key
    assert renewing.renew_encryption() == 0


def test_what_is_erased_stays_empty(cast: Cast) -> None:
    Resident.objects.update(name_sealed="", phone_sealed="", address_sealed="", phone_index="")
    keyring.rotate()
    assert renewing.renew_encryption() == 0
    assert not Resident.objects.exclude(name_sealed="").exists()
