"""One full cycle of two meetings, by programs alone: raised at one meeting, answered at the next."""

from uuid import uuid4

from tests.api.conftest import Programs, code_of
from tests.cast import Cast


def open_next(programs: Programs, cast: Cast) -> str:
    """The office appoints, the host opens, all over HTTP."""
    meeting = cast.next_meeting()
    office = programs.of("office")
    office.did(f"/meetings/{meeting.id}/appoint_host", {"person": "cadre"})
    office.did(f"/meetings/{meeting.id}/appoint_recorder", {"person": "recorder"})
    cast.now = max(cast.now, meeting.scheduled_at)
    opened = programs.of("cadre").did(f"/meetings/{meeting.id}/open_meeting", {"act_id": str(uuid4())})
    assert opened["state"] == "open"
    return str(meeting.id)


def test_what_is_raised_at_one_meeting_is_answered_at_the_next(programs: Programs, cast: Cast) -> None:
    first = open_next(programs, cast)
    host, recorder, office = programs.of("cadre"), programs.of("recorder"), programs.of("office")
    recorder.did(f"/meetings/{first}/sign_in", {"kind": "resident", "heads": 23})
    raised = recorder.did(
        f"/meetings/{first}/matters",
        {
            "id": str(uuid4()),
            "words": "门口一下雨就积水，找张三说过。",
            "category": "4.1",
            "hide": ["张三"],
            "kind": "request",
        },
    )
    number, slip = raised["matters"][0]["number"], raised["slip"]
    assert number == "YXY-1-01"
    assert host.did(f"/meetings/{first}/adjourn_meeting")["state"] == "adjourned"

    office.did(f"/matters/{number}/assign_matter", {"route": "town", "lead": "SZS", "assisting": ["JWS"]})
    cast.later(days=2)
    officer = programs.of("officer")
    officer.did(f"/matters/{number}/take_assignment")
    officer.did(f"/matters/{number}/record_contact", {"manner": "phone", "contacted_at": "2026-03-04T09:00:00+08:00"})
    programs.of("assistant").did(f"/matters/{number}/give_opinion", {"words": "路口可以封半天。"})
    officer.did(
        f"/matters/{number}/draft_answer",
        {"outcome": "B", "words": "四月底前换粗管子。", "promise_on": "2026-04-30", "owner": "SZS"},
    )
    programs.of("leader").did(f"/matters/{number}/sign_answer")

    second = open_next(programs, cast)
    refused = host.post(f"/meetings/{second}/adjourn_meeting")
    assert code_of(refused) == "unspoken_left"
    assert refused.json()["facts"]["matters"][0]["can"] == ["give_answer", "carry_over"]
    assert refused.json()["remedies"]
    given = host.did(f"/matters/{number}/give_answer")
    assert (given["state"], given["promise_on"]) == ("promised", "2026-04-30")
    host.did(f"/meetings/{second}/adjourn_meeting")
    programs.of("cadre").did(f"/meetings/{second}/edit_minutes", {"words": "到会 23 人。"})
    programs.of("leader").did(f"/meetings/{second}/sign_minutes")
    assert office.did(f"/meetings/{second}/publish_minutes")["state"] == "published"

    cast.later(days=7)
    kept = officer.did(
        f"/matters/{number}/keep_promise", {"evidence": "已经换好。", "done_on": cast.now.date().isoformat()}
    )
    assert kept["due"]["meeting"] == str(cast.next_meeting().id)
    third = open_next(programs, cast)
    given = host.did(f"/matters/{number}/give_answer", {"outcome": "A1", "words": "管子换好了，请大家看。"})
    assert given["state"] == "answered"
    closed = programs.nobody(slip=slip).did(
        f"/matters/{number}/accept_answer", {"solved": "solved", "result": "satisfied"}
    )
    assert closed["state"] == "closed"
    host.did(f"/meetings/{third}/adjourn_meeting")

    story = programs.nobody().get(f"/matters/{number}").json()
    assert story["steps"][0]["verb"] == "raise_matter"
    assert "张三" not in programs.nobody().get(f"/matters/{number}").content.decode()
    assert story["words"] != "门口一下雨就积水，找张三说过。"
    assert "管子换好了，请大家看。" in [step["texts"].get("words") for step in story["steps"]]
    counted = programs.nobody().get("/figures", community="YXY").json()
    assert (counted["raised"], counted["closed_or_answered"], counted["rate"]) == (1, 1, 1.0)
