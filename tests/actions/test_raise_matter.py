"""Raising: every word gets a number, a due meeting, a slip and a line."""

import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.actions.conftest import Refusal
from tests.cast import Cast, build_cast
from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.actions.raise_matter import NewMatter, Raised, raise_matter, raise_matters
from zhouzhouhui.models import Concern, LedgerLine, Matter, Photo, Resident, Sealed, Voice
from zhouzhouhui.outside import keyring
from zhouzhouhui.rules.powers import Actor

KNOWN = Speaker(name="周小满", phone="13800001111", address="3号楼502", notice=True, consent=True)


def raise_words(cast: Cast, *items: NewMatter, **more: Any) -> Raised:
    told: dict[str, Any] = {
        "town_id": cast.town.id, "community_id": cast.yxy.id, "by": Actor(device="phone-1"), "at": cast.later(minutes=1)
    }  # fmt: skip
    return raise_matters(items=items, **{**told, **more})


def test_a_matter_raised_at_a_meeting_is_due_at_the_next_regular_one(cast: Cast) -> None:
    meeting = cast.open()
    matter = cast.raise_at(meeting, "门口一下雨就积水。", kind="complaint", category="4.1", people_count=40)
    assert (matter.number, matter.state) == ("1-01", "raised")
    assert matter.due_meeting == cast.next_meeting()
    line = LedgerLine.objects.get(matter=matter)
    body = json.loads(line.body)
    assert body["verb"] == "raise_matter" and body["to"] == "raised" and body["category"] == "4.1"
    assert body["due"] == str(matter.due_meeting_id) and body["role"] == "recorder"
    assert "积水" not in line.body


def test_what_the_raiser_asks_for_is_sealed_and_not_public(cast: Cast) -> None:
    raise_words(cast, NewMatter(words="门口积水", request="把门口垫高"))
    sealed = Sealed.objects.get(name="request")
    assert (sealed.text, sealed.public_text) == ("把门口垫高", "")


def test_a_matter_raised_between_meetings_is_due_three_working_days_away(cast: Cast) -> None:
    meeting = cast.open()
    cast.adjourn(meeting)
    early = cast.raise_between()
    assert (early.number, early.is_between) == ("1+01", True)
    following = cast.next_meeting()
    assert early.due_meeting == following
    cast.now = following.scheduled_at.replace(hour=5)
    late = cast.raise_between("明天就开会了才想起来。")
    assert late.due_meeting != following and late.due_meeting is not None
    assert late.due_meeting.scheduled_at > following.scheduled_at


def test_words_stay_as_spoken_and_the_public_reads_them_masked(cast: Cast) -> None:
    words = "我是周小满，电话13800001111，找王大力也没用。"
    raised = raise_words(cast, NewMatter(words=words, hide=("王大力",)), speaker=KNOWN)
    matter = Matter.objects.get(id=raised.matters[0].id)
    assert matter.words == words
    for told in ("周小满", "13800001111", "王大力"):
        assert told not in matter.public_words
    assert Sealed.objects.get(line__matter=matter, name="words").text == words


def test_contact_data_is_kept_encrypted_and_the_same_number_is_the_same_resident(cast: Cast) -> None:
    raise_words(cast, NewMatter(words="一"), speaker=KNOWN)
    raise_words(cast, NewMatter(words="二"), speaker=replace(KNOWN, phone="138 0000 1111"))
    resident = Resident.objects.get()
    assert "周小满" not in resident.name_sealed and keyring.decrypt(resident.name_sealed) == "周小满"
    raise_words(cast, NewMatter(words="三"), speaker=replace(KNOWN, name="另一个人"))
    assert Resident.objects.count() == 2


def test_nobody_is_asked_who_they_are(cast: Cast) -> None:
    raise_words(cast, NewMatter(words="匿名提一句"), speaker=Speaker())
    assert Resident.objects.count() == 0 and Voice.objects.get().resident is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"notice": False}, "consent_needed"),
        ({"consent": False}, "consent_needed"),
        ({"is_under_14": True}, "guardian_needed"),
        ({"phone": "不是电话"}, "not_a_phone"),
        ({"name": "很" * 61}, "too_long:name"),
    ],
)
def test_contact_data_needs_consent_and_a_child_a_guardian(
    cast: Cast, refusal: Refusal, changed: dict[str, Any], code: str
) -> None:
    assert refusal(raise_words, cast, NewMatter(words="一"), speaker=replace(KNOWN, **changed)) == code
    assert not Matter.objects.exists()


def test_a_child_speaks_with_a_guardian(cast: Cast) -> None:
    child = Speaker(is_under_14=True, guardian="周妈妈", notice=True, consent=True)
    raise_words(cast, NewMatter(words="滑梯坏了"), speaker=child)
    assert keyring.decrypt(Resident.objects.get().guardian_sealed) == "周妈妈"


def test_twenty_three_questions_get_twenty_three_numbers_and_one_slip(cast: Cast) -> None:
    raised = raise_words(cast, *(NewMatter(words=f"第{n}个问题") for n in range(1, 24)))
    assert [m.number for m in raised.matters] == [f"0+{n:02d}" for n in range(1, 24)]
    assert Voice.objects.filter(slip=keyring.code_lookup(raised.code)).count() == 23


def test_a_batch_is_saved_whole_or_not_at_all(cast: Cast, refusal: Refusal) -> None:
    assert refusal(raise_words, cast, NewMatter(words="好的"), NewMatter(words=" ")) == "must_bring:words_or_photo"
    assert refusal(raise_words, cast) == "batch_size"
    assert refusal(raise_words, cast, *(NewMatter(words="多") for _ in range(201))) == "batch_size"
    assert not Matter.objects.exists()


def test_a_photographed_form_counts_as_raised_and_waits_to_be_typed(cast: Cast) -> None:
    raised = raise_words(cast, NewMatter(photos=(("a.jpg", "b.jpg", "form"), ("c.jpg", "d.jpg", "before"))))
    assert raised.matters[0].awaits_typing
    assert [p.is_public for p in Photo.objects.order_by("file")] == [False, True]


def test_a_report_and_whatever_concerns_a_person_goes_to_the_restricted_desk_at_once(cast: Cast) -> None:
    report = raise_words(cast, NewMatter(words="举报他收钱", kind="report")).matters[0]
    conduct = raise_words(cast, NewMatter(words="态度很差", category="10.3")).matters[0]
    named = raise_words(cast, NewMatter(words="说的是他", concerns=(cast.people["cadre"].id,))).matters[0]
    for matter in (report, conduct, named):
        assert matter.is_restricted and matter.public_words == "" and matter.due_meeting is None
        assert matter.desk_due_on == date(2026, 3, 16)
        body = json.loads(LedgerLine.objects.get(matter=matter).body)
        assert "kind" not in body and "category" not in body and body["role"] == "restricted"
    assert Concern.objects.get().person == cast.people["cadre"]


def test_a_batch_may_hold_open_and_restricted_matters(cast: Cast) -> None:
    open_one, hidden = raise_words(cast, NewMatter(words="一"), NewMatter(words="二", kind="report")).matters
    assert open_one.due_meeting is not None and hidden.due_meeting is None


def test_sent_again_by_the_same_sender_the_first_is_the_answer(cast: Cast, refusal: Refusal) -> None:
    item = NewMatter(words="网络断了又来", id=uuid4())
    first = raise_words(cast, item)
    second = raise_words(cast, item)
    assert second.again and second.matters == first.matters and second.code == ""
    assert refusal(raise_words, cast, replace(item, words="别的话")) == "same_id_other_words"
    assert refusal(raise_words, cast, item, by=Actor(device="phone-2")) == "same_id_other_words"
    assert refusal(raise_words, cast, item, NewMatter(words="新的")) == "same_id_other_words"
    other = build_cast(code="990112900", host="other.test")
    assert refusal(raise_words, other, item) == "same_id_other_words"
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"words": "长" * 5001}, "too_long:words"),
        ({"words": "坏\x00字"}, "unreadable_characters:words"),
        ({"words": "坏\ud800字"}, "unreadable_characters:words"),
        ({"kind": "抱怨"}, "no_such_kind"),
        ({"category": "99"}, "no_such_category"),
        ({"people_count": 0}, "people_count"),
        ({"people_count": 1_000_001}, "people_count"),
        ({"legacy_since": "从我记事那年起一直到现在都没有变过哪怕一点点"}, "too_long:legacy_since"),
        ({"concerns": (uuid4(),)}, "not_found"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(
    cast: Cast, refusal: Refusal, changed: dict[str, Any], code: str
) -> None:
    assert refusal(raise_words, cast, replace(NewMatter(words="好"), **changed)) == code
    assert not Matter.objects.exists() and not LedgerLine.objects.filter(verb="raise_matter").exists()


def test_another_towns_keys_lead_nowhere(cast: Cast, refusal: Refusal) -> None:
    other = build_cast(code="990112900", host="other.test")
    assert refusal(raise_words, cast, NewMatter(words="一"), community_id=other.yxy.id) == "not_found"
    assert refusal(raise_words, cast, NewMatter(words="一"), community_id=None, community=other.yxy) == "not_found"
    meeting = other.open()
    assert refusal(raise_words, cast, NewMatter(words="一"), community_id=None, meeting_id=meeting.id) == "not_found"


def test_a_meeting_that_is_not_open_takes_no_matters(cast: Cast, refusal: Refusal) -> None:
    meeting = cast.next_meeting()
    told = {"town_id": cast.town.id, "meeting_id": meeting.id, "by": cast.who("cadre"), "at": cast.now}
    assert refusal(raise_matter, item=NewMatter(words="一"), **told) == "no_open_meeting"


def test_a_resident_in_the_hall_raises_by_phone_at_the_meeting(cast: Cast) -> None:
    meeting = cast.open()
    raised = raise_words(cast, NewMatter(words="不好意思站起来说"), community_id=None, meeting_id=meeting.id)
    assert raised.matters[0].number == "1-01" and raised.matters[0].channel == "meeting"


def test_the_clock_raises_nothing(cast: Cast, refusal: Refusal) -> None:
    assert refusal(raise_words, cast, NewMatter(words="一"), by=cast.who("clock")) == "not_allowed"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("\u200b\u200b", "must_bring:words_or_photo"),
        ("\u3000\ufeff\n", "must_bring:words_or_photo"),
        ("响\x07铃", "unreadable_characters:words"),
        ("倒\u202e着读", "unreadable_characters:words"),
    ],
)
def test_what_nobody_could_read_on_the_wall_is_refused(cast: Cast, refusal: Refusal, words: str, code: str) -> None:
    assert refusal(raise_words, cast, NewMatter(words=words)) == code


def test_line_breaks_tabs_and_emoji_stay_as_typed(cast: Cast) -> None:
    words = "一是路灯\r\n二是\t扶手👍🏽"
    assert raise_words(cast, NewMatter(words=words)).matters[0].words == words
