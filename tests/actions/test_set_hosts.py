"""Host names: one serves one town, and nobody cuts off the name they came by."""

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions.set_hosts import set_hosts
from zhouzhouhui.models import LedgerLine, TownHost
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast(host="liuxi.example")


def _set(cast: Cast, *hosts: str, by: str = "admin", keep: str = "") -> list[str]:
    return set_hosts(town=cast.town, by=cast.who(by), at=cast.later(minutes=1), hosts=hosts, keep=keep)


def test_the_list_is_written_once_however_it_is_typed(cast: Cast) -> None:
    assert _set(cast, " Liuxi.example ", "zzh.liuxi.example.", "") == ["liuxi.example", "zzh.liuxi.example"]
    assert set(TownHost.objects.values_list("host", flat=True)) == {"liuxi.example", "zzh.liuxi.example"}
    assert _set(cast, "liuxi.example", "zzh.liuxi.example") == ["liuxi.example", "zzh.liuxi.example"]
    assert LedgerLine.objects.filter(verb="set_hosts").count() == 1
    assert _set(cast, "zzh.liuxi.example") == ["zzh.liuxi.example"]


def test_refusals(cast: Cast) -> None:
    build_cast(code="990112200", host="other.example")
    for hosts, keep, by, code in (
        (("other.example",), "", "admin", "host_taken"),
        (("zzh.example",), "liuxi.example", "admin", "host_in_use"),
        (("not a host",), "", "admin", "host_name"),
        (("-x.example",), "", "admin", "host_name"),
        (("x.example",), "", "office", "not_allowed"),
    ):
        with pytest.raises(Refused) as refused:
            _set(cast, *hosts, by=by, keep=keep)
        assert refused.value.code == code
    assert set(TownHost.objects.filter(town=cast.town).values_list("host", flat=True)) == {"liuxi.example"}
