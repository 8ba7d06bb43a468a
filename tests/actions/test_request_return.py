"""Asking to return an assignment within one working day."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.request_return import request_return
from zhouzhouhui.models import Matter, Sealed


def test_the_lead_asks_within_a_working_day_and_keeps_the_matter_until_the_ruling(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    cast.act(request_return, matter, "officer", reason="不归我们管")
    matter = Matter.objects.get(id=matter.id)
    assert matter.return_asked_at is not None and (matter.state, matter.lead_department) == ("assigned", cast.szs)
    assert Sealed.objects.get(line__verb="request_return", name="reason").public_text == ""


def test_later_or_without_a_reason_it_is_refused(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    assert refusal(cast.act, request_return, matter, "officer", reason="") == "must_bring:reason"
    cast.later(days=5)
    assert refusal(cast.act, request_return, matter, "officer", reason="不归我们管") == "return_too_late"
