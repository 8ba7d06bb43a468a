"""A town at work, for the tests of the desks: one meeting behind it, a morning before the next."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from tests.cast import Cast, build_cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions._speaker import Speaker
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.actions.record_contact import record_contact
from zhouzhouhui.actions.request_return import request_return
from zhouzhouhui.actions.sign_answer import sign_answer
from zhouzhouhui.actions.take_assignment import take_assignment
from zhouzhouhui.models import Matter, Meeting

SIGNED_IN_BY = "django.contrib.auth.backends.ModelBackend"


@dataclass
class World:
    """The cast, and matters by what has become of them."""

    cast: Cast
    fresh: Matter  # raised, nobody responsible yet
    assigned: Matter  # with 市政所
    drafted: Matter  # its answer waits for the leader
    signed: Matter
    promised: Matter
    answered: Matter
    returned: Matter
    report: Matter  # restricted: concerns 王书
    private: Matter


def speaker() -> Speaker:
    return Speaker(name="陈阿婆", phone="13800001111", notice=True, consent=True)


def live() -> World:
    """One meeting of 银杏苑 was held; the next comes in two weeks."""
    cast = build_cast()
    meeting = cast.open()
    fresh = cast.raise_at(meeting, "路灯坏了三盏，晚上看不见路。", kind="request")
    assigned = cast.raise_at(
        meeting, "门口一下雨就积水，鞋都湿透。", kind="complaint", category="4.1", speaker=speaker()
    )
    drafted = cast.raise_at(meeting, "垃圾桶能不能离窗口远一点。", kind="suggestion")
    signed = cast.raise_at(meeting, "健身器材松了，怕孩子摔。", kind="request")
    promised = cast.raise_at(meeting, "楼道的灯一直不亮。", kind="request")
    answered = cast.raise_at(meeting, "快递柜什么时候装。", kind="question")
    returned = cast.raise_at(meeting, "公交车少，等一个钟头。", kind="complaint")
    report = cast.raise_at(
        meeting, "有人收了钱不办事。", kind="report", concerns=(cast.people["cadre"].id,), by="recorder"
    )
    private = cast.raise_at(meeting, "我家当年面积少算了。", kind="complaint", is_private=True)
    for matter in (assigned, drafted, signed, promised, returned):
        cast.assign(matter)
    cast.answer(promised, "B", "材料已经订了。", promise_on=(cast.now + timedelta(days=20)).date())
    cast.answer(answered, "D2", "等物业的合同签好。", basis="物业合同第三条")
    cast.act(request_return, returned, "officer", reason="公交归区里管。")
    cast.act(take_assignment, assigned, "officer")
    cast.act(record_contact, assigned, "officer", manner="phone", contacted_at=cast.now, words="她说早上最厉害。")
    for matter in (drafted, signed):
        cast.act(draft_answer, matter, "officer", answer=Answer("A1", "已经挪好了。"))
    cast.act(sign_answer, signed, "leader")
    cast.adjourn(Meeting.objects.get(id=meeting.id))
    for matter in (fresh, assigned, drafted, signed, promised, answered, returned, report, private):
        matter.refresh_from_db()
    cast.later(hours=3)
    return World(cast, fresh, assigned, drafted, signed, promised, answered, returned, report, private)


def client_of(world: World, who: str) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(world.cast.people[who], backend=SIGNED_IN_BY)
    return client
