"""Every act at the desk through its form: taken, refused in a sentence, and nothing typed is lost."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from PIL import Image

from tests.views.desk_world import World, client_of, live
from zhouzhouhui.models import AnswerDraft, LedgerLine, Matter, MatterLink, Photo
from zhouzhouhui.rules.matter_flow import STEPS
from zhouzhouhui.views.desk_acts import ACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    made = live()
    with time_machine.travel(made.cast.now, tick=False):
        yield made


def take(world: World, who: str, matter: Matter, verb: str, **typed: Any):  # type: ignore[no-untyped-def]
    """Post the form as the page does, with the revision that was seen."""
    matter.refresh_from_db()
    path = f"/desk/m/{matter.id}/{verb}/"
    return client_of(world, who).post(path, {"seen": matter.revision, **typed})


def done(world: World, who: str, matter: Matter, verb: str, **typed: Any) -> Matter:
    answer = take(world, who, matter, verb, **typed)
    assert answer.status_code == 302, answer.content.decode()[-6000:]
    assert LedgerLine.objects.filter(matter=matter, verb=verb).exists()
    matter.refresh_from_db()
    return matter


def jpeg() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "grey").save(file, "JPEG")
    file.name = "IMG_0001.jpg"
    file.seek(0)
    return file


def test_every_act_of_the_desk_is_a_row_of_the_law() -> None:
    assert set(ACTS) <= set(STEPS)


def test_the_office_assigns_with_lead_and_helper(world: World) -> None:
    matter = done(world, "office", world.fresh, "assign_matter", route="town", to="SZS", assisting=["JWS"])
    assert (matter.state, matter.lead_department_id) == ("assigned", world.cast.szs.id)
    assert [a.department_id for a in matter.assisting.all()] == [world.cast.jws.id]
    assert world.fresh.words in client_of(world, "assistant").get("/desk/pile/opinions/").content.decode()
    done(world, "assistant", matter, "give_opinion", words="晚上我们多巡一趟。")
    assert "晚上我们多巡一趟。" in client_of(world, "officer").get(f"/desk/m/{matter.id}/").content.decode()


def test_the_cadre_keeps_it_in_the_community_and_answers_for_it(world: World) -> None:
    matter = done(world, "cadre", world.fresh, "assign_matter", route="community", to="community")
    assert matter.lead_is_community
    done(world, "cadre", matter, "draft_answer", outcome="A1", words="灯泡都换好了。")
    done(world, "leader", matter, "sign_answer")
    assert AnswerDraft.objects.get(matter=matter).state == "signed"


def test_a_changed_lead_needs_a_reason_and_the_form_keeps_what_was_chosen(world: World) -> None:
    answer = take(world, "office", world.assigned, "assign_matter", route="district", to="JWS", reason="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还缺理由" in page
    assert '<option value="district" selected>' in page
    assert '<option value="JWS" selected>' in page


def test_the_lead_takes_contacts_and_asks_to_return(world: World) -> None:
    done(world, "officer", world.signed, "take_assignment")
    matter = done(
        world,
        "officer",
        world.signed,
        "record_contact",
        manner="visit",
        contacted_at="2026-03-03T07:00",
        words="看过。",
    )
    assert matter.contacted_at is not None
    late = take(
        world, "officer", matter, "record_contact", manner="phone", contacted_at="2026-03-09T07:00", words="写好的话"
    )
    assert late.status_code == 422
    assert "写好的话" in late.content.decode()
    done(world, "officer", world.drafted, "request_return", reason="不归我们管。")


def test_the_office_rules_on_a_return_either_way(world: World) -> None:
    matter = done(world, "office", world.returned, "rule_on_return", granted="yes", reason="确实归区里。")
    assert matter.state == "raised"
    done(world, "officer", world.assigned, "request_return", reason="试一试。")
    matter = done(world, "office", world.assigned, "rule_on_return", granted="no", reason="还是你们办。")
    assert matter.state == "assigned"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"outcome": "D2", "words": "不归镇里管。"}, "还缺依据"),
        ({"outcome": "B", "words": "正在办。"}, "还缺答应的日期"),
        ({"outcome": "A1", "words": "修好了。", "promise_on": "2026-03-20"}, "带了日期就是答应了"),
        ({"outcome": "D2", "words": "材料没到，12 月 9 日前装好。", "basis": "合同"}, "写了日期就是承诺"),
        ({"outcome": "C", "words": "列入计划。", "promise_on": "2026-02-01"}, "已经过了"),
        ({"outcome": "", "words": "说了一半的话"}, "field__wrong"),
    ],
)
def test_a_draft_that_lacks_something_comes_back_as_typed_with_what_is_missing(
    world: World, typed: dict[str, str], sentence: str
) -> None:
    answer = take(world, "officer", world.assigned, "draft_answer", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert typed["words"] in page
    assert not AnswerDraft.objects.filter(matter=world.assigned).exists()


def test_a_date_that_is_no_promise_can_be_said_to_be_none(world: World) -> None:
    typed = {"outcome": "D1", "words": "物业说 5 月底前不会动工。", "no_promise": "on"}
    done(world, "officer", world.assigned, "draft_answer", **typed)


def test_the_leader_signs_or_sends_back_and_the_draft_comes_back_to_the_desk(world: World) -> None:
    done(world, "leader", world.drafted, "send_back_answer", reason="写上是哪一天挪的。")
    page = client_of(world, "officer").get(f"/desk/m/{world.drafted.id}/").content.decode()
    assert "写上是哪一天挪的。" in page
    assert "已经挪好了。" in page  # goes on from the draft sent back
    done(world, "officer", world.drafted, "draft_answer", outcome="A1", words="三月二号已经挪好了。")
    done(world, "leader", world.drafted, "sign_answer")


def test_an_earlier_answer_is_quoted_into_what_was_typed(world: World) -> None:
    Matter.objects.filter(id=world.answered.id).update(category=world.assigned.category_id)
    page = client_of(world, "officer").get(f"/desk/m/{world.assigned.id}/").content.decode()
    assert "等物业的合同签好。" in page
    typed = {"outcome": "D2", "words": "我先写了一句。", "quote": f"{world.answered.id}:words"}
    quoted = take(world, "officer", world.assigned, "draft_answer", **typed)
    assert quoted.status_code == 200
    assert f"我先写了一句。等物业的合同签好。（YXY-{world.answered.number}）" in quoted.content.decode()
    basis = take(world, "officer", world.assigned, "draft_answer", **{**typed, "quote": f"{world.answered.id}:basis"})
    assert "物业合同第三条" in basis.context["form"]["basis"].value()


def test_a_promise_is_kept_with_evidence_and_a_photo(world: World) -> None:
    typed = {"evidence": "灯换好了，居民看过。", "done_on": "2026-03-03", "photo": jpeg(), "is_public": "on"}
    matter = done(world, "officer", world.promised, "keep_promise", **typed)
    assert matter.done_on is not None
    photo = Photo.objects.get(matter=matter)
    assert (photo.purpose, photo.is_public) == ("after", True)
    page = client_of(world, "officer").get(f"/desk/photo/{photo.id}/?small=1")
    assert page["Content-Type"] == "image/jpeg"
    assert client_of(world, "assistant").get(f"/desk/photo/{photo.id}/").status_code == 404


def test_something_that_is_no_photo_is_told_in_a_sentence(world: World) -> None:
    file = io.BytesIO(b"MZ\x90\x00 not a picture")
    file.name = "a.jpg"
    answer = take(
        world, "officer", world.promised, "keep_promise", evidence="写了好久的话", done_on="2026-03-03", photo=file
    )
    assert answer.status_code == 422
    assert "不是照片" in answer.content.decode()
    assert "写了好久的话" in answer.content.decode()


def test_the_word_of_the_raiser_is_written_down_by_the_cadre_but_never_by_who_answered(world: World) -> None:
    own = take(
        world, "cadre", world.answered, "accept_answer", solved="explained", manner="satisfied", result="basically"
    )
    assert "谁给的答复" in own.content.decode()
    assert own.status_code == 422
    Matter.objects.filter(id=world.answered.id).update(answered_by=world.cast.people["recorder"].id)
    matter = done(world, "cadre", world.answered, "accept_answer", solved="explained", result="satisfied")
    assert (matter.state, matter.word_from) == ("closed", "staff")


def test_a_delegate_urges_and_disputes_for_the_raiser(world: World) -> None:
    done(world, "delegate", world.assigned, "urge", words="下周我去看。")
    matter = done(world, "delegate", world.answered, "dispute_answer", reason="居民说还没装。")
    assert matter.is_disputed
    assert take(world, "delegate", world.fresh, "assign_matter", route="town", to="SZS").status_code == 403


def test_shelving_review_referral_and_declining(world: World) -> None:
    review = str((world.cast.now + timedelta(days=60)).date())
    done(world, "leader", world.assigned, "shelve_matter", reason="等区里。", level="district", review_on=review)
    missing = take(world, "office", world.assigned, "review_shelved", onward="shelve", reason="还是不行。")
    assert "要写下次复看的日子" in missing.content.decode()
    matter = done(world, "office", world.assigned, "review_shelved", onward="resume", reason="能办了。")
    assert matter.state == "assigned"
    done(world, "office", world.private, "refer_matter", path="诉讼", reason="有判决。")
    matter = done(world, "office", world.fresh, "decline_matter", reason="不在本镇。", instead="邻镇政府")
    assert matter.is_decision_unread
    assert world.fresh.words in client_of(world, "office").get("/desk/pile/unread/").content.decode()


def test_merging_offers_open_matters_of_the_community_and_takes_it_back(world: World) -> None:
    other = world.cast.raise_between("路灯坏了两盏，看不见路。")
    page = client_of(world, "office").get(f"/desk/m/{world.fresh.id}/merge_matter/")
    offered = page.context["form"].offered
    assert offered[0].id == other.id  # the most alike in words first
    assert world.report.id not in {m.id for m in offered}
    searched = client_of(world, "office").get(f"/desk/m/{world.fresh.id}/merge_matter/?q=公交")
    assert [m.id for m in searched.context["form"].offered] == [world.returned.id]
    matter = done(world, "office", world.fresh, "merge_matter", others=str(other.id))
    assert matter.merged_into_id == other.id
    assert done(world, "cadre", matter, "unmerge_matter", reason="不是一盏灯。").state == "raised"


def test_linking_reaches_across_communities(world: World) -> None:
    other = world.cast.raise_between("桥头的路灯也坏了。", community=world.cast.whc, by=world.cast.who("othercadre"))
    done(world, "office", world.fresh, "link_matters", others=[str(other.id)])
    assert MatterLink.objects.filter(matter=world.fresh, other=other).exists()
    assert "WHC-" in client_of(world, "office").get(f"/desk/m/{world.fresh.id}/").content.decode()


def test_splitting_gives_each_part_its_number(world: World) -> None:
    done(world, "office", world.fresh, "split_matter", parts="1、路灯坏了三盏。\n2、晚上看不见路。")
    assert Matter.objects.filter(split_from=world.fresh).count() == 1


def test_corrections_send_only_what_was_changed(world: World) -> None:
    typed = {"words": world.fresh.words, "kind": "complaint", "category": "4.1", "reason": "听错了。"}
    matter = done(world, "office", world.fresh, "correct_record", **typed)
    assert (matter.kind, matter.category.code) == ("complaint", "4.1")
    line = LedgerLine.objects.get(matter=matter, verb="correct_record")
    assert set(line.sealed.values_list("name", flat=True)) == {"by", "reason"}


def test_masking_marks_notes_photos_and_erasing(world: World) -> None:
    assert done(world, "office", world.fresh, "mask_words", public_words="路灯坏了。").public_words == "路灯坏了。"
    done(world, "office", world.fresh, "add_note", words="已转物业。")
    done(world, "office", world.fresh, "add_photo", photo=jpeg(), purpose="before")
    assert done(world, "office", world.fresh, "mark_private").public_words == ""
    matter = done(world, "office", world.fresh, "mark_restricted", concerns=[str(world.cast.people["officer"].id)])
    assert matter.is_restricted
    assert done(world, "office", world.private, "erase_words", reason="本人要求。").words == ""


def test_the_restricted_desk_answers_names_a_substitute_and_tells_a_decision(world: World) -> None:
    assistant = world.cast.people["assistant"]
    done(world, "leader", world.report, "name_substitute", substitute=str(assistant.id))
    assert world.report.words in client_of(world, "assistant").get(f"/desk/m/{world.report.id}/").content.decode()
    typed = {"outcome": "D2", "words": "查过了。", "basis": "规定第五条", "told_on": "2026-03-03"}
    assert done(world, "assistant", world.report, "answer_restricted", **typed).state == "answered"


def test_two_at_once_the_second_is_told_and_keeps_the_words(world: World) -> None:
    seen = world.assigned.revision
    done(world, "office", world.assigned, "correct_record", kind="request", words=world.assigned.words, reason="改类。")
    answer = client_of(world, "officer").post(
        f"/desk/m/{world.assigned.id}/draft_answer/", {"seen": seen, "outcome": "A1", "words": "我写了很久的答复。"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "更正记录" in page
    assert "您写的没有丢" in page
    assert "我写了很久的答复。" in page
    world.assigned.refresh_from_db()
    assert f'name="seen" value="{world.assigned.revision}"' in page  # sent again, it goes through


def test_a_step_that_cannot_be_taken_is_not_offered_and_is_refused_when_forged(world: World) -> None:
    officer = client_of(world, "officer")
    assert officer.get(f"/desk/m/{world.assigned.id}/sign_answer/").status_code == 302
    assert take(world, "officer", world.assigned, "sign_answer").status_code == 403
    assert take(world, "leader", world.assigned, "sign_answer").status_code == 422
    assert officer.get(f"/desk/m/{world.assigned.id}/give_answer/").status_code == 404
    assert officer.get(f"/desk/m/{world.assigned.id}/nonsense/").status_code == 404


def test_too_long_and_unreadable_words_are_told_and_kept(world: World) -> None:
    answer = take(world, "office", world.fresh, "add_note", words="长" * 5001)
    assert answer.status_code == 422
    assert "最多 5000 个字" in answer.content.decode()
    assert "长" * 5001 in answer.content.decode()


def test_contact_data_is_shown_to_who_has_to_call_and_to_nobody_else(world: World) -> None:
    for who, sees in (("officer", True), ("cadre", True), ("office", True), ("delegate", False), ("leader", False)):
        page = client_of(world, who).get(f"/desk/m/{world.assigned.id}/").content.decode()
        assert ("13800001111" in page) is sees, who


def test_forms_are_safe_against_other_sites(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.cast.people["office"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/desk/m/{world.fresh.id}/add_note/", {"words": "?"}).status_code == 403
