"""A day taken out of the town's calendar is again what the notice says."""

from datetime import date

import pytest

from tests.cast import build_cast
from zhouzhouhui.actions.clear_day import clear_day
from zhouzhouhui.actions.set_day import set_day
from zhouzhouhui.models import CalendarDay, LedgerLine
from zhouzhouhui.rules.refusals import Refused

pytestmark = pytest.mark.django_db


def test_setting_and_clearing_leave_one_line_each_and_clearing_twice_is_refused() -> None:
    cast = build_cast()
    told = {"town": cast.town, "by": cast.who("admin"), "at": cast.now}
    set_day(day=date(2027, 2, 8), kind="holiday", note="春节", **told)
    assert CalendarDay.objects.get().kind == "holiday"
    clear_day(day=date(2027, 2, 8), **told)
    assert not CalendarDay.objects.exists()
    assert LedgerLine.objects.filter(verb__in=["set_day", "clear_day"]).count() == 2
    with pytest.raises(Refused) as refused:
        clear_day(day=date(2027, 2, 8), **told)
    assert refused.value.code == "not_found"


def test_a_delegate_may_not() -> None:
    cast = build_cast()
    with pytest.raises(Refused) as refused:
        clear_day(town=cast.town, by=cast.who("delegate"), at=cast.now, day=date(2027, 2, 8))
    assert refused.value.code == "not_allowed"
