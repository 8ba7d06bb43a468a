"""Whatever happens in whatever order: rows and lines agree, nothing owed is without a due, verify finds nothing."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.accept_answer import accept_answer
from zhouzhouhui.actions.adjourn_meeting import adjourn_meeting
from zhouzhouhui.actions.answer_restricted import answer_restricted
from zhouzhouhui.actions.assign_matter import Lead, assign_matter
from zhouzhouhui.actions.break_off_meeting import break_off_meeting
from zhouzhouhui.actions.cancel_meeting import cancel_meeting
from zhouzhouhui.actions.carry_over import carry_over
from zhouzhouhui.actions.correct_record import correct_record
from zhouzhouhui.actions.decline_matter import decline_matter
from zhouzhouhui.actions.dispute_answer import dispute_answer
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.erase_words import erase_words
from zhouzhouhui.actions.give_answer import give_answer
from zhouzhouhui.actions.keep_promise import keep_promise
from zhouzhouhui.actions.lapse_answer import lapse_answer
from zhouzhouhui.actions.late_record import late_record
from zhouzhouhui.actions.mark_not_held import mark_not_held
from zhouzhouhui.actions.mark_private import mark_private
from zhouzhouhui.actions.mark_restricted import mark_restricted
from zhouzhouhui.actions.merge_matter import merge_matter
from zhouzhouhui.actions.move_meeting import move_meeting
from zhouzhouhui.actions.read_decision import read_decision
from zhouzhouhui.actions.refer_matter import refer_matter
from zhouzhouhui.actions.reopen_matter import reopen_matter
from zhouzhouhui.actions.review_shelved import review_shelved
from zhouzhouhui.actions.revoke_word import revoke_word
from zhouzhouhui.actions.second_matter import second_matter
from zhouzhouhui.actions.shelve_matter import shelve_matter
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.actions.split_matter import split_matter
from zhouzhouhui.actions.unmerge_matter import unmerge_matter
from zhouzhouhui.actions.void_entry import void_entry
from zhouzhouhui.actions.withdraw_matter import withdraw_matter
from zhouzhouhui.models import Matter, Meeting
from zhouzhouhui.queries.figures import figures, recount_from_ledger
from zhouzhouhui.queries.verify import verify
from zhouzhouhui.rules.matter_flow import STEPS
from zhouzhouhui.rules.refusals import Refused

KINDS = ("complaint", "request", "question", "suggestion", "praise", "unknown")
ACTS = 260
STAFF = ("office", "leader", "cadre", "recorder", "officer", "delegate")


class Life:
    """A community in which anybody tries anything at any time; what the law refuses is refused."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, random.Random(seed)
        self.done: dict[str, int] = {}

    def live(self) -> None:
        for _ in range(ACTS):
            self.cast.later(minutes=self.chance.choice([1, 1, 1, 7, 60 * 26]))
            self.try_one(self.chance.choice([self.hall, self.speak, self.speak, self.handle, self.handle, self.words]))

    def try_one(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Refused:
            return

    def any_matter(self, verb: Any = None) -> Matter:
        """Any matter; for a verb mostly one in a state from which the law has a step."""
        matters = list(Matter.objects.filter(community=self.cast.yxy))
        if verb is not None and self.chance.random() < 0.9:
            fit = STEPS[verb.__name__].moves
            matters = [matter for matter in matters if matter.state in fit] or matters
        return self.chance.choice(matters) if matters else self.cast.raise_between("第一件。")

    def act(self, verb: Any, by: Any, **brought: Any) -> None:
        matter = brought.pop("matter", None) or self.any_matter(verb)
        self.cast.act(verb, matter, by, **brought)
        self.done[verb.__name__] = self.done.get(verb.__name__, 0) + 1

    def hall(self) -> None:
        """Something happens to a meeting."""
        cast = self.cast
        meeting = Meeting.objects.filter(community=cast.yxy, state="open").first()
        pick = self.chance.random()
        if meeting is None and pick < 0.6:
            cast.open()
        elif meeting is None and pick < 0.75:
            cast.meet(cancel_meeting, cast.next_meeting(), "office", reason="台风。")
        elif meeting is None and pick < 0.9:
            following = cast.next_meeting()
            moved = following.scheduled_at + timedelta(days=self.chance.choice([-1, 1, 3]))
            cast.meet(move_meeting, following, "cadre", scheduled_at=moved, reason="礼堂有事。")
        elif meeting is None:
            following = cast.next_meeting()
            cast.now = following.scheduled_at + timedelta(hours=25)
            cast.meet(mark_not_held, following, "clock")
        elif pick < 0.2:
            cast.meet(break_off_meeting, meeting, "cadre", reason="停电。")
        elif pick < 0.5:
            self.speak_all(meeting)
            cast.meet(adjourn_meeting, meeting, "cadre")

    def speak_all(self, meeting: Meeting) -> None:
        """What is still unspoken is spoken, so that the meeting may end."""
        leader = self.cast.people["leader"].id
        for matter in Matter.objects.filter(due_meeting=meeting):
            if matter.is_decision_unread:
                self.act(read_decision, "cadre", matter=matter)
            else:
                more = {"words": "还在办。", "reason": "等材料。", "new_step": "请人来看。", "leader": leader}
                self.act(carry_over, "cadre", matter=matter, **more)

    def answer(self) -> Answer:
        outcome = self.chance.choice(["A1", "A1", "A2", "A3", "B", "C", "D1", "D2"])
        day = self.cast.now.date() + timedelta(days=self.chance.choice([0, 9, 40, 200]))
        return Answer(outcome, "答复。", basis="条例第三条", promise_on=day if outcome in "BC" else None)

    def speak(self) -> None:
        """Something is said in the hall, then or later."""
        pick, cast = self.chance.randrange(7), self.cast
        meeting = Meeting.objects.filter(community=cast.yxy, state="open").first()
        if pick < 2 and meeting is not None:
            cast.raise_at(meeting, "会上提出。", kind=self.chance.choice([*KINDS, "report"]))
        elif pick == 2:
            cast.raise_between("会外提出。", kind=self.chance.choice(KINDS))
        elif pick == 3:
            self.act(carry_over, "cadre", words="还在办。", reason="等材料。")
        elif pick == 4:
            self.late()
        else:
            self.act(give_answer, "cadre", answer=self.answer(), told="当面说了。")

    def late(self) -> None:
        over = list(Meeting.objects.filter(community=self.cast.yxy, ended_at__isnull=False).exclude(state="cancelled"))
        if not over:
            return
        meeting = self.chance.choice(over)
        happened = (meeting.opened_at or meeting.scheduled_at) + timedelta(minutes=5)
        late_record(
            verb="give_answer", town_id=self.cast.town.id, meeting_id=meeting.id, by=self.cast.who("cadre"),
            at=self.cast.now, happened_at=happened, matter_id=self.any_matter().id, answer=self.answer(),
        )  # fmt: skip
        self.done["late_record"] = self.done.get("late_record", 0) + 1

    def handle(self) -> None:
        """Somebody at a desk does something."""
        cast, day = self.cast, self.cast.now.date()
        other = self.any_matter()
        verb, by, brought = self.chance.choice(
            [
                (assign_matter, "office", {"route": "town", "lead": Lead(department=cast.szs.id), "reason": "换人。"}),
                (assign_matter, "cadre", {"route": "community", "lead": Lead(community=True), "reason": "自己办。"}),
                (draft_answer, "officer", {"answer": self.answer()}),
                (sign_answer, "leader", {}),
                (keep_promise, "officer", {"evidence": "照片。", "done_on": day}),
                (merge_matter, "office", {"into": other.id}),
                (unmerge_matter, "cadre", {"reason": "不是一件事。"}),
                (refer_matter, "office", {"path": "诉讼", "reason": "合同纠纷。"}),
                (decline_matter, "office", {"reason": "不归本镇。", "instead": "邻镇。"}),
                (
                    shelve_matter,
                    "leader",
                    {"reason": "等规划。", "level": "town", "review_on": day + timedelta(days=30)},
                ),
                (review_shelved, "leader", {"reason": "看过了。", "review_on": day + timedelta(days=50)}),
                (review_shelved, "office", {"reason": "可以办了。"}),
                (split_matter, "office", {"parts": ["前一半。", "后一半。"]}),
                (mark_private, "cadre", {}),
                (mark_restricted, "office", {}),
                (answer_restricted, "office", {"answer": self.answer(), "told_on": day}),
                (read_decision, "cadre", {}),
                (read_decision, "office", {"told_on": day}),
                (
                    correct_record,
                    "office",
                    {"kind": self.chance.choice(KINDS), "category": "4.1", "reason": "听清了。"},
                ),
                (correct_record, "cadre", {"words": "改正的原话。", "is_private": False, "reason": "听清了。"}),
                (erase_words, "office", {"reason": "本人要求。"}),
                (lapse_answer, "clock", {}),
                (void_entry, self.chance.choice(STAFF), {"at": cast.now + timedelta(seconds=2)}),
            ]
        )
        matter = self.any_matter(verb)
        self.act(verb, by, matter=matter, **brought)
        if self.chance.random() < 0.15:
            self.act(void_entry, by, matter=matter, at=cast.now + timedelta(seconds=3))

    def words(self) -> None:
        """The raiser, or somebody for them, says a word."""
        matter = self.any_matter(self.chance.choice([accept_answer, accept_answer, dispute_answer, reopen_matter]))
        code = self.cast.slips.get(str(matter.id))
        raiser = self.cast.raiser(matter) if code else self.cast.who("recorder")
        happy = {"solved": self.chance.choice(["solved", "partly", "explained"]), "manner": "basically"}
        verb, by, brought = self.chance.choice(
            [
                (accept_answer, raiser, {**happy, "result": self.chance.choice(["satisfied", ""])}),
                (accept_answer, "recorder", happy),
                (revoke_word, raiser, {}),
                (dispute_answer, raiser, {"reason": "没有解决。", "manner": "not"}),
                (dispute_answer, "delegate", {"reason": "没有解决。"}),
                (reopen_matter, raiser, {"new_facts": "又坏了。"}),
                (second_matter, "leader", {}),
                (withdraw_matter, raiser, {"reason": "不用了。"}),
            ]
        )
        self.act(verb, by, matter=matter, **brought)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_rows_and_lines_agree_after_any_life(seed: int) -> None:
    cast = build_cast()
    life = Life(cast, seed)
    life.live()
    assert len(life.done) > 15, life.done
    report = verify(town_id=cast.town.id)
    assert report.as_json()["findings"] == []
    assert figures(town_id=cast.town.id) == recount_from_ledger(town_id=cast.town.id)
