"""Encrypting contact data anew under the key that is in force, after a key was rotated."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Model

from ..models import Person, Resident
from ..outside import keyring
from ._ledger import in_one_transaction

SEALED: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Resident, ("name_sealed", "phone_sealed", "address_sealed", "guardian_sealed")),
    (Person, ("phone_sealed",)),
)
AT_ONCE = 200


def renew_encryption() -> int:
    """Every row of every town whose contact data is under an older key; how many were written anew.

    In small transactions: interrupted, it goes on where it stopped when it is called again.
    """
    active, done = keyring.active_key_id(), 0
    for model, fields in SEALED:
        for keys in _batches(model):
            done += _renew(model, fields, keys, active)
    return done


def _batches(model: type[Model]) -> Iterator[list[object]]:
    batch: list[object] = []
    for key in model._default_manager.order_by("pk").values_list("pk", flat=True).iterator():
        batch.append(key)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


@in_one_transaction
def _renew(model: type[Model], fields: tuple[str, ...], keys: list[object], active: str) -> int:
    done = 0
    rows = model._default_manager.filter(pk__in=keys)
    if transaction.get_connection().features.has_select_for_update:
        rows = rows.select_for_update()
    for row in rows:
        old = {name: value for name in fields if (value := getattr(row, name)) and keyring.key_id_of(value) != active}
        if old:
            for name, value in old.items():
                setattr(row, name, keyring.reencrypt(value))
            row.save(update_fields=list(old))
            done += 1
    return done
