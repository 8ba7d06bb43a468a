"""Assigning: one lead, a reason when it changes, and never a department's job for the community."""

import json

from tests.actions.conftest import Refusal
from tests.cast import Cast, build_cast
from zhouzhouhui.actions.assign_matter import Lead, assign_matter
from zhouzhouhui.models import Assisting, LedgerLine, Matter


def test_the_office_assigns_to_a_department_with_another_assisting(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.assign(matter, assisting=[cast.jws.id, cast.szs.id])
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.lead_department, matter.route) == ("assigned", cast.szs, "town")
    assert [a.department for a in Assisting.objects.all()] == [cast.jws]
    body = json.loads(LedgerLine.objects.get(matter=matter, verb="assign_matter").body)
    assert (body["lead"], body["assisting"], body["from"], body["to"]) == ("SZS", ["JWS"], "raised", "assigned")


def test_a_change_of_lead_needs_a_reason_and_drops_old_helpers(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter, assisting=[cast.jws.id])
    assert refusal(cast.assign, matter, cast.jws) == "must_bring:reason"
    cast.assign(matter, cast.jws, reason="归派出所管")
    assert Matter.objects.get(id=matter.id).lead_department == cast.jws
    assert not Assisting.objects.exists()


def test_the_cadre_keeps_what_the_community_can_do_itself(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.act(assign_matter, matter, "cadre", route="community", lead=Lead(community=True))
    assert Matter.objects.get(id=matter.id).lead_is_community


def test_a_departments_job_is_not_pushed_down_on_the_community(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    for route in ("town", "district"):
        told = {"route": route, "lead": Lead(community=True)}
        assert refusal(cast.act, assign_matter, matter, "cadre", **told) == "route_needs_department"


def test_a_promise_is_handed_over_and_stays_a_promise(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting)
    cast.answer(matter, "B", "下月底前", promise_on=cast.now.date().replace(month=4))
    cast.assign(matter, reason="改由市政所负责")
    matter = Matter.objects.get(id=matter.id)
    assert (matter.state, matter.owner_department, matter.owner_is_community) == ("promised", cast.szs, False)


def test_what_is_not_there_is_refused(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    other = build_cast(code="990112900", host="other.test")
    assert refusal(cast.act, assign_matter, matter, "office", route="town", lead=Lead()) == "must_bring:lead"
    assert refusal(cast.act, assign_matter, matter, "office", route="上天", lead=Lead()) == "no_such_choice:route"
    assert refusal(cast.assign, matter, other.szs) == "no_such_department"
    assert refusal(cast.act, assign_matter, matter, "officer", route="town", lead=Lead(cast.szs.id)) == "not_allowed"
    assert refusal(cast.act, assign_matter, matter, other.who("office"), route="town", lead=Lead(cast.szs.id))
