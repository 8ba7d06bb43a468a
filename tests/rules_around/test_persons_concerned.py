"""A matter that concerns persons does not exist for them: no act, page, list, search or refusal shows it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.cast import Cast
from tests.rules_around.test_tenancy import signed_in, with_keys
from tests.rules_around.verbs import MATTER_VERBS, brought, take
from zhouzhouhui.actions.issue_token import issue_token
from zhouzhouhui.actions.name_substitute import name_substitute
from zhouzhouhui.models import LedgerLine, Matter
from zhouzhouhui.queries.access import visible, visible_matters
from zhouzhouhui.rules.matter_flow import STEPS, State
from zhouzhouhui.rules.powers import CLOCK
from zhouzhouhui.rules.rhythm import day_in_china

WORDS = "有人把公房钥匙给了自家亲戚用了两年"
CONCERNED = ("cadre", "recorder", "office", "leader", "officer")


@pytest.fixture(params=CONCERNED)
def login(request: pytest.FixtureRequest) -> str:
    """Whom the matter concerns."""
    return str(request.param)


@pytest.fixture
def matter(cast: Cast, login: str) -> Matter:
    """A complaint about somebody, put down in an open meeting which that somebody may host or record."""
    meeting = cast.open()
    return cast.raise_at(meeting, WORDS, kind="report", by="recorder", concerns=(cast.people[login].id,))


@pytest.mark.parametrize("state", [State.RAISED, State.ANSWERED, State.PROMISED, State.CLOSED, State.REFERRED])
def test_to_whom_it_concerns_no_verb_says_more_than_that_there_is_no_such_matter(
    cast: Cast, login: str, matter: Matter, state: State
) -> None:
    after = {"promise_on": cast.now.date(), "is_decision_unread": state == State.REFERRED}
    Matter.objects.filter(id=matter.id).update(state=state, revision=5, **after)
    open_one = cast.raise_between("另一件。")
    lines = LedgerLine.objects.count()
    for verb in MATTER_VERBS:
        assert take(verb, cast, matter, cast.who(login), other=open_one.id) == "not_found", verb
        assert take(verb, cast, matter, cast.who(login), other=open_one.id, seen=0) == "not_found", verb
    assert LedgerLine.objects.count() == lines


def test_it_cannot_be_found_by_way_of_another_matter_either(cast: Cast, login: str, matter: Matter) -> None:
    mine = cast.raise_between("自己的一件。")
    for verb in ("merge_matter", "link_matters"):
        code = take(verb, cast, mine, cast.who(login), other=matter.id)
        assert code in ("not_found", "not_allowed"), verb
        if code == "not_allowed":
            assert not {"cadre", "office"} & STEPS[verb].who & {login}


def test_no_query_gives_it_to_whom_it_concerns(cast: Cast, login: str, matter: Matter) -> None:
    actor = cast.who(login)
    assert matter not in visible(actor=actor, town_id=cast.town.id, day=cast.now.date())
    assert matter not in visible_matters(by=actor, town_id=cast.town.id, at=cast.now)
    assert matter not in visible_matters(by=CLOCK, town_id=cast.town.id, at=cast.now)


def test_no_page_and_no_call_shows_it_to_whom_it_concerns(cast: Cast, login: str, matter: Matter) -> None:
    client = signed_in(cast, login, "testserver")
    with time_machine.travel(cast.now, tick=False):
        token = issue_token(person=cast.people[login], by=CLOCK, at=cast.now)
        program = Client(headers={"host": "testserver", "Authorization": f"Bearer {token}"})
        lists = ["/desk/matters/?q=公房", "/api/v1/matters?q=公房", "/api/v1/matters"]
        more = [*lists, f"/api/v1/matters/YXY-{matter.number}"]
        for address in [*with_keys(cast, matter), *more]:
            for reader in (client, program):
                answer = reader.get(address)
                content = b"".join(answer) if answer.streaming else answer.content
                assert answer.status_code < 500, address
                assert WORDS not in content.decode(errors="replace"), address
                if str(matter.id) in address:
                    assert answer.status_code in (302, 401, 403, 404, 405), (address, answer.status_code)
                elif not address.startswith(("/ledger", "/desk/ledger")):  # the public chain bears no words
                    assert str(matter.id) not in content.decode(errors="replace"), address


def test_where_the_office_is_concerned_a_named_substitute_answers(cast: Cast) -> None:
    meeting = cast.open()
    office = cast.people["office"].id
    matter = cast.raise_at(meeting, WORDS, kind="report", concerns=(office,))
    auditor = cast.people["auditor"]
    assert take("answer_restricted", cast, matter, cast.who("auditor")) == "not_found"
    cast.act(name_substitute, matter, "leader", substitute=auditor.id)
    assert take("answer_restricted", cast, matter, cast.who("office")) == "not_found"
    assert take("answer_restricted", cast, matter, cast.who("auditor")) == ""


def test_a_person_concerned_is_never_named_as_substitute(cast: Cast) -> None:
    meeting = cast.open()
    concerned = cast.people["auditor"].id
    matter = cast.raise_at(meeting, WORDS, kind="report", concerns=(concerned,))
    assert brought("name_substitute", cast)["substitute"] == concerned
    assert take("name_substitute", cast, matter, cast.who("office")) not in ("", "not_found")


def test_it_stands_outside_the_hall_and_outside_the_guard(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting, WORDS, kind="report", concerns=(cast.people["cadre"].id,))
    assert Matter.objects.get(id=matter.id).due_meeting is None
    assert Matter.objects.get(id=matter.id).desk_due_on == day_in_china(cast.now) + timedelta(days=15)
    cast.adjourn(meeting)
    later = cast.open()
    for speaking in ("give_answer", "carry_over", "read_decision"):
        assert take(speaking, cast, matter, cast.who("recorder")) in ("not_found", "restricted_outside_hall")
    assert cast.adjourn(later).state == "adjourned"
