"""The ground the suite stands on: tables are emptied between tests, the ledger stays closed, no socket leaves."""

import socket
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from pytest_socket import SocketConnectBlockedError

from tests.cast import build_cast
from zhouzhouhui.models import LedgerLine


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_starts_empty_and_finds_the_ledger_closed(turn: int) -> None:
    assert not LedgerLine.objects.exists()
    build_cast()
    assert LedgerLine.objects.exists()
    for statement in ("UPDATE zhouzhouhui_ledgerline SET seq = seq + 100", "DELETE FROM zhouzhouhui_ledgerline"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as one, pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"):
        one.connect(("192.0.2.1", 80))


def test_tests_live_in_a_home_that_is_thrown_away() -> None:
    assert Path(tempfile.gettempdir()).resolve() in Path(settings.VAR_DIR).resolve().parents
    assert settings.FILES_ROOT.is_relative_to(settings.VAR_DIR)
    assert settings.KEYRING_PATH.is_relative_to(settings.VAR_DIR)
