"""What is answered in the demo: drafts and signatures, the restricted desk, promises kept, the raiser's word."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from ..actions._answer import Answer
from ..actions.accept_answer import accept_answer
from ..actions.answer_restricted import answer_restricted
from ..actions.dispute_answer import dispute_answer
from ..actions.draft_answer import draft_answer
from ..actions.keep_promise import keep_promise
from ..actions.send_back_answer import send_back_answer
from ..actions.sign_answer import sign_answer
from ..outside import keyring
from ..rules.powers import Actor
from ..rules.rhythm import day_in_china
from .stage import Life, Stage, state_of

DAY = timedelta(days=1)
SENT_BACK = 0.03
ASKS_FROM_OUTSIDE = "T-DZ"  # the department that looks into what concerns cadres
WORD_GIVEN, BY_SLIP = 0.62, 0.6  # raisers who say a word, and of those, by their own slip
KEPT_IN_TIME, KEPT_LATE = 0.72, 0.2  # promises; the rest is kept very late
RATINGS = (("satisfied", "satisfied", 58), ("basically", "satisfied", 14), ("basically", "basically", 16), ("", "", 8),
           ("not", "basically", 4))  # fmt: skip


def spoken_date(day: date) -> str:
    """A date as it is said: 12月1日."""
    return f"{day.month}月{day.day}日"


def answer_for(stage: Stage, life: Life, day: date) -> Answer:
    """What is answered on ``day``: the sentence's own answer, the second one after a dispute, or what was kept."""
    sentence = life.plan.said.sentence
    if life.answered:
        again = sentence.after_dispute or stage.again_for(life)["answer"]
        return Answer(sentence.outcome if sentence.outcome in ("D1", "D2") else "A1", again, sentence.basis)
    words = (stage.phrase("answer_lead") if life.plan.said.second else "") + sentence.answer
    if sentence.outcome not in ("B", "C"):
        return Answer(sentence.outcome, words, sentence.basis)
    promise_on = day + timedelta(weeks=sentence.weeks + life.more_weeks)
    return Answer(sentence.outcome, words.replace("{date}", spoken_date(promise_on)), promise_on=promise_on)


def prepare_draft(stage: Stage, life: Life, at: datetime, *, meets_on: date, signed: bool = True) -> None:
    """The lead drafts the answer for the coming meeting; the leader signs, now and then after sending it back."""
    lead = life.lead or stage.cast_of(life).cadres[0]
    answer = answer_for(stage, life, meets_on)
    draft_answer(answer=answer, **stage.on_matter(life, lead, at))
    if stage.chance(SENT_BACK):
        send_back_answer(
            reason=stage.phrase("send_back"), **stage.on_matter(life, stage.leader, at + timedelta(hours=1))
        )
        draft_answer(answer=answer, **stage.on_matter(life, lead, at + timedelta(hours=4)))
    if signed:
        sign_answer(**stage.on_matter(life, stage.leader, at + timedelta(hours=6)))


def answer_at_desk(stage: Stage, life: Life, at: datetime) -> None:
    """A restricted matter: the office tells the raiser in person, outside the hall; a promise is answered for there."""
    day, outside = day_in_china(at), stage.code_of(ASKS_FROM_OUTSIDE)
    if life.answered:
        answer = Answer("A1", life.plan.said.sentence.kept + "。")
    else:
        answer = replace(answer_for(stage, life, day), owner_department=outside)
    if answer.promise_on is None:
        answer = replace(answer, owner_department=None)
    else:
        stage.later(stage.work_hours(answer.promise_on - DAY), lambda t: answer_at_desk(stage, life, t))
    answer_restricted(answer=answer, told_on=day, **stage.on_matter(life, stage.office, at))
    life.answered += 1


def after_answer(stage: Stage, life: Life, answer: Answer, at: datetime, *, host: Actor) -> None:
    """What follows an answer given in the hall: a promise runs, a dispute, or a word of the raiser's."""
    life.answered += 1
    if life.plan.way == "disputed":
        return
    if answer.promise_on is not None:
        _let_promise_run(stage, life, answer.promise_on)
    elif life.plan.disputed_once and life.answered == 1:
        stage.later(stage.waking_hours(at + DAY), lambda t: dispute(stage, life, t))
    elif stage.chance(WORD_GIVEN):
        later = stage.waking_hours(at + DAY * stage.random.randrange(1, 10))
        if stage.chance(BY_SLIP):
            stage.later(later, lambda t: say_word(stage, life, t, _raiser(life)))
        else:
            by = stage.cast_of(life).cadre_who_did_not(host.person)
            stage.later(later, lambda t: say_word(stage, life, t, by))


def _raiser(life: Life) -> Actor:
    return Actor(slips=frozenset({keyring.code_lookup(life.code)}))


def say_word(stage: Stage, life: Life, at: datetime, by: Actor) -> None:
    """The raiser accepts, or a cadre writes their word down."""
    if state_of(life) != "answered":
        return
    manner, result, _ = stage.random.choices(RATINGS, [share for *_, share in RATINGS])[0]
    outcome = life.plan.said.sentence.outcome
    solved = "explained" if outcome in ("D1", "D2") else "partly" if outcome == "A2" else "solved"
    accept_answer(solved=solved, manner=manner, result=result, **stage.on_matter(life, by, at))


def dispute(stage: Stage, life: Life, at: datetime, by: Actor | None = None) -> None:
    """The raiser is not content, and the matter comes back."""
    reason = life.plan.said.sentence.dispute or stage.again_for(life)["dispute"]
    dispute_answer(reason=reason, manner="not", **stage.on_matter(life, by or _raiser(life), at))


def _let_promise_run(stage: Stage, life: Life, promise_on: date) -> None:
    dice = stage.random.random()
    if dice < KEPT_IN_TIME:
        done_on = promise_on - DAY * stage.random.randrange(0, 7)
    elif dice < KEPT_IN_TIME + KEPT_LATE:
        done_on = promise_on + DAY * stage.random.randrange(4, 20)
    else:
        done_on = promise_on + DAY * stage.random.randrange(32, 70)
    stage.later(stage.work_hours(done_on), lambda t: keep(stage, life, t))


def keep(stage: Stage, life: Life, at: datetime) -> None:
    """The owner shows what was done; it is read out at the next meeting."""
    if state_of(life) == "promised":
        owner = life.lead or stage.cast_of(life).cadres[0]
        evidence = life.plan.said.sentence.kept + "。"
        keep_promise(evidence=evidence, done_on=day_in_china(at), **stage.on_matter(life, owner, at))
