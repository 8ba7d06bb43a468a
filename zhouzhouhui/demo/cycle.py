"""The cycle of one community: hosts appointed, meetings held, moved, cancelled, broken off; minutes published."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from ..actions.adjourn_meeting import adjourn_meeting
from ..actions.appoint_host import appoint_host
from ..actions.appoint_recorder import appoint_recorder
from ..actions.break_off_meeting import break_off_meeting
from ..actions.cancel_meeting import cancel_meeting
from ..actions.edit_minutes import edit_minutes
from ..actions.move_meeting import move_meeting
from ..actions.open_meeting import open_meeting
from ..actions.publish_minutes import publish_minutes
from ..actions.review_shelved import review_shelved
from ..actions.sign_minutes import sign_minutes
from ..models import Appointment, Matter, Meeting
from ..papers.minutes import draft_minutes
from ..queries.agenda import agenda
from ..rules.calendar_days import is_statutory_holiday
from ..rules.matter_flow import State
from ..rules.powers import Actor
from ..rules.rhythm import day_in_china, slot
from .answers import prepare_draft
from .calendars import Calendar, Past
from .desk import REVIEW_AFTER
from .hall import Hall
from .matter_plans import MatterPlan
from .raising import raise_between
from .stage import CommunityCast, Stage, on

BY_THEN = time(19, 45)  # in the evening people come by
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DRAFTED = 0.62  # of the answers are prepared and signed before the meeting; the rest is said there


class Cycle:
    """Everything that one community's calendar and plans put on the queue."""

    def __init__(self, stage: Stage, cast: CommunityCast, plans: Sequence[MatterPlan]) -> None:
        self.stage, self.cast, self.calendar = stage, cast, cast.calendar
        self.floor: dict[int, list[MatterPlan]] = defaultdict(list)
        for plan in plans:
            if plan.raised_on is None:
                self.floor[plan.slot].append(plan)
        self.between = [plan for plan in plans if plan.raised_on is not None]

    def put_on_queue(self) -> None:
        """Everything whose day is known beforehand."""
        for past in self.calendar.past:
            self._slot(past)
        if self.calendar.opens is not None:
            self._open_today(self.calendar)
        for plan in self.between:
            assert plan.raised_on is not None
            evening = min(on(plan.raised_on, BY_THEN), self.stage.now - timedelta(minutes=5))
            self.stage.later(evening, partial(raise_between, self.stage, plan))

    def _slot(self, past: Past) -> None:
        starts = on(past.held_on, self.calendar.rhythm.at)
        if past.fate == "cancelled":
            self.stage.later(on(past.held_on - DAY, time(15, 30)), lambda t: self._cancel(past, t))
        elif past.fate == "moved":
            starts = self._moved(starts)
            self.stage.later(on(past.held_on - 4 * DAY, time(9, 30)), lambda t: self._move(past, starts, t))
        if past.fate in ("held", "moved", "broken_off"):
            self._hold_around(past.index, starts, breaks=past.fate == "broken_off")

    def _hold_around(self, index: int, starts: datetime, *, breaks: bool = False) -> None:
        day = day_in_china(starts)
        self.stage.later(on(day - 2 * DAY, time(9, 0)), lambda t: self._prepare(self.meeting_of(index), t))
        self.stage.later(
            starts, lambda t: self._hold(self.meeting_of(index), t, floor=self.floor[index], breaks=breaks)
        )

    def _moved(self, starts: datetime) -> datetime:
        """A day later, or an hour earlier where the next day is a holiday."""
        return starts - HOUR if is_statutory_holiday(day_in_china(starts + DAY)) else starts + DAY

    def meeting_of(self, index: int) -> Meeting:
        """The meeting that stands for a slot of the rhythm."""
        planned = slot(self.calendar.rhythm, index).planned_on
        return Meeting.objects.get(town_id=self.stage.town.id, community_id=self.cast.community.id, slot_on=planned)

    def _cancel(self, past: Past, at: datetime) -> None:
        meeting = self.meeting_of(past.index)
        cancel_meeting(reason=self.stage.phrase("cancel"), **self.stage.at_meeting(meeting.id, self.stage.office, at))

    def _move(self, past: Past, starts: datetime, at: datetime) -> None:
        meeting = self.meeting_of(past.index)
        move_meeting(
            scheduled_at=starts, reason=self.stage.phrase("move"),
            **self.stage.at_meeting(meeting.id, self.cast.cadres[0], at),
        )  # fmt: skip

    def _prepare(self, meeting: Meeting, at: datetime) -> None:
        """Two days before: host and recorder, drafts for what is due, shelved matters looked at again."""
        told = self.stage.at_meeting(meeting.id, self.stage.office, at)
        host, recorder = self._appointed(meeting)
        assert host.person is not None and recorder.person is not None
        appoint_host(person=host.person, **told)
        appoint_recorder(person=recorder.person, **told)
        due = Matter.objects.filter(town_id=self.stage.town.id, due_meeting_id=meeting.id, is_restricted=False)
        for matter in due.order_by("number_meeting", "is_between", "number_place"):
            self._prepare_matter(meeting, matter, at + HOUR)

    def _appointed(self, meeting: Meeting) -> tuple[Actor, Actor]:
        opens = self.calendar.opens
        if opens is not None and meeting.slot_on == opens.planned_on:
            return self.cast.cadres[0], self.cast.cadres[1]  # who can sign in to the demo
        return self.cast.host_and_recorder()

    def _prepare_matter(self, meeting: Meeting, matter: Matter, at: datetime) -> None:
        life = self.stage.lives[matter.id]
        plan = life.plan
        if matter.state == State.SHELVED and not matter.is_decision_unread:
            review_shelved(
                reason=plan.said.sentence.reason, review_on=day_in_china(at) + REVIEW_AFTER,
                **self.stage.on_matter(life, self.stage.leader, at),
            )  # fmt: skip
            return
        comes_now = plan.way in ("answered", "in_hall", "disputed") and life.carried >= plan.carries
        on_show = plan.way == "fresh" and self.calendar.opens is not None
        if matter.state == State.ASSIGNED and (comes_now or on_show) and self.stage.chance(DRAFTED):
            signed = not on_show or self.stage.chance(0.6)
            prepare_draft(self.stage, life, at, meets_on=day_in_china(meeting.scheduled_at), signed=signed)

    def _hold(self, meeting: Meeting, at: datetime, *, floor: list[MatterPlan], breaks: bool = False) -> None:
        """Open, speak, hear the floor, adjourn; or break off over the second half of the agenda."""
        host, recorder = self._present(meeting)
        open_meeting(**self.stage.at_meeting(meeting.id, host, at))
        hall = Hall(self.stage, meeting, host, recorder, at)
        hall.sign_in(heads=self.stage.random.randrange(18, 95))
        due = hall.agenda()
        for matter in due[: len(due) // 2] if breaks else due:
            hall.speak(matter)
        hall.floor(floor)
        end = self.stage.at_meeting(meeting.id, host, hall.at + timedelta(minutes=20))
        if breaks:
            ended = break_off_meeting(reason=self.stage.phrase("break_off"), **end)
            self._hold_extra(ended)
        else:
            adjourn_meeting(**end)
        self._minutes(meeting, day_in_china(at))

    def _present(self, meeting: Meeting) -> tuple[Actor, Actor]:
        appointed = Appointment.objects.filter(town_id=meeting.town_id, meeting_id=meeting.id, ended_at=None)
        roles = dict(appointed.values_list("role", "person_id"))
        people = {cadre.person: cadre for cadre in self.cast.cadres}
        return people[roles["host"]], people[roles["recorder"]]

    def _hold_extra(self, broken: Meeting) -> None:
        extra = Meeting.objects.get(town_id=broken.town_id, continues_id=broken.id)
        starts = extra.scheduled_at
        self.stage.later(starts - DAY, lambda t: self._prepare(extra, t))
        self.stage.later(starts, lambda t: self._hold(Meeting.objects.get(id=extra.id), t, floor=[]))

    def _minutes(self, meeting: Meeting, day: date) -> None:
        """Drafted and edited the next day, signed and published the day after."""
        recorder, leader, office = self.cast.cadres[0], self.stage.leader, self.stage.office
        remark, told = self.stage.phrase("minutes"), self.stage.at_meeting

        def edit(at: datetime) -> None:
            held = Meeting.objects.select_related("community__town").get(id=meeting.id)
            words = f"{draft_minutes(agenda(held))}\n现场：{remark}\n"
            edit_minutes(words=words, **told(meeting.id, recorder, at))

        self.stage.later(on(day + DAY, time(16, 0)), edit)
        self.stage.later(on(day + 2 * DAY, time(11, 0)), lambda t: sign_minutes(**told(meeting.id, leader, t)))
        self.stage.later(on(day + 2 * DAY, time(15, 0)), lambda t: publish_minutes(**told(meeting.id, office, t)))

    def _open_today(self, calendar: Calendar) -> None:
        """The meeting that is open on the build day: begun, a few answers given, a few matters just raised."""
        assert calendar.opens is not None
        index, starts = calendar.opens.index, on(self.stage.today, calendar.rhythm.at)
        if calendar.moved_here:
            self.stage.later(on(self.stage.today - 5 * DAY, time(9, 30)), lambda t: self._move_here(index, starts, t))
        self.stage.later(on(self.stage.today - 2 * DAY, time(9, 0)), lambda t: self._prepare(self.meeting_of(index), t))
        self.stage.later(starts, lambda t: self._begin(self.meeting_of(index), t))

    def _move_here(self, index: int, starts: datetime, at: datetime) -> None:
        meeting = self.meeting_of(index)
        move_meeting(
            scheduled_at=starts,
            reason=self.stage.phrase("move"),
            **self.stage.at_meeting(meeting.id, self.stage.office, at),
        )

    def _begin(self, meeting: Meeting, at: datetime) -> None:
        host, recorder = self._present(meeting)
        open_meeting(**self.stage.at_meeting(meeting.id, host, at))
        hall = Hall(self.stage, meeting, host, recorder, at)
        hall.sign_in(heads=46)
        for matter in hall.agenda():
            if matter.is_decision_unread or self.stage.lives[matter.id].plan.way == "in_hall":
                hall.speak(matter)
        assert self.calendar.opens is not None
        hall.floor(self.floor[self.calendar.opens.index])
