"""The office's ruling on a return."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.request_return import request_return
from zhouzhouhui.actions.rule_on_return import rule_on_return
from zhouzhouhui.models import Matter


def test_granted_it_waits_to_be_assigned_anew_and_stays_due(cast: Cast) -> None:
    matter = cast.raise_between()
    due = matter.due_meeting
    cast.assign(matter)
    cast.act(request_return, matter, "officer", reason="不归我们管")
    cast.act(rule_on_return, matter, "office", granted=True, reason="确实归派出所")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.lead_department, matter.due_meeting) == ("raised", None, due)


def test_refused_it_stays_with_the_lead(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    assert refusal(cast.act, rule_on_return, matter, "office", granted=True, reason="r") == "no_return_asked"
    cast.act(request_return, matter, "officer", reason="不归我们管")
    cast.act(rule_on_return, matter, "office", granted=False, reason="归你们")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.lead_department, matter.return_asked_at) == ("assigned", cast.szs, None)
