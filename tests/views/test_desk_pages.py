"""What each person finds on their desk, what they never find there, and how much it costs to show it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.views.desk_world import World, client_of, live
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.models import Matter

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def world() -> Iterator[World]:
    made = live()
    with time_machine.travel(made.cast.now, tick=False):
        yield made


def shown(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def words_on(client: Client, path: str) -> set[str]:
    """The words of the matters listed on a page."""
    page = client.get(path)
    assert page.status_code == 200, path
    return {card.words for card in page.context["cards"]}


def test_the_office_sees_what_nobody_answers_for_yet(world: World) -> None:
    found = words_on(client_of(world, "office"), "/desk/pile/unassigned/")
    assert found == {world.fresh.words, world.private.words}


def test_what_is_unassigned_after_one_working_day_is_marked(world: World) -> None:
    office = client_of(world, "office")
    assert not any(card.is_red for card in office.get("/desk/pile/unassigned/").context["cards"])
    with time_machine.travel(world.cast.later(days=2), tick=False):
        page = client_of(world, "office").get("/desk/pile/unassigned/")
        assert all(card.is_red for card in page.context["cards"])
        assert page.content.decode().count('class="red"') == len(page.context["cards"]) == 2


def test_each_pile_holds_what_it_says(world: World) -> None:
    expected = {
        ("office", "returns"): {world.returned.words},
        ("office", "restricted"): {world.report.words},
        ("leader", "to_sign"): {world.drafted.words},
        ("officer", "to_contact"): {world.drafted.words, world.signed.words, world.returned.words},
        ("officer", "to_answer"): {world.assigned.words, world.returned.words},
        ("officer", "ready"): {world.signed.words},
        ("officer", "promises"): {world.promised.words},
        ("cadre", "wordless"): {world.answered.words},
    }
    for (who, pile), words in expected.items():
        assert words_on(client_of(world, who), f"/desk/pile/{pile}/") == words, (who, pile)


def test_the_counts_on_the_desk_are_what_lies_in_the_piles(world: World) -> None:
    for who in ("office", "leader", "cadre", "officer", "delegate"):
        client = client_of(world, who)
        heaps = client.get("/desk/").context["heaps"]
        assert heaps
        for heap in heaps:
            assert client.get(f"/desk/pile/{heap.code}/").context["found"].total == heap.count, (who, heap.code)


def test_a_pile_of_somebody_else_is_no_page(world: World) -> None:
    assert client_of(world, "officer").get("/desk/pile/to_sign/").status_code == 404
    assert client_of(world, "office").get("/desk/pile/nonsense/").status_code == 404


def test_the_one_complained_of_never_meets_the_complaint(world: World) -> None:
    cadre = client_of(world, "cadre")
    for path in (
        "/desk/",
        "/desk/matters/",
        "/desk/pile/unassigned/",
        "/desk/evenings/",
        f"/desk/matters/?q={world.report.number}",
    ):
        assert world.report.words not in shown(cadre, path)
    assert cadre.get(f"/desk/m/{world.report.id}/").status_code == 404
    assert cadre.post(f"/desk/m/{world.report.id}/add_note/", {"words": "?"}).status_code == 404


def test_a_department_sees_only_what_it_has_to_do_with(world: World) -> None:
    officer, other = client_of(world, "officer"), client_of(world, "assistant")
    assert world.fresh.words not in words_on(officer, "/desk/matters/")
    assert world.assigned.words in words_on(officer, "/desk/matters/")
    assert words_on(other, "/desk/matters/") == set()
    assert other.get(f"/desk/m/{world.assigned.id}/").status_code == 404


def test_another_community_and_another_town_see_nothing(world: World) -> None:
    from tests.cast import build_cast

    foreign = build_cast(code="990112200", host="other.example")
    client = Client(headers={"host": "other.example"})
    client.force_login(foreign.people["office"], backend="django.contrib.auth.backends.ModelBackend")
    assert words_on(client, "/desk/matters/") == set()
    assert client.get(f"/desk/m/{world.fresh.id}/").status_code == 404
    assert client_of(world, "othercadre").get(f"/desk/m/{world.fresh.id}/").status_code == 404


def test_auditor_and_administrator_are_led_to_their_own_rooms(world: World) -> None:
    assert client_of(world, "auditor").get("/desk/")["Location"] == "/desk/ledger/"
    assert client_of(world, "admin").get("/desk/")["Location"] == "/setup/"
    assert client_of(world, "auditor").get("/desk/matters/").status_code == 403


def test_lists_filter_by_every_column_and_by_words(world: World) -> None:
    office = client_of(world, "office")
    wanted = {
        "q=积水": {world.assigned.words},
        f"q=YXY-{world.fresh.number}": {world.fresh.words},
        f"q={world.fresh.number}": {world.fresh.words},
        "category=4": {world.assigned.words},
        "state=promised": {world.promised.words},
        "kind=question": {world.answered.words},
        "community=WHC": set(),
        "department=-": set(),
        "q=没有这句话": set(),
        "due=late": set(),
    }
    for query, words in wanted.items():
        assert words_on(office, f"/desk/matters/?{query}") == words, query
    assert world.assigned.words in words_on(office, "/desk/matters/?department=SZS&kind=complaint")


def test_nonsense_in_the_query_is_as_good_as_nothing(world: World) -> None:
    office = client_of(world, "office")
    everything = words_on(office, "/desk/matters/")
    assert words_on(office, "/desk/matters/?page=-3&sort=%00&due=x") == everything
    assert words_on(office, "/desk/matters/?page=99999999999&state=%F0%9F") == set()
    assert words_on(office, "/desk/matters/?page=999") == everything


def test_lists_sort_and_say_what_is_due_when(world: World) -> None:
    page = client_of(world, "office").get("/desk/matters/?sort=newest")
    raised = [card.matter.raised_at for card in page.context["cards"]]
    assert raised == sorted(raised, reverse=True)
    assert "第\xa02\xa0次会，3\xa0月\xa017\xa0日" in page.content.decode()


def test_a_long_list_is_paged(world: World) -> None:
    for n in range(35):
        world.cast.raise_between(f"第 {n} 件小事。")
    with time_machine.travel(world.cast.now, tick=False):
        client = client_of(world, "office")
        first, second = (client.get(f"/desk/matters/?page={n}") for n in (1, 2))
        ids = [card.matter.id for page in (first, second) for card in page.context["cards"]]
        assert len(ids) == len(set(ids)) == first.context["found"].total
        assert 'rel="next"' in first.content.decode()


def test_the_sheet_of_evenings_holds_each_meeting_with_what_is_owed(world: World) -> None:
    page = client_of(world, "officer").get("/desk/evenings/")
    owed = {card.words: row["head"] for row in page.context["rows"] for card in row["cards"]}
    assert world.assigned.words in owed
    assert world.promised.words in owed
    assert owed[world.promised.words] != owed[world.assigned.words]


def test_five_minutes_link_every_number_to_what_it_counts(world: World) -> None:
    leader = client_of(world, "leader")
    page = leader.get("/desk/overview/")
    counts = page.context["counts"]
    assert counts["decide"] == 1 == len(page.context["decide"])
    assert counts["promises"] == 1
    assert counts["due"] == leader.get("/desk/matters/?due=14").context["found"].total
    assert "2 / 9" in page.content.decode()


def test_what_went_past_its_meeting_is_drawn_as_an_arc(world: World) -> None:
    meeting = world.cast.open()
    for matter in Matter.objects.filter(due_meeting=meeting, is_restricted=False):
        world.cast.act(carry_over, matter, "cadre", words="还在等材料。", reason="厂里没有货。")
    world.cast.adjourn(meeting)
    with time_machine.travel(world.cast.later(days=1), tick=False):
        page = client_of(world, "office").get("/desk/overview/")
        assert page.context["counts"]["late"] >= 1
        assert any(str(world.fresh.id) in arc.href for arc in page.context["late"].arcs)
        assert 'class="over"' in page.content.decode()


def test_the_auditor_reads_who_did_what_but_not_on_restricted_matters(world: World) -> None:
    auditor = client_of(world, "auditor")
    page = auditor.get(f"/desk/ledger/?chain={world.cast.yxy.code}")
    lines = page.context["lines"]
    assert {line.by for line in lines if line.verb == "sign_answer"} == {"李镇"}
    assert [
        line.by for line in lines if line.body["number"] == world.report.number and line.verb == "raise_matter"
    ] == [""]
    assert world.report.words not in page.content.decode()
    only = auditor.get(f"/desk/ledger/?chain={world.cast.yxy.code}&verb=sign_answer&from=2026-03-01&until=2026-03-31")
    assert {line.verb for line in only.context["lines"]} == {"sign_answer"}
    assert auditor.get("/desk/ledger/?from=yesterday&before=x").status_code == 200
    assert client_of(world, "officer").get("/desk/ledger/").status_code == 403


def test_sign_ins_are_listed_for_the_auditor(world: World) -> None:
    Client().post("/sign-in/login/", {"login": "office", "password": "wrong"})
    Client().post("/sign-in/login/", {"login": "leader", "password": "pass-leader"})
    rows = client_of(world, "auditor").get("/desk/ledger/sign-ins/").context["rows"]
    assert {(row.login, row.fits) for row in rows} >= {("office", False), ("leader", True)}


PAGES = (
    ("office", "/desk/"),
    ("officer", "/desk/"),
    ("office", "/desk/matters/?q=灯&category=4&due=14&sort=waiting"),
    ("cadre", "/desk/pile/unassigned/"),
    ("officer", "/desk/evenings/"),
    ("leader", "/desk/overview/"),
    ("office", "/desk/meetings/"),
    ("auditor", "/desk/ledger/?chain=990112100001"),
    ("cadre", "/desk/raise/"),
)


def test_no_page_of_the_desk_costs_more_queries_when_there_is_more_to_show(world: World) -> None:
    def cost() -> dict[str, int]:
        found = {}
        matters = [
            f"/desk/m/{m.id}/" for m in (world.fresh, world.assigned, world.drafted, world.promised, world.report)
        ]
        for who, path in (
            *PAGES,
            *(("office", path) for path in matters),
            ("officer", matters[1]),
            ("leader", matters[2]),
        ):
            client = client_of(world, who)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found[f"{who} {path}"] = len(queries)
        return found

    small = cost()
    for n in range(40):
        matter = world.cast.raise_between(f"楼道里的灯坏了第 {n} 盏。", category="4.1")
        world.cast.assign(matter)
    with time_machine.travel(world.cast.now, tick=False):
        large = cost()
    assert {path: n for path, n in large.items() if n > MOST} == {}
    assert {path: n for path, n in large.items() if n > small[path] + 4} == {}  # figures are counted anew


def test_merged_shelved_and_split_matters_point_to_each_other(world: World) -> None:
    merged = world.cast.act(merge_matter, world.fresh, "office", into=world.assigned.id)
    office = client_of(world, "office")
    assert f"/desk/m/{world.assigned.id}/" in shown(office, f"/desk/m/{merged.id}/")
    review = world.cast.now.date().replace(month=5)
    world.cast.act(shelve_matter, world.returned, "leader", reason="要等区里修路。", level="district", review_on=review)
    assert "要等区里修路。" in shown(office, f"/desk/m/{world.returned.id}/")
