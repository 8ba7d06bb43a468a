"""Whatever a program sends, it gets a problem document that says what to do, and never a 500."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.api.conftest import Programs, code_of
from tests.cast import Cast, build_cast
from zhouzhouhui.actions.issue_token import revoke_token
from zhouzhouhui.models import ApiToken, Matter
from zhouzhouhui.queries.tries import WRONG_CODES
from zhouzhouhui.rules.powers import CLOCK

HERE = "/api/v1/communities/YXY/matters"


def sent(body: bytes, content_type: str = "application/json") -> Any:
    return Client().generic("POST", HERE, body, content_type=content_type)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b'{"words": ', "application/json", 400, "bad_json"),
        (b'{"words": NaN}', "application/json", 400, "bad_json"),
        (b'{"words": "\\ud800"}', "application/json", 400, "bad_json"),
        ("{\"words\": \"积水\"}".encode("gbk"), "application/json", 400, "wrong_encoding"),
        ("{\"words\": \"积水\"}".encode("gbk"), "application/json; charset=gbk", 400, "wrong_encoding"),
        (b"\x00\xff\xfe", "application/json", 400, "wrong_encoding"),
        (b"words=1", "application/x-www-form-urlencoded", 415, "json_wanted"),
        (b"<words/>", "text/xml", 415, "json_wanted"),
        (b'{"words": "a\\u0000b"}', "application/json", 422, "unreadable_characters"),
        (b'{"words": ""}', "application/json", 422, "must_bring"),
        (b"", "application/json", 422, "invalid_fields"),
        (b"[]", "application/json", 422, "invalid_fields"),
        (b"null", "application/json", 422, "invalid_fields"),
        (b'{"words": 7}', "application/json", 422, "invalid_fields"),
        (b'{"words": "a", "wrods": "b"}', "application/json", 422, "invalid_fields"),
        (b'{"words": "a", "id": "7"}', "application/json", 422, "invalid_fields"),
        (b'{"words": "a", "people_count": 99999999999999999999}', "application/json", 422, "invalid_fields"),
        (b'{"words": "a", "people_count": 0}', "application/json", 422, "people_count"),
        (b'{"words": "a", "kind": "gossip"}', "application/json", 422, "no_such_kind"),
        (b'{"words": "a", "category": "99.9"}', "application/json", 422, "no_such_category"),
        (b'{"words": "a", "channel": "pigeon"}', "application/json", 422, "invalid_fields"),
        (b'{"words": "a", "slip": "AAAA"}', "application/json", 422, "not_a_code"),
        (b'{"words": "a", "photos": [{"photo": "AAAA"}]}', "application/json", 422, "photo_refused"),
        (b'{"words": "a", "photos": [{"photo": "%%"}]}', "application/json", 422, "photo_refused"),
        (b'{"words": "a", "speaker": {"phone": "13812345678"}}', "application/json", 422, "consent_needed"),
        (b'{"words": "a", "speaker": {"is_under_14": true}}', "application/json", 422, "guardian_needed"),
        (b'{"items": []}', "application/json", 422, "batch_size"),
        (b"[" * 5000, "application/json", 400, "bad_json"),
        (json.dumps({"words": "长" * 5001}).encode(), "application/json", 422, "too_long"),
        (b'{"words": "' + b"a" * (5 * 1024 * 1024) + b'"}', "application/json", 413, "body_too_large"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_by_name(
    cast: Cast, body: bytes, content_type: str, status: int, code: str
) -> None:
    response = sent(body, content_type)
    assert (response.status_code, code_of(response)) == (status, code)
    assert not Matter.objects.exists()


def test_the_fault_of_each_field_is_named(cast: Cast) -> None:
    problem = sent(b'{"words": 7, "wrods": 1, "items": 3}').json()
    assert {fault["where"] for fault in problem["facts"]["fields"]} == {"items", "words", "wrods"}
    problem = sent(json.dumps({"items": [{"words": "a"}, {"people_count": "many"}]}).encode()).json()
    assert [fault["where"] for fault in problem["facts"]["fields"]] == ["items.1.people_count"]
    assert "要写成整数" in problem["detail"]


def test_the_sentence_is_in_the_callers_language(programs: Programs) -> None:
    nobody = programs.nobody()
    assert nobody.get("/matters/YXY-9-99").json()["detail"].startswith("没有找到")
    nobody.language = "en"
    problem = nobody.get("/matters/YXY-9-99").json()
    assert problem["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/nothing", 404, "no_such_address"),
        ("get", "/api/v1/", 404, "no_such_address"),
        ("post", "/api/v1/matters/YXY-1-01/assign_mater", 404, "no_such_address"),
        ("get", "/api/v1/meetings/7", 404, "no_such_address"),
        ("put", "/api/v1/matters", 405, "method_not_allowed"),
        ("get", HERE, 405, "method_not_allowed"),
        ("delete", "/api/v1/matters/YXY-1-01", 405, "method_not_allowed"),
        ("options", "/api/v1/figures", 405, "method_not_allowed"),
        ("get", "/api/v1/matters/YXY-1-01", 404, "not_found"),
        ("get", "/api/v1/matters/13-08", 404, "not_found"),
        ("get", "/api/v1/matters/%00", 404, "not_found"),
        ("get", "/api/v1/matters/YXY-999999-999999", 404, "not_found"),
        ("get", "/api/v1/matters?community=%00", 422, "unreadable_characters"),
        ("get", "/api/v1/matters?community=nowhere", 404, "not_found"),
        ("get", "/api/v1/matters?cursor=nonsense", 422, "bad_cursor"),
        ("get", "/api/v1/matters?cursor=Mjk5OXx4", 422, "bad_cursor"),
        ("get", "/api/v1/matters?state=lost", 422, "no_such_choice"),
        ("get", "/api/v1/matters?due=someday", 422, "no_such_choice"),
        ("get", "/api/v1/matters?due=0001-01-01", 422, "no_such_choice"),
        ("get", "/api/v1/matters?raised_from=0001-01-01", 422, "invalid_fields"),
        ("get", "/api/v1/matters?size=0", 422, "invalid_fields"),
        ("get", "/api/v1/meetings?from=9999-12-31", 422, "invalid_fields"),
        ("get", "/api/v1/figures?community=%FF", 404, "not_found"),
        ("get", "/api/v1/problems/nonsense", 404, "no_such_address"),
        ("post", "/api/v1/communities/%2e%2e/matters", 404, "not_found"),
    ],
)  # fmt: skip
def test_a_wrong_address_is_answered_by_a_problem(cast: Cast, method: str, path: str, status: int, code: str) -> None:
    client = Client()
    brought = {"data": b'{"words": "a"}', "content_type": "application/json"} if method == "post" else {}
    response = getattr(client, method)(path, **brought)
    assert (response.status_code, code_of(response)) == (status, code)
    if status == 405:
        assert response["Allow"]


def test_head_is_answered_like_get(cast: Cast) -> None:
    response = Client().head("/api/v1/communities")
    assert (response.status_code, response.content) == (200, b"")


def test_a_code_can_be_looked_up(programs: Programs) -> None:
    told = programs.nobody().get("/problems/unspoken_left").json()
    assert told["status"] == 409
    assert "散不了" in told["sentence"]


def test_a_wrong_token_is_refused_even_where_none_is_needed(programs: Programs, cast: Cast) -> None:
    office = programs.of("office")
    assert office.get("/communities").status_code == 200
    right = office.token
    for wrong in (right + "x", "zzh_nonsense", "x" * 500, ""):
        office.token = wrong or " "
        refused = office.get("/communities")
        assert (refused.status_code, code_of(refused)) == (401, "token_unknown")
        assert refused["WWW-Authenticate"].startswith("Bearer")
    office.token = right
    revoke_token(town_id=cast.town.id, token_id=ApiToken.objects.get().id, by=CLOCK, at=cast.now)
    assert code_of(office.get("/communities")) == "token_unknown"


def test_a_token_that_is_over_opens_nothing(programs: Programs, cast: Cast) -> None:
    office = programs.of("office")
    ApiToken.objects.update(expires_at=cast.now)
    assert code_of(office.get("/people")) == "token_unknown"


def test_another_towns_token_opens_nothing_here(programs: Programs, cast: Cast) -> None:
    other = build_cast(code="990112200", host="other.example")
    token = Programs(other).of("office").token
    office = programs.of("office")
    meeting = other.next_meeting()
    assert code_of(office.get(f"/meetings/{meeting.id}")) == "not_found"
    assert code_of(office.post(f"/meetings/{meeting.id}/cancel_meeting", {"reason": "x"})) == "not_found"
    office.token = token
    assert code_of(office.get("/people")) == "token_unknown"


def test_meetings_are_recorded_by_token_holders_only(programs: Programs, cast: Cast) -> None:
    meeting = cast.open()
    refused = programs.nobody().post(f"/meetings/{meeting.id}/matters", {"words": "积水"})
    assert (refused.status_code, code_of(refused)) == (401, "token_needed")


def test_a_slip_code_tried_often_is_refused_for_a_while(programs: Programs, cast: Cast) -> None:
    matter = cast.raise_between()
    number = f"YXY-{matter.number}"
    guesser = programs.nobody(slip="ABCD-EFGH-JKMN")
    guesser.clock = lambda: cast.now
    for _ in range(WRONG_CODES):
        assert code_of(guesser.post(f"/matters/{number}/urge")) in ("not_allowed", "not_found")
    refused = guesser.post(f"/matters/{number}/urge")
    assert (refused.status_code, code_of(refused)) == (429, "too_many_tries")
    assert int(refused["Retry-After"]) > 300


def test_anybody_raises_only_so_often_from_one_place(programs: Programs, cast: Cast) -> None:
    nobody = programs.nobody()
    nobody.clock = lambda: cast.now
    codes = {nobody.post("/communities/YXY/matters", {"words": f"第{i}件"}).status_code for i in range(31)}
    assert codes == {201, 429}


@pytest.mark.parametrize("verb", ["assign_matter", "give_answer", "open_meeting", "link_matters", "late_record"])
def test_an_empty_body_is_no_crash(programs: Programs, cast: Cast, verb: str) -> None:
    matter = cast.raise_between()
    where = (
        f"/meetings/{cast.next_meeting().id}" if verb in ("open_meeting", "late_record") else f"/matters/{matter.id}"
    )
    response = programs.of("office").post(f"{where}/{verb}", {})
    assert response.status_code in (403, 409, 422)
    code_of(response)


def test_a_key_used_for_other_words_is_refused_without_content(programs: Programs, cast: Cast) -> None:
    key = str(uuid4())
    cadre = programs.of("cadre")
    first = cadre.did("/communities/YXY/matters", {"id": key, "words": "路灯坏了"})
    again = cadre.post("/communities/YXY/matters", {"id": key, "words": "路灯坏了"})
    assert (again.status_code, again.json()["again"], again.json()["slip"]) == (200, True, None)
    assert again.json()["matters"] == first["matters"]
    other = cadre.post("/communities/YXY/matters", {"id": key, "words": "路灯没坏"})
    assert (other.status_code, code_of(other)) == (409, "same_id_other_words")
    twice = cadre.post("/communities/YXY/matters", {"items": [{"id": str(uuid4()), "words": "a"}] * 2})
    assert code_of(twice) == "same_id_other_words"
    assert Matter.objects.count() == 1
