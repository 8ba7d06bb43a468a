"""Referring to a legal path."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.refer_matter import refer_matter
from zhouzhouhui.models import Matter


def test_it_is_a_decision_that_stays_due_until_it_is_read(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    due = matter.due_meeting
    assert refusal(cast.act, refer_matter, matter, "cadre", path="", reason="诉讼") == "must_bring:path"
    assert refusal(cast.act, refer_matter, matter, "officer", path="诉讼", reason="诉讼") == "not_allowed"
    assert refusal(cast.act, refer_matter, matter, "cadre", path="诉" * 201, reason="诉讼") == "too_long:path"
    cast.act(refer_matter, matter, "cadre", path="诉讼", reason="合同纠纷归法院")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.outcome, matter.is_decision_unread) == ("referred", "E", True)
    assert matter.due_meeting == due
