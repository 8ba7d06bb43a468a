"""verify names whatever was done to the ledger or behind its back; the database refuses it in the first place."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast, build_cast
from tests.ledger_triggers import without_triggers
from tests.queries.tampering import forge
from zhouzhouhui.actions.erase_words import erase_words
from zhouzhouhui.models import ChainHead, LedgerLine, Matter, Meeting, Sealed
from zhouzhouhui.queries.verify import Report, verify
from zhouzhouhui.rules.chain import Head, printed_head

LINES, SEALED, MATTERS, MEETINGS = (f"zhouzhouhui_{name}" for name in ("ledgerline", "sealed", "matter", "meeting"))


def report_of(cast: Cast, **more: Any) -> Report:
    return verify(town_id=cast.town.id, **more)


def found(cast: Cast, **more: Any) -> list[tuple[str, int | None]]:
    return [(finding.what, finding.seq) for finding in report_of(cast, **more).findings]


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def behind_its_back(statement: str, *values: Any) -> None:
    with without_triggers():
        sql(statement, *values)


def key_of(row: Any) -> Any:
    """A primary key as this database keeps it in raw SQL."""
    return row.pk if connection.vendor == "postgresql" else row.pk.hex


def line(cast: Cast, seq: int) -> LedgerLine:
    return LedgerLine.objects.get(chain__community=cast.yxy, seq=seq)


def facts_that_differ(cast: Cast) -> set[tuple[str, str]]:
    return {(finding.about, finding.facts["fact"]) for finding in report_of(cast).findings}


def test_a_town_that_lived_through_everything_has_nothing_wrong(cast: Cast) -> None:
    report = report_of(cast)
    assert report.as_json()["findings"] == []
    assert report.ok
    assert report.lines == LedgerLine.objects.count()
    assert report.matters == Matter.objects.count()
    assert report.erased > 0
    assert report.kept == Sealed.objects.filter(erased_at=None).count()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {LINES} SET verb = 'x'",
        f"UPDATE {LINES} SET seq = seq + 1000",
        f"DELETE FROM {LINES}",
        f"DELETE FROM {SEALED}",
        f"UPDATE {SEALED} SET text = 'x'",
        f"UPDATE {SEALED} SET erased_at = NULL, text = 'x' WHERE erased_at IS NOT NULL",
        f"UPDATE {SEALED} SET name = 'x'",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_recorded(cast: Cast, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)
    assert report_of(cast).ok


def test_an_altered_line_is_named(cast: Cast) -> None:
    body = line(cast, 20).body.replace('"role":"', '"role":"x')
    behind_its_back(f"UPDATE {LINES} SET body = %s WHERE id = %s", body, key_of(line(cast, 20)))
    assert found(cast) == [("altered", 20)]


@pytest.mark.parametrize("garbage", ["", "[1]", "{", '{"a":1}'])
def test_a_line_that_is_no_line_any_more_is_named(cast: Cast, garbage: str) -> None:
    behind_its_back(f"UPDATE {LINES} SET body = %s WHERE id = %s", garbage, key_of(line(cast, 20)))
    assert ("altered", 20) in found(cast)


def test_a_line_altered_together_with_its_hash_is_given_away_by_the_next(cast: Cast) -> None:
    forge(line(cast, 20), role="leader", onwards=False)
    assert found(cast) == [("replaced", 20)]


def test_a_missing_line_is_named(cast: Cast) -> None:
    seq = LedgerLine.objects.filter(chain__community=cast.yxy, verb="assign_matter").order_by("seq")[0].seq
    behind_its_back(f"DELETE FROM {LINES} WHERE id = %s", key_of(line(cast, seq)))
    assert ("missing", seq) in found(cast)


def test_lines_that_changed_places_are_both_named(cast: Cast) -> None:
    one, other = key_of(line(cast, 20)), key_of(line(cast, 22))
    for seq, key in ((9999, one), (20, other), (22, one)):
        behind_its_back(f"UPDATE {LINES} SET seq = %s WHERE id = %s", seq, key)
    assert {("reordered", 20), ("reordered", 22)} <= set(found(cast))


def cut(cast: Cast, last: int) -> ChainHead:
    head = ChainHead.objects.get(community=cast.yxy)
    behind_its_back(f"DELETE FROM {LINES} WHERE chain_id = %s AND seq > %s", key_of(head), last)
    return head


def test_a_cut_off_tail_is_named_by_the_head_that_was_left(cast: Cast) -> None:
    last = ChainHead.objects.get(community=cast.yxy).seq - 3
    cut(cast, last)
    assert ("cut_off", last + 1) in found(cast)


def test_a_tail_cut_off_with_its_head_and_rows_shows_against_a_printed_head(cast: Cast) -> None:
    raised = cast.raise_between("最后一条。")
    head = ChainHead.objects.get(community=cast.yxy)
    printed = printed_head(f"{head.name}:{head.seq}:{head.hash[:16]}")
    before = line(cast, head.seq - 1)
    cut(cast, before.seq)
    ChainHead.objects.filter(id=head.id).update(seq=before.seq, hash=before.hash)
    for table in ("voice", "matter"):
        column = "id" if table == "matter" else "matter_id"
        behind_its_back(f"DELETE FROM zhouzhouhui_{table} WHERE {column} = %s", key_of(raised))
    assert report_of(cast).ok
    assert found(cast, heads=[printed]) == [("cut_off", head.seq)]


def test_the_head_printed_on_published_minutes_is_held_against_the_chain(cast: Cast) -> None:
    from zhouzhouhui.actions.edit_minutes import edit_minutes
    from zhouzhouhui.actions.publish_minutes import publish_minutes
    from zhouzhouhui.actions.sign_minutes import sign_minutes

    meeting = Meeting.objects.get(community=cast.yxy, number=1)
    cast.meet(edit_minutes, meeting, "recorder", words="第一次会。")
    cast.meet(sign_minutes, meeting, "leader")
    cast.meet(publish_minutes, meeting, "office")
    assert report_of(cast).ok
    forge(line(cast, 5), role="leader", onwards=True)
    assert "other_head" in {what for what, _seq in found(cast)}


def test_a_head_of_a_chain_that_is_not_here_is_named(cast: Cast) -> None:
    assert found(cast, heads=[Head("999", 3, "ab" * 32)]) == [("unknown_chain", 3)]


def test_a_head_that_was_moved_is_named(cast: Cast) -> None:
    head = ChainHead.objects.get(community=cast.yxy)
    ChainHead.objects.filter(id=head.id).update(hash="ab" * 32)
    assert found(cast) == [("head_differs", head.seq)]
    ChainHead.objects.filter(id=head.id).update(hash=line(cast, head.seq - 1).hash, seq=head.seq - 1)
    assert ("beyond_head", head.seq) in found(cast)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"to": "closed"}, "no_such_step"),
        ({"from": "shelved"}, "other_state"),
        ({"verb": "do_as_i_like"}, "unknown_verb"),
        ({"due": None, "due_from": None}, "not_due"),
        ({"recorded_at": "2020-01-01T00:00:00.000+08:00"}, "clock_went_back"),
        ({"subject": "matter:never"}, "never_raised"),
        ({"subject": 3}, "unreadable"),
    ],
)
def test_a_chain_forged_with_all_its_hashes_is_held_against_the_law(
    cast: Cast, change: dict[str, Any], wrong: str
) -> None:
    first = LedgerLine.objects.filter(chain__community=cast.yxy, verb="assign_matter").order_by("seq")[0]
    forge(first, onwards=True, **change)
    assert (wrong, first.seq) in found(cast)


def test_forged_figures_at_an_adjournment_are_named(cast: Cast) -> None:
    first = LedgerLine.objects.filter(chain__community=cast.yxy, verb="adjourn_meeting").order_by("-seq")[0]
    frozen = json.loads(first.body)["frozen"]
    forge(first, onwards=True, frozen={**frozen, "solved": frozen["solved"] + 5})
    finding = next(one for one in report_of(cast).findings if one.what == "frozen_figures")
    assert (finding.seq, finding.facts) == (first.seq, {"figures": ["solved"]})


def test_columns_that_would_lead_astray_are_named(cast: Cast) -> None:
    behind_its_back(f"UPDATE {LINES} SET verb = 'urge' WHERE id = %s", key_of(line(cast, 20)))
    assert found(cast) == [("columns_differ", 20)]


def test_altered_words_are_named_but_never_repeated(cast: Cast, told: dict[str, Matter]) -> None:
    sealed = Sealed.objects.get(line__matter=told["solved"], line__verb="raise_matter", name="words")
    behind_its_back(f"UPDATE {SEALED} SET text = '一切都好。' WHERE id = %s", key_of(sealed))
    report = report_of(cast)
    assert {one.what for one in report.findings} == {"words_altered", "row_differs"}
    assert "一切都好" not in json.dumps(report.as_json(), ensure_ascii=False)


def test_words_that_disappeared_or_were_slipped_in_are_named(cast: Cast, told: dict[str, Matter]) -> None:
    sealed = Sealed.objects.get(line__matter=told["solved"], line__verb="raise_matter", name="by")
    behind_its_back(f"UPDATE {SEALED} SET name = 'reason' WHERE id = %s", key_of(sealed))
    assert [what for what, _seq in found(cast)] == ["sealed_gone", "sealed_added"]


def test_erasing_words_leaves_a_valid_chain(cast: Cast, told: dict[str, Matter]) -> None:
    before = report_of(cast)
    cast.act(erase_words, told["target"], "office", reason="本人要求。")
    after = report_of(cast)
    assert after.ok
    assert after.erased > before.erased


MATTER_FACTS = [
    ("state", "closed"),
    ("kind", "praise"),
    ("is_private", True),
    ("carried_count", 7),
    ("is_disputed", True),
    ("first_due_lost", True),
    ("words", "我很满意。"),
    ("number_place", 99),
    ("due_from", "2026-12-24"),
]


@pytest.mark.parametrize(("fact", "value"), MATTER_FACTS)
def test_a_matter_changed_behind_the_ledgers_back_is_named(
    cast: Cast, told: dict[str, Matter], fact: str, value: Any
) -> None:
    matter = told["split"]
    sql(f"UPDATE {MATTERS} SET {fact} = %s WHERE id = %s", value, key_of(matter))
    named = "number" if fact == "number_place" else fact
    assert facts_that_differ(cast) == {(matter.number, named)}


@pytest.mark.parametrize(("fact", "value"), [("outcome", "A1"), ("answer_words", "早就修好了。"), ("solved", "solved")])
def test_an_answer_changed_behind_the_ledgers_back_is_named(
    cast: Cast, told: dict[str, Matter], fact: str, value: str
) -> None:
    matter = told["target"]
    sql(f"UPDATE {MATTERS} SET {fact} = %s WHERE id = %s", value, key_of(matter))
    assert facts_that_differ(cast) == {(matter.number, fact)}


def test_a_meeting_changed_behind_the_ledgers_back_is_named(cast: Cast) -> None:
    meeting = Meeting.objects.get(community=cast.yxy, number=1)
    moved = meeting.scheduled_at - timedelta(days=1)
    Meeting.objects.filter(id=meeting.id).update(scheduled_at=moved, frozen={"raised": 1})
    assert facts_that_differ(cast) == {("meeting 1", "scheduled_at"), ("meeting 1", "frozen")}


def test_rows_that_no_line_tells_of_are_named(cast: Cast, told: dict[str, Matter]) -> None:
    from zhouzhouhui.models import uuid7

    stray = Matter.objects.get(id=told["split"].id)
    stray.id, stray.number_place, stray._state.adding = uuid7(), 77, True
    stray.save(force_insert=True)
    meeting = Meeting.objects.filter(community=cast.yxy, state="called")[0]
    meeting.id, meeting.slot_on, meeting._state.adding = uuid7(), None, True
    meeting.save(force_insert=True)
    findings = report_of(cast).findings
    assert [(one.what, one.about) for one in findings] == [
        ("row_without_lines", str(stray.id)),
        ("row_without_lines", str(meeting.id)),
    ]


def test_a_matter_whose_row_is_gone_is_named(cast: Cast, told: dict[str, Matter]) -> None:
    for table, column in (("voice", "matter_id"), ("matter", "id")):
        behind_its_back(f"DELETE FROM zhouzhouhui_{table} WHERE {column} = %s", key_of(told["between"]))
    assert [(one.what, one.about) for one in report_of(cast).findings] == [
        ("lines_without_row", told["between"].number)
    ]


def test_a_chain_that_grows_while_it_is_read_is_read_on(cast: Cast) -> None:
    grown: list[Matter] = []

    def meanwhile(lines: int) -> None:
        if len(grown) < 3:
            grown.append(cast.raise_between("正在核对时提出的。"))

    report = report_of(cast, on_progress=meanwhile)
    assert report.ok
    assert report.lines == LedgerLine.objects.count()


def test_a_town_is_checked_by_itself(cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.test")
    head = ChainHead.objects.get(community=cast.yxy)
    ChainHead.objects.filter(id=head.id).update(hash="ab" * 32)
    assert report_of(other).ok
    assert not report_of(cast).ok


def test_more_findings_than_anybody_reads_are_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhouzhouhui.queries.findings.MOST_FINDINGS", 2)
    Matter.objects.filter(community=cast.yxy).update(carried_count=9)
    report = report_of(cast)
    assert len(report.findings) == 2
    assert report.found > 10
    assert report.as_json()["found"] == report.found


def test_a_chain_under_sm3_is_checked_like_any_other(db: None) -> None:
    cast = build_cast(code="990112300", host="sm3.test")
    cast.town.settings["hash"] = "sm3"
    cast.town.save(update_fields=["settings"])
    cast.raise_between("路灯坏了三盏。")
    last = LedgerLine.objects.filter(chain__community=cast.yxy).order_by("-seq")[0]
    assert json.loads(last.body)["alg"] == "sm3"
    assert report_of(cast).ok
