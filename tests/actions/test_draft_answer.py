"""Drafting an answer."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions._answer import Answer
from zhouzhouhui.actions.assign_matter import Lead, assign_matter
from zhouzhouhui.actions.draft_answer import draft_answer
from zhouzhouhui.models import AnswerDraft, Matter, Sealed


def test_a_new_draft_takes_the_place_of_the_one_before(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    cast.act(draft_answer, matter, "officer", answer=Answer("A1", "修好了"))
    cast.act(draft_answer, matter, "officer", answer=Answer("D2", "装不了", basis="镇规第 6 条"))
    states = [d.state for d in AnswerDraft.objects.order_by("prepared_at")]
    assert states == ["superseded", "prepared"]
    assert Matter.objects.get(id=matter.id).state == "assigned"
    assert set(
        Sealed.objects.filter(line__verb="draft_answer", name="words").values_list("public_text", flat=True)
    ) == {""}


def test_a_promise_without_an_owner_is_owed_by_the_lead(cast: Cast) -> None:
    matter = cast.raise_between()
    cast.assign(matter)
    cast.act(draft_answer, matter, "officer", answer=Answer("B", "月底前", promise_on=cast.now.date().replace(day=30)))
    draft = AnswerDraft.objects.get()
    assert (draft.owner_department, draft.owner_is_community) == (cast.szs, False)


def test_the_cadre_drafts_where_the_community_owes_the_answer(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.act(draft_answer, matter, "cadre", answer=Answer("A1", "自己修了"))
    cast.act(assign_matter, matter, "cadre", route="community", lead=Lead(community=True))
    cast.act(draft_answer, matter, "cadre", answer=Answer("C", "明年做", promise_on=cast.now.date().replace(month=12)))
    assert AnswerDraft.objects.get(state="prepared").owner_is_community
    cast.assign(matter, reason="改由市政所办")
    assert refusal(cast.act, draft_answer, matter, "cadre", answer=Answer("A1", "好了")) == "not_allowed"


def test_what_the_class_must_bring_is_asked_for(cast: Cast, refusal: Refusal) -> None:
    matter = cast.raise_between()
    cast.assign(matter)

    def draft(*told: object, **more: object) -> str:
        return refusal(cast.act, draft_answer, matter, "officer", answer=Answer(*told, **more))  # type: ignore[arg-type]

    assert draft("D2", "装不了") == "must_bring:basis"
    assert draft("B", "快了") == "must_bring:promise_on"
    assert draft("E", "去信访") == "refer_instead"
    assert draft("Z", "？") == "no_such_choice:outcome"
    assert draft("A1", "好" * 5001) == "too_long:words"
    assert draft("B", "快了", promise_on=cast.now.date(), owner_department=cast.town.id) == "no_such_department"
