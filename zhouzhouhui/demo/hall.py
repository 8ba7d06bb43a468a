"""A meeting of the demo, from the first sign-in to the last word: what is due is spoken, then the floor."""

from datetime import datetime, timedelta

from ..actions._answer import Answer
from ..actions.carry_over import carry_over
from ..actions.give_answer import give_answer
from ..actions.read_decision import read_decision
from ..actions.sign_in import sign_in
from ..models import AnswerDraft, Matter, Meeting
from ..rules.matter_flow import DECISIONS, State
from ..rules.powers import Actor
from ..rules.rhythm import day_in_china
from .answers import after_answer, answer_for, dispute
from .matter_plans import BATCH, MatterPlan
from .raising import raise_at_meeting
from .read_corpus import phrases
from .stage import Life, Stage

STEP, DAY = timedelta(minutes=2), timedelta(days=1)
ON_THE_SPOT = {"question": 0.3, "praise": 0.6}  # answered at the meeting they were raised at
BUILT = ("03", "04", "05", "06", "07")  # groups of categories in which something is built or mended


class Hall:
    """One meeting in progress."""

    def __init__(self, stage: Stage, meeting: Meeting, host: Actor, recorder: Actor, at: datetime) -> None:
        self.stage, self.meeting, self.host, self.recorder, self.at = stage, meeting, host, recorder, at

    def tick(self) -> datetime:
        """The next moment; a meeting still open at the build moment does not run past it."""
        self.at = min(self.at + STEP, self.stage.now)
        return self.at

    def sign_in(self, *, heads: int) -> None:
        """Count the hall: residents at the door, a delegate, an officer."""
        at_meeting = self.stage.at_meeting
        sign_in(kind="resident", heads=heads, **at_meeting(self.meeting.id, self.recorder, self.tick()))
        cast = next(c for c in self.stage.communities.values() if c.community.id == self.meeting.community_id)
        guests = [("delegate", d) for d in cast.delegates] if self.stage.chance(0.6) else []
        guests += [("department", o) for o in self.stage.officers.values()] if self.stage.chance(0.4) else []
        if guests:
            kind, guest = self.stage.random.choice(guests)
            sign_in(kind=kind, person=guest.person, **at_meeting(self.meeting.id, self.recorder, self.tick()))

    def agenda(self) -> list[Matter]:
        """What is due here, decisions first, in the order of the numbers."""
        due = Matter.objects.filter(town_id=self.stage.town.id, due_meeting_id=self.meeting.id, is_restricted=False)
        return sorted(due, key=lambda m: (not m.is_decision_unread, m.number_meeting, m.is_between, m.number_place))

    def speak(self, matter: Matter) -> None:
        """Say aloud whatever the plan of this matter wants said today."""
        life = self.stage.lives[matter.id]
        if State(matter.state) in DECISIONS and matter.is_decision_unread:
            read_decision(**self.stage.on_matter(life, self.host, self.tick()))
        elif matter.state == State.PROMISED and matter.done_on is not None:
            self.give(life, Answer("A1", life.plan.said.sentence.kept + "。"), matter)
        elif matter.state in (State.PROMISED, State.SHELVED) or life.carried < self._carries(life):
            self.carry(life, matter)
        else:
            self.give(life, answer_for(self.stage, life, day_in_china(self.at)), matter)

    def _carries(self, life: Life) -> int:
        return 1_000 if life.plan.way == "carried" else life.plan.carries

    def give(self, life: Life, answer: Answer, matter: Matter) -> None:
        """Give the signed draft, or say the answer; of a private matter only that it was told in person."""
        draft = AnswerDraft.objects.filter(town_id=self.stage.town.id, matter_id=matter.id, state="signed").exists()
        told = f"{self.at.month}月{self.at.day}日，{self.stage.phrase('told')}" if matter.is_private else ""
        give_answer(answer=None if draft else answer, told=told, **self.stage.on_matter(life, self.host, self.tick()))
        after_answer(self.stage, life, answer, self.at, host=self.host)
        if life.plan.way == "disputed" and life.answered == 1:
            self._disputed(life)

    def _disputed(self, life: Life) -> None:
        """By slip the day after; at once in the hall where the meeting was only just."""
        next_day = self.stage.waking_hours(self.at + DAY)
        if next_day <= self.stage.now:
            self.stage.later(next_day, lambda t: dispute(self.stage, life, t))
        else:
            dispute(self.stage, life, self.tick(), self.recorder)

    def carry(self, life: Life, matter: Matter) -> None:
        """Say how far it has come and why it is not answered; the third time with a new step and the leader's name."""
        sentence, life.carried = life.plan.said.sentence, life.carried + 1
        own = {"words": sentence.carry + "。", "reason": sentence.carry_reason} if sentence.carry else None
        if matter.state == State.SHELVED:
            own = {"words": "情况没有变，挂着的还挂着，日子没有忘。", "reason": sentence.reason}
        said = own if own and life.carried == 1 else self._excuse(life)
        third = matter.carried_in_a_row >= 2
        carry_over(
            words=said["words"], reason=said["reason"], new_step=self.stage.phrase("new_step") if third else "",
            leader=self.stage.leader.person if third else None, **self.stage.on_matter(life, self.host, self.tick()),
        )  # fmt: skip

    def _excuse(self, life: Life) -> dict[str, str]:
        """A reason this matter has not heard yet, while there is one."""
        built = life.plan.said.sentence.category[:2] in BUILT
        fitting = [c for c in phrases()["carry"] if built or not c.get("works")]
        unheard = [c for c in fitting if c["reason"] not in life.excuses]
        said: dict[str, str] = self.stage.random.choice(unheard or fitting)
        life.excuses.append(said["reason"])
        return said

    def floor(self, plans: list[MatterPlan]) -> None:
        """The floor: one after the other; a list read out by one resident goes on one slip."""
        batch = len(plans) > 5 and (plans[0].short_code, plans[0].number) == BATCH[:2]
        lists = [plans] if batch else [[plan] for plan in plans]
        for spoken in lists:
            lives = raise_at_meeting(self.stage, spoken, by=self.recorder, at=self.tick(), meeting_id=self.meeting.id)
            if not batch and lives[0].plan.way == "answered" and not lives[0].plan.said.sentence.private:
                self._perhaps_at_once(lives[0])

    def _perhaps_at_once(self, life: Life) -> None:
        sentence, plan = life.plan.said.sentence, life.plan
        simple = not plan.joined and not plan.carries and not plan.disputed_once and sentence.outcome not in ("B", "C")
        if simple and self.stage.chance(ON_THE_SPOT.get(sentence.kind, 0.0)):
            answer = answer_for(self.stage, life, day_in_china(self.at))
            give_answer(answer=answer, **self.stage.on_matter(life, self.host, self.tick()))
            after_answer(self.stage, life, answer, self.at, host=self.host)
