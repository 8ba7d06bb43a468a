"""A town that has lived through everything the law knows, built by its actions only."""

from datetime import date, timedelta

from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.answer_restricted import answer_restricted
from zhouzhouhui.actions.break_off_meeting import break_off_meeting
from zhouzhouhui.actions.cancel_meeting import cancel_meeting
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.correct_record import correct_record
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.erase_words import erase_words
from zhouzhouhui.actions.keep_promise import keep_promise
from zhouzhouhui.actions.lapse_answer import lapse_answer
from zhouzhouhui.actions.mark_not_held import mark_not_held
from zhouzhouhui.actions.mark_private import mark_private
from zhouzhouhui.actions.mark_restricted import mark_restricted
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.refer_matter import refer_matter
from zhouzhouhui.actions.reopen_matter import reopen_matter
from zhouzhouhui.actions.revoke_word import revoke_word
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.actions.split_matter import split_matter
from zhouzhouhui.actions.unmerge_matter import unmerge_matter
from zhouzhouhui.actions.void_entry import void_entry
from zhouzhouhui.actions.withdraw_matter import withdraw_matter
from zhouzhouhui.models import Matter, Meeting

KINDS = ("complaint", "complaint", "request", "question", "suggestion", "praise", "unknown")


def live_through_it(cast: Cast) -> dict[str, Matter]:
    """Seven meetings of one community: every verb that moves a matter or its due; returns matters by name."""
    told: dict[str, Matter] = {}
    _first(cast, told)
    _second(cast, told)
    _third(cast, told)
    _lost_dates(cast)
    _broken_off(cast, told)
    return told


def again(matter: Matter) -> Matter:
    """The matter as it stands now."""
    return Matter.objects.get(id=matter.id)


def _first(cast: Cast, told: dict[str, Matter]) -> None:
    meeting = cast.open()
    names = (
        "solved", "partly", "promised", "disputed", "merged", "target", "referred", "declined", "shelved",
        "withdrawn", "carried", "split", "unmerged", "erased", "private",
    )  # fmt: skip
    for place, name in enumerate(names):
        told[name] = cast.raise_at(meeting, f"{name}：门口积水第{place}处。", kind=KINDS[place % len(KINDS)])
    told["report"] = cast.raise_at(meeting, "村干部占用公房。", kind="report")
    told["on_the_spot"] = cast.raise_at(meeting, "会议室的灯可以再亮一点吗？", kind="question")
    cast.answer(told["on_the_spot"], "A3", "马上换。")
    told["voided"] = cast.raise_at(meeting, "写错了。")
    cast.act(void_entry, told["voided"], "recorder", at=cast.now + timedelta(seconds=5))
    cast.adjourn(meeting)
    for name in ("solved", "partly", "promised", "disputed", "shelved", "carried"):
        cast.assign(told[name])
    _decide(cast, told)


def _decide(cast: Cast, told: dict[str, Matter]) -> None:
    cast.act(merge_matter, told["merged"], "office", into=told["target"].id)
    cast.act(merge_matter, told["unmerged"], "office", into=told["target"].id)
    cast.act(unmerge_matter, told["unmerged"], "office", reason="说的不是一件事。")
    cast.act(refer_matter, told["referred"], "office", path="诉讼", reason="合同纠纷。")
    cast.act(decline_matter, told["declined"], "office", reason="不在本镇。", instead="请到邻镇反映。")
    review = cast.now.date() + timedelta(days=40)
    cast.act(shelve_matter, again(told["shelved"]), "leader", reason="等规划。", level="town", review_on=review)
    cast.act(withdraw_matter, told["withdrawn"], cast.raiser(told["withdrawn"]), reason="自己修好了。")
    cast.act(split_matter, told["split"], "office", parts=["路面坏了。", "路灯也坏了。"])
    cast.act(correct_record, told["partly"], "office", kind="request", category="4.1", reason="听清了录音。")
    cast.act(mark_private, told["private"], "office")
    cast.act(erase_words, told["erased"], "office", reason="本人要求。")
    told["between"] = cast.raise_between("路灯坏了三盏。", kind="request")
    told["hidden"] = cast.raise_between("说的是一位干部。", kind="complaint")
    cast.act(mark_restricted, told["hidden"], "office")
    told_on = cast.now.date()
    cast.act(answer_restricted, told["report"], "office", answer=Answer("D1", "已经核实。"), told_on=told_on)


def _second(cast: Cast, told: dict[str, Matter]) -> None:
    meeting = cast.open()
    told["late"] = cast.raise_at(meeting, "这一条会挂到取消的会上。", kind="suggestion")
    cast.answer(told["solved"], "A1", "修好了。")
    cast.answer(told["partly"], "A2", "先修了一半。")
    cast.answer(told["disputed"], "A1", "通了。")
    cast.answer(told["promised"], "B", "三周内修好。", promise_on=cast.now.date() + timedelta(days=20))
    voided = cast.answer(told["target"], "D1", "说错了。")
    cast.act(void_entry, voided, "cadre", at=cast.now + timedelta(seconds=5))
    for name in ("merged", "referred", "declined", "shelved"):
        cast.act(read_decision, again(told[name]), "cadre")
    cast.act(
        accept_answer,
        again(told["solved"]),
        cast.raiser(told["solved"]),
        solved="solved",
        manner="satisfied",
        result="basically",
    )
    cast.act(accept_answer, again(told["partly"]), "recorder", solved="partly", manner="not")
    cast.act(
        dispute_answer, again(told["disputed"]), cast.raiser(told["disputed"]), reason="又堵了。", manner="basically"
    )
    for matter in Matter.objects.filter(due_meeting=meeting):
        extra = {"told": "3月2日当面答复。"} if matter.is_private and matter.state != "raised" else {}
        cast.act(carry_over, matter, "cadre", words="还在查。", reason="等材料。", **extra)
    cast.adjourn(meeting)
    cast.act(revoke_word, again(told["partly"]), cast.raiser(told["partly"]))
    cast.act(keep_promise, again(told["promised"]), "officer", evidence="照片三张。", done_on=cast.now.date())


def _words(cast: Cast, told: dict[str, Matter]) -> None:
    raisers = {name: cast.raiser(told[name]) for name in ("solved", "disputed")}
    happy = {"solved": "solved", "manner": "satisfied", "result": "basically"}
    cast.act(accept_answer, again(told["solved"]), raisers["solved"], **happy)
    cast.act(accept_answer, again(told["partly"]), "recorder", solved="partly", manner="not")
    cast.act(dispute_answer, again(told["disputed"]), raisers["disputed"], reason="又堵了。", manner="basically")


def _third(cast: Cast, told: dict[str, Matter]) -> None:
    meeting = cast.open()
    cast.answer(told["promised"], "A1", "修好了，看照片。")
    cast.answer(told["disputed"], "A1", "重新挖开修好了。")
    cast.act(accept_answer, again(told["disputed"]), "recorder", solved="solved", result="satisfied")
    cast.answer(told["target"], "D2", "这是规定。", basis="物业管理条例第十条")
    for matter in Matter.objects.filter(due_meeting=meeting):
        cast.act(carry_over, matter, "cadre", words="下次说。", reason="等材料。")
    cast.adjourn(meeting)
    cast.act(reopen_matter, again(told["solved"]), cast.raiser(told["solved"]), new_facts="又坏了。")
    cast.act(dispute_answer, again(told["referred"]), cast.raiser(told["referred"]), reason="法院不收。")


def _lost_dates(cast: Cast) -> None:
    """One date cancelled, the next not held: two in a row that count against on time."""
    cast.raise_between("取消前提出的。", kind="complaint")
    cast.meet(cancel_meeting, cast.next_meeting(), "office", reason="台风。")
    meeting = cast.next_meeting()
    cast.now = meeting.scheduled_at + timedelta(hours=25)
    cast.meet(mark_not_held, meeting, "clock")


def _broken_off(cast: Cast, told: dict[str, Matter]) -> None:
    meeting = cast.open()
    cast.answer(told["late"], "C", "列入明年计划。", promise_on=date(2026, 12, 1))
    cast.meet(break_off_meeting, meeting, "cadre", reason="停电。")
    extra = Meeting.objects.get(continues=meeting)
    assert extra.kind == "extra"
    cast.now = extra.scheduled_at
    cast.raise_between("会后补充一条。", kind="praise")
    meeting = cast.open()
    for matter in Matter.objects.filter(due_meeting=meeting):
        third = {"new_step": "请设计院来。", "leader": cast.people["leader"].id} if matter.carried_in_a_row >= 2 else {}
        cast.act(carry_over, matter, "cadre", words="下次说。", reason="等材料。", **third)
    cast.adjourn(meeting)
    for matter in Matter.objects.filter(state="answered", is_restricted=False, community=cast.yxy):
        held = Meeting.objects.filter(community=cast.yxy, opened_at__gt=matter.last_answered_at)
        if held.count() >= 2:
            cast.act(lapse_answer, matter, "clock")
